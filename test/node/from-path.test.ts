import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromPath } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { setting } from './setting.ts'

const contents = { empty: '', byte: 'x', '5 MiB': 'ä'.repeat(2.5 * 1024 * 1024) }

test.each(Object.entries(contents))(
  'a file on disk arrives whole in a channel and a bucket: %s',
  async (_, content) => {
    const { platform, channel, bucket } = await setting()
    const path = join(await directoryWith({ 'my file.json': content }), 'my file.json')
    await channel.upload(fromPath(path))
    await bucket.upload('a/b.csv', fromPath(path))
    const [inChannel] = [...platform.channel.values()]
    const inBucket = platform.bucket.get('a/b.csv')
    const sum = createHash('sha256').update(content).digest('hex')
    for (const file of [inChannel, inBucket]) {
      expect(
        createHash('sha256')
          .update(file?.content ?? '?')
          .digest('hex'),
      ).toBe(sum)
      expect(file?.metadata['x-abeja-meta-filename']).toBe('my%20file.json')
    }
    expect(inChannel?.contentType).toBe('application/json')
    expect(inBucket?.contentType, 'a location stands over the name').toBe('text/csv')
  },
)

test('name and content type can be given', async () => {
  const { platform, channel } = await setting()
  const path = join(await directoryWith({ 'a.json': '{}' }), 'a.json')
  await channel.upload(fromPath(path, { name: 'b', content_type: 'text/x-own' }))
  expect([...platform.channel.values()]).toMatchObject([
    { contentType: 'text/x-own', metadata: { 'x-abeja-meta-filename': 'b' } },
  ])
})

test('it is read anew when the upload is tried again', async () => {
  const { platform, channel } = await setting({ maxRetries: 1 })
  const path = join(await directoryWith({ a: 'x'.repeat(200_000) }), 'a')
  let refused = false
  platform.faults.answer = () => {
    if (refused) return undefined
    refused = true
    return { status: 503, headers: { 'retry-after': '0' } }
  }
  await channel.upload(fromPath(path))
  expect(platform.textOf('channel', 'a')).toBe(await readFile(path, 'utf8'))
})

test('a file that is missing, or no file, fails before anything is sent', async () => {
  const { platform, channel } = await setting()
  const dir = await directoryWith()
  const missing = channel.upload(fromPath(join(dir, 'no')))
  await expect(missing).rejects.toMatchObject({ name: 'InvalidRequestError', cause: { code: 'ENOENT' } })
  await expect(channel.upload(fromPath(dir))).rejects.toMatchObject({ cause: { name: 'LocalFileError', path: dir } })
  expect(platform.requests).toEqual([])
})
