import { getEventListeners } from 'node:events'
import { rmSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InvalidRequestError } from '../../src/index.ts'
import { downloadDirectory, TransferError, type TransferEvent, uploadDirectory } from '../../src/node.ts'
import { errorOf } from '../helpers/abeja.ts'
import { directoryWith } from './directory.ts'
import { paths } from './report.ts'
import { setting } from './setting.ts'

test('a directory goes into a bucket with its paths for locations and names', async () => {
  const { platform, bucket } = await setting()
  const dir = await directoryWith({ 'a.txt': 'A', 'sub/dir/c d.json': '{}', 'sub/日本.csv': 'x' })
  const report = await uploadDirectory(bucket, dir, { lifetime: '1day' })
  expect(paths(report.succeeded)).toEqual(['a.txt', 'sub/dir/c d.json', 'sub/日本.csv'])
  expect(report).toMatchObject({ failed: [], skipped: [], cancelled: [], complete: true, direction: 'upload' })
  expect([...platform.bucket.keys()].sort()).toEqual(['a.txt', 'sub/dir/c d.json', 'sub/日本.csv'])
  const file = platform.bucket.get('sub/dir/c d.json')
  expect(file).toMatchObject({ contentType: 'application/json', lifetime: '1day' })
  expect(file?.metadata).toEqual({ 'x-abeja-meta-filename': 'sub/dir/c%20d.json' })
})

test('a prefix is put in front of the locations', async () => {
  const { platform, abeja } = await setting()
  const report = await uploadDirectory(abeja.buckets.files.in('2', 'x/y/'), await directoryWith({ 'a/b': '1' }))
  expect([...platform.bucket.keys()]).toEqual(['x/y/a/b'])
  expect(report.address).toBe('bucket://2/x/y')
  expect(report.succeeded).toEqual([{ path: 'a/b', id: '/x/y/a/b', bytes: 1, attempts: 1 }])
})

test('a directory goes into a channel with its paths for file names', async () => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ 'a.txt': 'A', 'sub/b.txt': 'B' })
  const report = await uploadDirectory(channel, dir, { metadata: (path) => ({ label: path.length.toString() }) })
  expect(platform.names().sort()).toEqual(['a.txt', 'sub/b.txt'])
  expect(platform.textOf('channel', 'sub/b.txt')).toBe('B')
  expect(report.succeeded.map(({ id }) => id).sort()).toEqual([...platform.channel.keys()].sort())
  expect([...platform.channel.values()].map(({ metadata }) => metadata['x-abeja-meta-label']).sort()).toEqual([
    '5',
    '9',
  ])
})

test('dot files and dot directories are skipped unless they are asked for', async () => {
  const { platform, bucket } = await setting()
  const dir = await directoryWith({ '.env': 's', '.git/config': 'g', 'a/.b': 'b', 'a/c': 'c' })
  await uploadDirectory(bucket, dir)
  expect([...platform.bucket.keys()]).toEqual(['a/c'])
  await uploadDirectory(bucket, dir, { dotFiles: true })
  expect([...platform.bucket.keys()].sort()).toEqual(['.env', '.git/config', 'a/.b', 'a/c'])
})

test('a filter takes files, and keeps out of directories', async () => {
  const { platform, bucket } = await setting()
  const dir = await directoryWith({ 'a.txt': '', 'b.log': '', 'deep/c.txt': '', 'other/d.txt': '' })
  const asked: string[] = []
  const filter = (path: string) => {
    asked.push(path)
    return path.endsWith('.txt') || path === 'deep/'
  }
  await uploadDirectory(bucket, dir, { filter })
  expect([...platform.bucket.keys()].sort()).toEqual(['a.txt', 'deep/c.txt'])
  expect(asked).not.toContain('other/d.txt')
})

test('symlinks are told as skipped, and followed when asked, but not round in circles', async () => {
  const { platform, bucket } = await setting()
  const dir = await directoryWith({ 'a/file': 'A' })
  await symlink(join(dir, 'a/file'), join(dir, 'link'))
  await symlink(dir, join(dir, 'a/up'))
  await symlink(join(dir, 'nowhere'), join(dir, 'broken'))
  const report = await uploadDirectory(bucket, dir)
  expect([...platform.bucket.keys()]).toEqual(['a/file'])
  expect(paths(report.skipped)).toEqual(['a/up', 'broken', 'link'])
  const followed = await uploadDirectory(bucket, dir, { followSymlinks: true })
  expect(paths(followed.succeeded)).toEqual(['a/file', 'link'])
  expect(followed.skipped).toEqual([{ path: 'a/up', attempts: 0, reason: 'symlink' }])
  expect(followed.failed).toMatchObject([{ path: 'broken', error: { name: 'LocalFileError', code: 'ENOENT' } }])
})

