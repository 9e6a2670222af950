import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { downloadDirectory, type NamingPolicy, retryTransfer, TransferError, uploadDirectory } from '../../src/node.ts'
import { errorOf } from '../helpers/abeja.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { cliCommand, run } from './run-cli.ts'
import { setting } from './setting.ts'

test('a bucket comes with its directories, page by page', async () => {
  const { platform, bucket } = await setting()
  platform.pageSize = 2
  const files = { a: '1', 'b/c': '2', 'b/d/e': '3', 'b/d/f': '4', 'b/d/g': '5', z: '6' }
  for (const [name, content] of Object.entries(files)) platform.put('bucket', name, content)
  const dir = await directoryWith()
  const report = await downloadDirectory(bucket, dir)
  expect(await filesBelow(dir)).toEqual(files)
  expect(report).toMatchObject({
    failed: [],
    skipped: [],
    complete: true,
    direction: 'download',
    address: 'bucket://2',
  })
  expect(report.succeeded[0]).toEqual({ path: 'a', id: '/a', bytes: 1, attempts: 1 })
  expect(platform.violations).toEqual([])
})

test('a directory of a bucket comes without the directories above it', async () => {
  const { platform, abeja } = await setting()
  platform.put('bucket', 'x/y/a', '1')
  platform.put('bucket', 'x/yy/b', '2')
  const dir = await directoryWith()
  await downloadDirectory(abeja.buckets.files.in('2', 'x/y'), join(dir, 'made/on/the/way'))
  expect(await filesBelow(dir)).toEqual({ 'made/on/the/way/a': '1' })
})

test('a channel comes back as it was uploaded', async () => {
  const { platform, channel } = await setting()
  platform.pageSize = 3
  const files = { 'a.txt': 'A', 'sub/b.txt': '', 'sub/日本.txt': 'c'.repeat(100_000), 'sub/x/y': '1', z: '2' }
  await uploadDirectory(channel, await directoryWith(files))
  const dir = await directoryWith()
  const report = await downloadDirectory(channel, dir)
  expect(await filesBelow(dir)).toEqual(files)
  expect(report.succeeded).toHaveLength(5)
  const infos = platform.requests.filter((request) => /GET \/channels\/1\/./.test(request))
  expect(infos, 'the list has told where the files are').toEqual([])
})

const twins: readonly [NamingPolicy, Record<string, string>, number][] = [
  ['filename', { 'cat.jpg': 'newest', 'd/x': '1' }, 2],
  ['numbered', { 'cat (2).jpg': 'newer', 'cat (3).jpg': 'newest', 'cat.jpg': 'oldest', 'd/x': '1' }, 0],
  ['id', { id1: 'oldest', id2: 'newer', id3: 'newest', id4: '1' }, 0],
]

test.each(twins)('channel files that share a name are named by %s', async (naming, expected, superseded) => {
  const { platform, channel } = await setting()
  platform.put('channel', 'cat.jpg', 'oldest', 'id1')
  platform.put('channel', 'cat.jpg', 'newer', 'id2')
  platform.put('channel', 'cat.jpg', 'newest', 'id3')
  platform.put('channel', 'd/x', '1', 'id4')
  const dir = await directoryWith()
  const report = await downloadDirectory(channel, dir, { naming })
  expect(await filesBelow(dir)).toEqual(expected)
  expect(report.skipped.filter(({ reason }) => reason === 'superseded')).toHaveLength(superseded)
})

test('numbered names do not touch what is there', async () => {
  const { platform, channel } = await setting()
  platform.put('channel', 'cat.jpg', 'theirs')
  const dir = await directoryWith({ 'cat.jpg': 'mine', 'cat (2).jpg': 'mine too' })
  await downloadDirectory(channel, dir, { naming: 'numbered' })
  expect(await filesBelow(dir)).toEqual({ 'cat.jpg': 'mine', 'cat (2).jpg': 'mine too', 'cat (3).jpg': 'theirs' })
})

