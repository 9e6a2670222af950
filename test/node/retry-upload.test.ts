import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InvalidRequestError } from '../../src/index.ts'
import { downloadDirectory, retryTransfer, type UploadDirectoryOptions, uploadDirectory } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { paths, reread } from './report.ts'
import { setting } from './setting.ts'

/** Options that end a transfer with its first file. */
function endingEarly(): UploadDirectoryOptions {
  const controller = new AbortController()
  const onEvent = ({ type }: { type: string }) => type === 'succeeded' && controller.abort()
  return { concurrency: 1, signal: controller.signal, onEvent }
}

test('symlinks are not followed by a retry either, whether they were found before or not', async () => {
  const { platform, abeja, channel } = await setting()
  const secret = join(await directoryWith({ secret: 'password' }), 'secret')
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, `${index}`]))
  const dir = await directoryWith({ ...files, 'sub/a': 'A' })
  for (let index = 0; index < 20; index++) await symlink(secret, join(dir, `link${index}`))
  await symlink(secret, join(dir, 'sub/link'))
  const report = await uploadDirectory(channel, dir, endingEarly())
  expect(report.complete).toBe(false)
  expect(report.cancelled).not.toEqual([])
  const again = await retryTransfer(abeja, reread(report))
  expect(again).toMatchObject({ failed: [], cancelled: [], complete: true })
  expect(platform.names().sort()).toEqual([...Object.keys(files), 'sub/a'].sort())
  const skipped = [...report.skipped, ...again.skipped].filter(({ reason }) => reason === 'symlink')
  expect(skipped).toHaveLength(21)
})

test('a directory that could not be read is walked again without its symlinks', async () => {
  const { platform, abeja, bucket } = await setting()
  const secret = join(await directoryWith({ secret: 'password' }), 'secret')
  const dir = await directoryWith({ 'sub/a': '1', 'sub/deep/b': '2' })
  await symlink(secret, join(dir, 'sub/link'))
  await symlink(dir, join(dir, 'sub/up'))
  const report = { ...(await uploadDirectory(bucket, await directoryWith())), directory: dir }
  const failed = [{ path: 'sub/', attempts: 1, error: { name: 'LocalFileError' } }]
  const again = await retryTransfer(abeja, { ...report, failed })
  expect(paths(again.skipped)).toEqual(['sub/link', 'sub/up'])
  expect([...platform.bucket.keys()].sort()).toEqual(['sub/a', 'sub/deep/b'])
  const followed = await retryTransfer(abeja, { ...report, failed }, { followSymlinks: true, skipUnchanged: true })
  expect(paths(followed.succeeded)).toEqual(['sub/link'])
  expect(followed.skipped).toContainEqual({ path: 'sub/up', attempts: 0, reason: 'symlink' })
})

test('a directory that cannot be read once more is one failure, and no end of the retry', async () => {
  const { abeja, bucket } = await setting()
  const dir = await directoryWith({ a: 'A' })
  const report = { ...(await uploadDirectory(bucket, await directoryWith())), directory: dir }
  const failed = ['gone/', 'a'].map((path) => ({ path, attempts: 1, error: {} }))
  const again = await retryTransfer(abeja, { ...report, failed })
  expect(again.failed).toMatchObject([{ path: 'gone/', error: { code: 'ENOENT' } }])
  expect(paths(again.succeeded)).toEqual(['a'])
})

test('of a transfer that was given its files only those are retried', async () => {
  const { platform, abeja, bucket } = await setting()
  const dir = await directoryWith({ a: 'A', b: 'B', private: 'P' })
  platform.faults.answer = ({ headers }) => (headers['x-abeja-meta-filename'] === 'b' ? { status: 400 } : undefined)
  const report = await uploadDirectory(bucket, dir, { files: ['a', 'b'] })
  platform.faults.answer = undefined
  expect(paths((await retryTransfer(abeja, reread(report))).succeeded)).toEqual(['b'])
  expect([...platform.bucket.keys()].sort()).toEqual(['a', 'b'])
})

test('files are asked for again when the transfer had not taken them all', async () => {
  const { platform, abeja, bucket } = await setting()
  const files = Array.from({ length: 30 }, (_, index) => `f${index}`)
  const dir = await directoryWith(Object.fromEntries([...files, 'private'].map((path) => [path, path])))
  const report = await uploadDirectory(bucket, dir, { files, ...endingEarly() })
  expect(report.complete).toBe(false)
  await expect(retryTransfer(abeja, reread(report))).rejects.toThrow(InvalidRequestError)
  await expect(retryTransfer(abeja, reread(report))).rejects.toThrow('files must be given again')
  platform.requests.splice(0)
  expect(await retryTransfer(abeja, reread(report), { files })).toMatchObject({ failed: [], complete: true })
  expect([...platform.bucket.keys()].sort()).toEqual([...files].sort())
  expect(platform.requests, 'what was done is not done again').toHaveLength(30 - report.succeeded.length)
})

test('a filter is asked for again when the transfer had not found all files', async () => {
  const { platform, abeja, channel } = await setting()
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, `${index}`]))
  const filter = (path: string) => !path.endsWith('7')
  const wanted = Object.keys(files).filter(filter)
  const report = reread(await uploadDirectory(channel, await directoryWith(files), { filter, ...endingEarly() }))
  await expect(retryTransfer(abeja, report)).rejects.toThrow('filter must be given again')
  await expect(retryTransfer(abeja, { ...report, complete: true, failed: [directoryFailure()] })).rejects.toThrow(
    InvalidRequestError,
  )
  expect((await retryTransfer(abeja, { ...report, complete: true })).options).toMatchObject({ filter: true })
  expect(await retryTransfer(abeja, report, { filter, skipUnchanged: true })).toMatchObject({
    failed: [],
    complete: true,
  })
  expect(platform.names().sort()).toEqual(wanted.sort())

  const target = await directoryWith()
  const half = reread(await downloadDirectory(channel, target, { filter: (name) => name < 'f5', ...endingEarly() }))
  await expect(retryTransfer(abeja, half)).rejects.toThrow('filter must be given again')
})

/** Of a directory that could not be read. */
function directoryFailure() {
  return { path: 'sub/', attempts: 1, error: {} }
}

test('plain metadata are in the report, also for files that were not found yet', async () => {
  const { platform, abeja, channel } = await setting()
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, `${index}`]))
  const report = await uploadDirectory(channel, await directoryWith(files), {
    ...endingEarly(),
    metadata: { label: 'cat' },
  })
  expect(report.complete).toBe(false)
  expect(await retryTransfer(abeja, reread(report))).toMatchObject({
    failed: [],
    options: { metadata: { label: 'cat' } },
  })
  expect([...platform.channel.values()].map(({ metadata }) => metadata['x-abeja-meta-label'])).toEqual(
    Array.from({ length: 30 }, () => 'cat'),
  )
})