test('a broken symlink that the filter leaves out is no failure', async () => {
  const { bucket } = await setting()
  const dir = await directoryWith({ 'a.csv': 'A' })
  await symlink(join(dir, 'nowhere'), join(dir, 'broken'))
  const filter = (path: string) => path.endsWith('.csv')
  const report = await uploadDirectory(bucket, dir, { followSymlinks: true, filter })
  expect(report).toMatchObject({ succeeded: [{ path: 'a.csv' }], failed: [], skipped: [] })
})

test('one file that fails does not stop the others, and its error is plain JSON', async () => {
  const { platform, channel } = await setting()
  platform.faults.answer = ({ headers }) =>
    headers['x-abeja-meta-filename'] === 'b'
      ? { status: 400, json: { error: 'bad', error_description: 'no b' } }
      : undefined
  const report = await uploadDirectory(channel, await directoryWith({ a: '1', b: '2', c: '3' }))
  expect(paths(report.succeeded)).toEqual(['a', 'c'])
  expect(report.failed).toMatchObject([
    { path: 'b', bytes: 1, attempts: 1, error: { name: 'BadRequestError', status: 400 } },
  ])
  expect(JSON.parse(JSON.stringify(report))).toMatchObject({ failed: [{ error: { description: 'no b' } }] })
})

test('with failFast the first failure cancels the rest', async () => {
  const { platform, channel } = await setting()
  platform.faults.answer = () => ({ status: 400 })
  const files = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`f${index}`, '']))
  const report = await uploadDirectory(channel, await directoryWith(files), { failFast: true, concurrency: 1 })
  expect(report.failed).toHaveLength(1)
  expect(report.succeeded).toEqual([])
  expect(report.cancelled.length).toBeGreaterThan(0)
  expect(report.complete).toBe(false)
  expect(platform.requests).toHaveLength(1)
})

test('an abort ends the transfer with a report', async () => {
  const { platform, channel } = await setting()
  const controller = new AbortController()
  const onEvent = (event: TransferEvent) => event.type === 'succeeded' && controller.abort()
  const files = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`f${index}`, 'x']))
  const report = await uploadDirectory(channel, await directoryWith(files), {
    concurrency: 2,
    signal: controller.signal,
    onEvent,
  })
  expect(report.complete).toBe(false)
  expect(report.succeeded.length).toBeGreaterThan(0)
  expect(report.succeeded.length).toBeLessThan(4)
  expect(report.cancelled.length).toBeGreaterThan(0)
  expect(platform.channel.size).toBeLessThan(5)
})

test('a conflict counts as skipped', async () => {
  const { platform, channel } = await setting()
  platform.put('channel', 'a', 'old')
  const dir = await directoryWith({ a: 'new', b: 'B' })
  const report = await uploadDirectory(channel, dir, { conflict_target: 'filename' })
  expect(report.skipped).toEqual([{ path: 'a', bytes: 3, attempts: 1, reason: 'conflict' }])
  expect(paths(report.succeeded)).toEqual(['b'])
})

test.each(['channel', 'bucket'] as const)('skipUnchanged sends to a %s only what has changed', async (kind) => {
  const { platform, ...stores } = await setting()
  const dir = await directoryWith({ same: 'same', grown: 'old', 'sub/new': 'n', edited: 'one' })
  platform.put(kind, 'same', 'same')
  platform.put(kind, 'grown', 'older')
  platform.put(kind, 'edited', 'two')
  const report = await uploadDirectory(stores[kind], dir, { skipUnchanged: true })
  expect(report.skipped).toMatchObject([{ path: 'same', reason: 'unchanged' }])
  expect(paths(report.succeeded)).toEqual(['edited', 'grown', 'sub/new'])
  expect(platform.textOf(kind, 'edited')).toBe('one')
  expect(platform.violations).toEqual([])
})

test.each(['channel', 'bucket'] as const)(
  'skipUnchanged knows a file of a %s by the name it was given',
  async (kind) => {
    const { platform, ...stores } = await setting()
    const dir = await directoryWith({ 'sub/a.csv': '1' })
    const options = { skipUnchanged: true, metadata: (path: string) => ({ filename: path.replace('sub/', '') }) }
    expect((await uploadDirectory(stores[kind], dir, options)).succeeded).toHaveLength(1)
    expect((await uploadDirectory(stores[kind], dir, options)).skipped).toMatchObject([{ reason: 'unchanged' }])
    expect(platform[kind].size).toBe(1)
  },
)

