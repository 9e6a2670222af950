import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { uploadDirectory } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { setting } from './setting.ts'

/** More than a call can have arguments. */
const MANY = 150_000

test('a bucket may have any number of directories in one', async () => {
  const { platform, bucket } = await setting()
  platform.pageSize = MANY
  const files = Array.from({ length: MANY }, (_, index) => ({ file_id: `/f${index}`, is_file: false, metadata: {} }))
  platform.faults.answer = ({ url }) =>
    url.includes('target_dir=%2F&') || url.endsWith('target_dir=%2F')
      ? { status: 200, json: { files, last_file_id: null } }
      : undefined
  platform.put('bucket', 'f0/a', 'A')
  for await (const { file_id } of bucket.files()) {
    expect(file_id).toBe('/f0/a')
    return
  }
  throw new Error('there is a file')
})

test('a journal may have any number of files that were begun', async () => {
  const { channel } = await setting()
  const dir = await directoryWith({ a: 'A' })
  const journal = join(await directoryWith(), 'journal')
  const since = new Date().toISOString()
  const header = { journal: 1, direction: 'upload', address: channel.address, folder: dir }
  const begun = Array.from({ length: MANY }, (_, index) => JSON.stringify({ begun: `f${index}`, since }))
  await writeFile(journal, [JSON.stringify(header), ...begun].join('\n'))
  expect((await uploadDirectory(channel, dir, { journal })).succeeded).toHaveLength(1)
})
