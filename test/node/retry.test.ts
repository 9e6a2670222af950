import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InvalidRequestError } from '../../src/index.ts'
import { downloadDirectory, retryTransfer, uploadDirectory } from '../../src/node.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { paths, reread } from './report.ts'
import { setting } from './setting.ts'

test('what failed to upload is uploaded again, with the metadata it had', async () => {
  const { platform, abeja, channel } = await setting()
  const dir = await directoryWith({ a: '1', b: '2', c: '3' })
  platform.faults.answer = ({ headers }) => (headers['x-abeja-meta-filename'] === 'a' ? undefined : { status: 400 })
  const report = await uploadDirectory(channel, dir, { lifetime: '1day', metadata: (path) => ({ label: path }) })
  expect(paths(report.failed)).toEqual(['b', 'c'])
  platform.faults.answer = undefined
  const again = await retryTransfer(abeja, reread(report))
  expect(again).toMatchObject({ failed: [], cancelled: [], directory: dir, direction: 'upload' })
  expect(paths(again.succeeded)).toEqual(['b', 'c'])
  expect(platform.names().sort()).toEqual(['a', 'b', 'c'])
  const labels = [...platform.channel.values()].map(({ metadata, lifetime }) => [
    metadata['x-abeja-meta-label'],
    lifetime,
  ])
  expect(labels.sort()).toEqual([
    ['a', '1day'],
    ['b', '1day'],
    ['c', '1day'],
  ])
})

test('what failed to download is downloaded again to the same paths', async () => {
  const { platform, abeja, channel } = await setting()
  for (const id of ['id1', 'id2', 'id3']) platform.put('channel', 'same', id, id)
  platform.faults.expired = 4
  const dir = await directoryWith()
  const report = await downloadDirectory(channel, dir, { naming: 'numbered', concurrency: 1 })
  expect(paths(report.failed)).toEqual(['same', 'same (2)'])
  const again = await retryTransfer(abeja, reread(report))
  expect(again).toMatchObject({ failed: [], complete: true })
  expect(await filesBelow(dir)).toEqual({ same: 'id1', 'same (2)': 'id2', 'same (3)': 'id3' })
})

test('a bucket directory is retried below its prefix', async () => {
  const { platform, abeja } = await setting()
  platform.put('bucket', 'x/y/a', 'A')
  platform.faults.expired = 2
  const dir = await directoryWith()
  const report = await downloadDirectory(abeja.buckets.files.in('2', 'x'), dir)
  expect(report.failed).toHaveLength(1)
  expect((await retryTransfer(abeja, reread(report))).succeeded).toMatchObject([{ path: 'y/a', bytes: 1 }])
})

test('after a transfer that ended early the rest is walked or listed', async () => {
  const { platform, abeja, channel, bucket } = await setting()
  const files = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`d${index % 3}/f${index}`, `${index}`]))
  const controller = new AbortController()
  const onEvent = ({ type }: { type: string }) => type === 'succeeded' && controller.abort()
  const dir = await directoryWith(files)
  const options = { concurrency: 2, signal: controller.signal, onEvent }
  const report = await uploadDirectory(channel, dir, options)
  expect(report.complete).toBe(false)
  const again = await retryTransfer(abeja, reread(report))
  expect(again).toMatchObject({ failed: [], complete: true })
  expect(platform.names().sort()).toEqual(Object.keys(files).sort())

  for (const [name, content] of Object.entries(files)) platform.put('bucket', name, content)
  const second = new AbortController()
  const target = await directoryWith()
  const half = await downloadDirectory(bucket, target, {
    concurrency: 2,
    signal: second.signal,
    onEvent: ({ type }) => type === 'succeeded' && second.abort(),
  })
  expect(half.complete).toBe(false)
  expect(await retryTransfer(abeja, reread(half))).toMatchObject({ failed: [], complete: true })
  expect(await filesBelow(target)).toEqual(files)
})

test('an upload whose answer was lost is looked up before it is sent once more', async () => {
  const { platform, abeja, channel } = await setting()
  platform.faults.loseAnswer = true
  const dir = await directoryWith({ a: 'A' })
  const report = await uploadDirectory(channel, dir)
  expect(report.failed).toMatchObject([{ path: 'a', unconfirmedSince: expect.stringMatching(/^20\d\d-/) }])
  const again = await retryTransfer(abeja, reread(report))
  expect(again.skipped).toMatchObject([{ path: 'a', reason: 'journal', id: [...platform.channel.keys()][0] }])
  expect(platform.names()).toEqual(['a'])
})

test('another file of the same name is not taken for a lost upload', async () => {
  const { platform, abeja, channel } = await setting()
  platform.faults.answer = ({ method }) => (method === 'POST' ? { status: 500 } : undefined)
  const dir = await directoryWith({ a: 'A' })
  const report = await uploadDirectory(channel, dir)
  expect(report.failed).toMatchObject([{ unconfirmedSince: expect.anything() }])
  platform.faults.answer = undefined
  platform.put('channel', 'a', 'B')
  expect((await retryTransfer(abeja, reread(report))).succeeded).toHaveLength(1)
  expect(platform.names()).toEqual(['a', 'a'])
})

test('a name that was refused is taken by its id when that is asked for', async () => {
  const { platform, abeja, channel } = await setting()
  platform.put('channel', '../evil', 'E', 'id1')
  const dir = await directoryWith()
  const report = await downloadDirectory(channel, dir)
  expect(report.failed).toMatchObject([{ path: '../evil', id: 'id1', error: { name: 'UnsafePathError' } }])
  await retryTransfer(abeja, reread(report), { naming: 'id' })
  expect(await filesBelow(dir)).toEqual({ id1: 'E' })
})

