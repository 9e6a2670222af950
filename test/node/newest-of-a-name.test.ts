import { join } from 'node:path'
import { expect, test } from 'vitest'
import { downloadDirectory, retryTransfer } from '../../src/node.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { reread } from './report.ts'
import { setting } from './setting.ts'

test.each(['overwrite', 'skipUnchanged'] as const)(
  'with a journal and %s an older file of a name never replaces the newest',
  async (option) => {
    const { platform, channel } = await setting()
    const [dir, other] = [await directoryWith(), await directoryWith()]
    const options = { [option]: true, journal: join(other, 'journal'), concurrency: 1 }
    platform.put('channel', 'same', 'first', 'id1')
    await downloadDirectory(channel, dir, options)
    platform.put('channel', 'same', 'the second', 'id2')
    for (const reason of [undefined, 'journal', 'journal']) {
      const { succeeded, skipped } = await downloadDirectory(channel, dir, options)
      expect([...succeeded, ...skipped].find(({ id }) => id === 'id2')).toMatchObject({ path: 'same' })
      expect(skipped.find(({ id }) => id === 'id1')).toMatchObject({ path: 'same', reason: 'superseded' })
      if (reason) expect(skipped.find(({ id }) => id === 'id2')).toMatchObject({ reason })
      expect(await filesBelow(dir)).toEqual({ same: 'the second' })
    }
  },
)

test('a retry that lists lets no older file replace the newest', async () => {
  const { platform, abeja, channel } = await setting({ maxRetries: 0 })
  for (let index = 0; index < 20; index++) platform.put('channel', `f${index}`, `${index}`)
  for (const content of ['old', 'older than the newest', 'newest']) platform.put('channel', 'same', content, content)
  const controller = new AbortController()
  platform.faults.expired = 2
  const dir = await directoryWith()
  const report = await downloadDirectory(channel, dir, {
    overwrite: true,
    concurrency: 1,
    signal: controller.signal,
    onEvent: ({ type }) => type === 'failed' && controller.abort(),
  })
  expect(report).toMatchObject({ failed: [{ path: 'same', id: 'newest' }], complete: false })
  platform.faults.expired = 0
  platform.put('channel', 'f1', 'newer', 'later')
  const again = await retryTransfer(abeja, reread(report), { concurrency: 1 })
  expect(again).toMatchObject({ failed: [], complete: true })
  expect(await filesBelow(dir)).toMatchObject({ same: 'newest', f1: 'newer', f2: '2' })
})

test('names that differ in their case only keep their paths, and the newest of each is taken', async () => {
  const { platform, channel } = await setting()
  for (const name of ['a', 'A', 'a', 'A', 'a']) platform.put('channel', name, `${name}${platform.channel.size}`)
  const [dir, other] = [await directoryWith(), await directoryWith()]
  const options = { overwrite: true, journal: join(other, 'journal'), concurrency: 1 }
  for (let run = 0; run < 2; run++) {
    expect((await downloadDirectory(channel, dir, options)).skipped).toHaveLength(run === 0 ? 3 : 5)
    expect(await filesBelow(dir)).toEqual({ a: 'a4', 'A (2)': 'A3' })
  }
})

test('a file of a bucket stays where it was when another of nearly its name has come', async () => {
  const { platform, bucket } = await setting()
  platform.put('bucket', 'b', 'small')
  const [dir, other] = [await directoryWith(), await directoryWith()]
  const options = { journal: join(other, 'journal') }
  await downloadDirectory(bucket, dir, options)
  platform.put('bucket', 'B', 'large')
  const { skipped } = await downloadDirectory(bucket, dir, options)
  expect(skipped).toMatchObject([{ path: 'b', reason: 'journal' }])
  expect(await filesBelow(dir)).toEqual({ b: 'small', 'B (2)': 'large' })
})