test('names that differ in their case only become two files on any disk', async () => {
  const { platform, bucket } = await setting()
  for (const name of ['Cat.txt', 'cat.txt', 'dir/e\u0301', 'dir/\u00e9']) platform.put('bucket', name, name)
  const dir = await directoryWith()
  await downloadDirectory(bucket, dir)
  const names = Object.keys(await filesBelow(dir))
  expect(names).toHaveLength(4)
  expect(new Set(names.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(4)
  expect(names).toContain('cat (2).txt')
})

test('a file that is there is skipped, and replaced only when asked', async () => {
  const { platform, bucket } = await setting()
  platform.put('bucket', 'a', 'theirs')
  const dir = await directoryWith({ a: 'mine' })
  const report = await downloadDirectory(bucket, dir)
  expect(report.skipped).toEqual([{ path: 'a', id: '/a', bytes: 6, attempts: 0, reason: 'exists' }])
  expect(await filesBelow(dir)).toEqual({ a: 'mine' })
  await downloadDirectory(bucket, dir, { overwrite: true })
  expect(await filesBelow(dir)).toEqual({ a: 'theirs' })
})

test.each(['channel', 'bucket'] as const)('skipUnchanged fetches from a %s only what has changed', async (kind) => {
  const { platform, ...stores } = await setting()
  for (const name of ['same', 'changed', 'new']) platform.put(kind, name, name)
  const dir = await directoryWith({ same: 'same', changed: 'CHANGED', own: 'stays' })
  const report = await downloadDirectory(stores[kind], dir, { skipUnchanged: true })
  expect(report.skipped).toMatchObject([{ path: 'same', reason: 'unchanged' }])
  expect(report.succeeded.map(({ path }) => path).sort()).toEqual(['changed', 'new'])
  expect(await filesBelow(dir)).toEqual({ changed: 'changed', new: 'new', own: 'stays', same: 'same' })
})

test('a dry run writes nothing, not even the directory', async () => {
  const { platform, channel } = await setting()
  platform.put('channel', 'a', 'A')
  const dir = await directoryWith()
  const report = await downloadDirectory(channel, join(dir, 'not/made'), { dryRun: true })
  expect(report.skipped).toMatchObject([{ path: 'a', reason: 'dry-run' }])
  expect(await readdir(dir)).toEqual([])
})

test('sockets that are cut every 64 KiB delay the files and change nothing', async () => {
  const { platform, channel } = await setting({ maxRetries: 5 })
  const content = Array.from({ length: 60_000 }, (_, index) => `${index}`).join(',')
  platform.put('channel', 'big', content)
  platform.faults.cutEvery = 64 * 1024
  const dir = await directoryWith()
  const report = await downloadDirectory(channel, dir)
  expect(report.succeeded).toHaveLength(1)
  // A socket that is cut can take the last bytes with it.
  expect(report.succeeded[0]?.attempts).toBeGreaterThanOrEqual(Math.ceil(content.length / (64 * 1024)))
  expect((await filesBelow(dir)).big === content).toBe(true)
})

test('URLs of the list that expire meanwhile are asked for anew', async () => {
  const { platform, bucket } = await setting()
  for (const name of ['a', 'b', 'c']) platform.put('bucket', name, name)
  platform.faults.expired = 2
  const dir = await directoryWith()
  expect(await downloadDirectory(bucket, dir)).toMatchObject({ failed: [] })
  platform.faults.urlsLiveMs = -1000
  platform.requests.splice(0)
  expect(await downloadDirectory(bucket, dir, { overwrite: true })).toMatchObject({ failed: [] })
  expect(platform.requests.filter((request) => /files\/[abc]$/.test(request))).toHaveLength(3)
})

test('a file that is replaced while it is read comes as the new one', async () => {
  const { platform, channel } = await setting({ maxRetries: 2 })
  platform.put('channel', 'f', 'a'.repeat(1_000_000))
  platform.faults.cutEvery = 500_000
  platform.faults.afterHead = (file) => {
    file.content = Buffer.from('b'.repeat(400_000))
  }
  const dir = await directoryWith()
  await downloadDirectory(channel, dir)
  expect((await filesBelow(dir)).f === 'b'.repeat(400_000)).toBe(true)
})

test('a file that fails leaves the one that was there, and nothing half', async () => {
  const { platform, channel } = await setting()
  platform.put('channel', 'f', 'a'.repeat(200_000))
  platform.faults.cutEvery = 100_000
  const dir = await directoryWith({ f: 'mine' })
  const report = await downloadDirectory(channel, dir, { overwrite: true })
  expect(report.failed).toMatchObject([{ path: 'f', error: { name: 'ConnectionError' } }])
  expect(await filesBelow(dir)).toEqual({ f: 'mine' })
})

test('a list that fails rejects, with the report of what was done', async () => {
  const { platform, bucket } = await setting()
  platform.pageSize = 2
  for (const name of ['a', 'b', 'c']) platform.put('bucket', name, name)
  platform.faults.answer = ({ url }) => (url.includes('last_file_id') ? { status: 400 } : undefined)
  const dir = await directoryWith()
  const error = await errorOf(downloadDirectory(bucket, dir))
  expect(error).toBeInstanceOf(TransferError)
  expect(error).toMatchObject({ status: 400, report: { succeeded: [{ path: 'a' }, { path: 'b' }], complete: false } })
})

test('a target that is a file rejects', async () => {
  const { channel } = await setting()
  const dir = await directoryWith()
  await writeFile(join(dir, 'file'), '')
  await expect(downloadDirectory(channel, join(dir, 'file'))).rejects.toMatchObject({ name: 'LocalFileError' })
})

test("checksum: 'none' downloads files whose ETag only looks like an MD5, and a retry of its report keeps it", async () => {
  const { platform, abeja, channel } = await setting()
  platform.put('channel', 'a', 'A', 'id1')
  platform.faults.etag = `"${'0'.repeat(32)}"`
  const dir = await directoryWith()
  const rejected = await downloadDirectory(channel, dir)
  expect(rejected.failed).toMatchObject([
    { path: 'a', error: { message: expect.stringContaining("checksum to 'none'") } },
  ])
  expect(await retryTransfer(abeja, rejected)).toMatchObject({ failed: [{ path: 'a' }] })

  const cancelled = await downloadDirectory(channel, dir, { checksum: 'none', signal: AbortSignal.abort() })
  const report = JSON.parse(JSON.stringify(cancelled))
  expect(report.options).toEqual({ checksum: 'none' })
  expect(await retryTransfer(abeja, report)).toMatchObject({ succeeded: [{ path: 'a' }] })
  expect(await filesBelow(dir)).toEqual({ a: 'A' })
})

test('--checksum none does the same on the command line, whose message names the flag', async () => {
  const { platform } = await setting()
  platform.put('bucket', 'a', 'A')
  platform.faults.etag = `"${'0'.repeat(32)}"`
  platform.tellsMd5 = false
  const dir = await directoryWith()
  const download = (...flags: string[]) => run(cliCommand(['download', 'bucket://2', dir, ...flags]), platform.url)
  expect(await download()).toMatchObject({ code: 1, stderr: expect.stringContaining('--checksum none') })
  expect(await download('--checksum', 'none')).toMatchObject({ code: 0 })
  expect(await filesBelow(dir)).toEqual({ a: 'A' })
})