test('what has no checksum on the platform is sent again', async () => {
  const { platform, bucket } = await setting()
  platform.tellsMd5 = false
  platform.put('bucket', 'a', 'same')
  const report = await uploadDirectory(bucket, await directoryWith({ a: 'same' }), { skipUnchanged: true })
  expect(report.succeeded).toHaveLength(1)
})

test('a dry run sends nothing and tells what it would', async () => {
  const { platform, bucket } = await setting()
  platform.put('bucket', 'a', 'A')
  const report = await uploadDirectory(bucket, await directoryWith({ a: 'A', b: 'B' }), {
    dryRun: true,
    skipUnchanged: true,
  })
  expect(report.skipped.map(({ path, reason }) => `${path} ${reason}`).sort()).toEqual(['a unchanged', 'b dry-run'])
  expect(platform.requests.filter((request) => !request.startsWith('GET'))).toEqual([])
})

test('as many files are sent at once as asked for, and no more', async () => {
  const { platform, bucket } = await setting()
  platform.faults.latencyMs = 5
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`f${index}`, 'x']))
  const report = await uploadDirectory(bucket, await directoryWith(files), { concurrency: 7 })
  expect(platform.mostAtOnce).toBe(7)
  expect(report.succeeded.map(({ id }) => id)).toEqual(report.succeeded.map(({ path }) => `/${path}`))
})

test('a 429 with Retry-After pauses and narrows the whole transfer', async () => {
  const { platform, bucket } = await setting({ maxRetries: 3 })
  let refused = 0
  let most = 0
  platform.faults.latencyMs = 2
  platform.faults.answer = () => (refused++ === 0 ? { status: 429, headers: { 'retry-after': '1' } } : undefined)
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, 'x']))
  const events: TransferEvent[] = []
  const startedAt: number[] = []
  let throttledAt = 0
  const report = await uploadDirectory(bucket, await directoryWith(files), {
    concurrency: 8,
    onEvent: (event) => {
      events.push(event)
      if (event.type === 'throttled') {
        throttledAt = performance.now()
        most = event.concurrency
      }
      if (event.type === 'started' && throttledAt > 0) startedAt.push(performance.now() - throttledAt)
    },
  })
  expect(report.succeeded).toHaveLength(30)
  expect(most).toBe(4)
  expect(Math.min(...startedAt)).toBeGreaterThan(950)
  expect(report.succeeded.filter(({ attempts }) => attempts === 2)).toHaveLength(1)
  expect(events.filter(({ type }) => type === 'throttled')).toHaveLength(1)
})

test('a directory that is not there, and options that cannot work, reject', async () => {
  const { bucket, channel } = await setting()
  const error = await errorOf(uploadDirectory(channel, '/nowhere/at/all'))
  expect(error).toBeInstanceOf(TransferError)
  expect(error).toMatchObject({ cause: { name: 'LocalFileError', code: 'ENOENT' }, report: { complete: false } })
  await expect(uploadDirectory(bucket, '.', { conflict_target: 'filename' })).rejects.toThrow(InvalidRequestError)
  await expect(uploadDirectory(bucket, '.', { concurrency: 0 })).rejects.toThrow(InvalidRequestError)
})

test('a directory that cannot be read is one failure', async () => {
  const { bucket } = await setting()
  const dir = await directoryWith({ a: '1', 'gone/b': '2' })
  const filter = (path: string) => {
    if (path === 'gone/') rmSync(join(dir, 'gone'), { recursive: true })
    return true
  }
  const report = await uploadDirectory(bucket, dir, { filter })
  expect(report.failed).toMatchObject([{ path: 'gone/', error: { name: 'LocalFileError', code: 'ENOENT' } }])
  expect(report.succeeded).toHaveLength(1)
})

test('a transfer leaves no listener on its signal', async () => {
  const { channel, platform } = await setting({ maxRetries: 1 })
  const { signal } = new AbortController()
  let refused = 0
  platform.faults.answer = () => (refused++ < 3 ? { status: 503, headers: { 'retry-after': '0' } } : undefined)
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, 'x']))
  const dir = await directoryWith(files)
  expect(await uploadDirectory(channel, dir, { signal })).toMatchObject({ failed: [] })
  expect(await downloadDirectory(channel, await directoryWith(), { signal })).toMatchObject({ failed: [] })
  await expect(uploadDirectory(channel, '/nowhere', { signal })).rejects.toThrow(TransferError)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