test('a directory that could not be read is walked again', async () => {
  const { platform, abeja, bucket } = await setting()
  const dir = await directoryWith({ 'sub/a': '1', 'sub/deep/b': '2' })
  const report = { ...(await uploadDirectory(bucket, await directoryWith())), directory: dir }
  const failed = [{ path: 'sub/', attempts: 1, error: { name: 'LocalFileError' } }]
  const again = await retryTransfer(abeja, { ...report, failed })
  expect(paths(again.succeeded)).toEqual(['sub/a', 'sub/deep/b'])
  expect([...platform.bucket.keys()].sort()).toEqual(['sub/a', 'sub/deep/b'])
})

test('what is no report is refused', async () => {
  const { abeja } = await setting()
  await expect(retryTransfer(abeja, JSON.parse('{}'))).rejects.toThrow(InvalidRequestError)
})

test('a journal makes a second run send only what is missing or new', async () => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ a: '1', b: '2', c: '3' })
  const journal = join(await directoryWith(), 'journal')
  platform.faults.answer = ({ headers }) => (headers['x-abeja-meta-filename'] === 'b' ? { status: 400 } : undefined)
  expect(paths((await uploadDirectory(channel, dir, { journal })).succeeded)).toEqual(['a', 'c'])
  platform.faults.answer = undefined
  await writeFile(join(dir, 'c'), 'changed')
  await writeFile(join(dir, 'd'), 'new')
  const again = await uploadDirectory(channel, dir, { journal })
  expect(paths(again.succeeded)).toEqual(['b', 'c', 'd'])
  expect(again.skipped).toMatchObject([{ path: 'a', reason: 'journal' }])
  expect(again.skipped[0]?.id).toBeDefined()
  expect((await uploadDirectory(channel, dir, { journal })).skipped).toHaveLength(4)
})

test('a journal makes a second download fetch only what is missing', async () => {
  const { platform, channel } = await setting()
  for (const id of ['id1', 'id2', 'id3']) platform.put('channel', 'same', id, id)
  platform.faults.expired = 2
  const [dir, other] = [await directoryWith(), await directoryWith()]
  const options = { journal: join(other, 'journal'), naming: 'numbered', concurrency: 1 } as const
  expect((await downloadDirectory(channel, dir, options)).failed).toHaveLength(1)
  const again = await downloadDirectory(channel, dir, options)
  expect(again.succeeded).toMatchObject([{ path: 'same', id: 'id1' }])
  expect(paths(again.skipped)).toEqual(['same (2)', 'same (3)'])
  expect(await filesBelow(dir)).toEqual({ same: 'id1', 'same (2)': 'id2', 'same (3)': 'id3' })
})

test('a journal that is in the directory is no file of it', async () => {
  const { platform, bucket } = await setting()
  const dir = await directoryWith({ a: '1', 'sub/b': '2' })
  const journal = join(dir, 'sub', '.', 'upload.journal')
  for (const count of [2, 0]) {
    const report = await uploadDirectory(bucket, dir, { journal, dotFiles: true })
    expect(report).toMatchObject({ failed: [], complete: true })
    expect(report.succeeded).toHaveLength(count)
  }
  expect([...platform.bucket.keys()].sort()).toEqual(['a', 'sub/b'])
})

test('a dry run reads the journal, and writes none', async () => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ a: '1' })
  const other = await directoryWith()
  const journal = join(other, 'journal')
  const reasons = async () => {
    const { skipped } = await uploadDirectory(channel, dir, { journal, dryRun: true })
    return skipped.map(({ path, reason }) => `${path} ${reason}`).sort()
  }
  expect(await reasons()).toEqual(['a dry-run'])
  expect(await filesBelow(other)).toEqual({})
  await uploadDirectory(channel, dir, { journal })
  await writeFile(join(dir, 'b'), 'new')
  const before = await readFile(journal, 'utf8')
  expect(await reasons()).toEqual(['a journal', 'b dry-run'])
  expect(await readFile(journal, 'utf8')).toBe(before)
  const target = await directoryWith()
  const download = { journal: join(other, 'down'), overwrite: true }
  await downloadDirectory(channel, target, download)
  const dry = await downloadDirectory(channel, target, { ...download, dryRun: true })
  expect(dry.skipped).toMatchObject([{ path: 'a', reason: 'journal' }])
  await expect(downloadDirectory(channel, other, { ...download, dryRun: true })).rejects.toThrow(InvalidRequestError)
  expect(platform.channel.size).toBe(1)
})

test('a journal with a torn line is read on', async () => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ a: '1', b: '2' })
  const directory = await directoryWith()
  const journal = join(directory, 'journal')
  await uploadDirectory(channel, dir, { journal })
  const lines = (await filesBelow(directory)).journal ?? ''
  await writeFile(journal, lines.slice(0, -7))
  const again = await uploadDirectory(channel, dir, { journal })
  expect(again.skipped, 'the torn one is looked up').toHaveLength(2)
  expect(platform.channel.size).toBe(2)
  expect((await uploadDirectory(channel, dir, { journal })).skipped).toHaveLength(2)
})

test('the journal of another transfer, or no journal, is refused', async () => {
  const { abeja, channel } = await setting()
  const dir = await directoryWith({ a: '1' })
  const journal = join(await directoryWith({ text: 'hello\n' }), 'journal')
  await uploadDirectory(channel, dir, { journal })
  await expect(uploadDirectory(abeja.channels.files.in('9'), dir, { journal })).rejects.toThrow('datalake://1')
  for (const text of ['{"some":"json"}\n', 'precious notes\n']) {
    await writeFile(journal, text)
    await expect(uploadDirectory(channel, dir, { journal })).rejects.toThrow(InvalidRequestError)
    expect(await readFile(journal, 'utf8')).toBe(text)
  }
})
