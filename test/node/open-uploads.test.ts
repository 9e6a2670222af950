import { type FileHandle, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  downloadDirectory,
  retryTransfer,
  TransferError,
  type UploadDirectoryOptions,
  uploadDirectory,
} from '../../src/node.ts'
import { errorOf } from '../helpers/abeja.ts'
import { directoryWith, filesBelow } from './directory.ts'
import type { Platform } from './platform.ts'
import { paths, reread } from './report.ts'
import { setting } from './setting.ts'

/** Lets the disk be full, for whatever has to be on it, as soon as a condition holds. */
async function fillDiskWhen(isFull: () => boolean): Promise<void> {
  const handle = await open(import.meta.filename)
  const prototype: FileHandle = Object.getPrototypeOf(handle)
  const { datasync } = prototype
  const spy = vi.spyOn(prototype, 'datasync').mockImplementation(function (this: FileHandle) {
    if (!isFull()) return datasync.call(this)
    return Promise.reject(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }))
  })
  onTestFinished(() => spy.mockRestore())
  await handle.close()
}

/** Options that end a transfer with its first file. */
function endingEarly(): UploadDirectoryOptions {
  const controller = new AbortController()
  const onEvent = ({ type }: { type: string }) => type === 'succeeded' && controller.abort()
  return { concurrency: 1, signal: controller.signal, onEvent }
}

/** Loses the answers to the uploads of these names. */
function loseAnswers(platform: Platform, names: readonly string[]): void {
  platform.faults.answer = ({ headers }) => {
    platform.faults.loseAnswer = names.includes(String(headers['x-abeja-meta-filename']))
    return undefined
  }
}

test('an upload that a journal cannot hold any more has succeeded, and ends the transfer', async () => {
  const { platform, abeja, channel } = await setting()
  const files = Array.from({ length: 20 }, (_, index) => `f${index}`)
  const dir = await directoryWith(Object.fromEntries(files.map((path) => [path, path])))
  const journal = join(await directoryWith(), 'journal')
  await fillDiskWhen(() => platform.channel.size === 1)
  const error = await errorOf(uploadDirectory(channel, dir, { journal, concurrency: 1 }))
  expect(error).toBeInstanceOf(TransferError)
  if (!(error instanceof TransferError)) return
  expect(error).toMatchObject({ cause: { name: 'LocalFileError', code: 'ENOSPC', path: journal } })
  expect(error.report).toMatchObject({ succeeded: [{ id: expect.anything() }], failed: [], complete: false })
  vi.restoreAllMocks()
  expect(await retryTransfer(abeja, reread(error.report))).toMatchObject({ failed: [], complete: true })
  expect(platform.names().sort()).toEqual([...files].sort())
})

test('a download that a journal cannot hold any more has succeeded, and ends the transfer', async () => {
  const { platform, channel } = await setting()
  for (let index = 0; index < 20; index++) platform.put('channel', `f${index}`, 'x')
  const [dir, other] = [await directoryWith(), await directoryWith()]
  let isFull = false
  await fillDiskWhen(() => isFull)
  const error = await errorOf(
    downloadDirectory(channel, dir, {
      journal: join(other, 'journal'),
      concurrency: 1,
      onEvent: ({ type }) => {
        isFull ||= type === 'started'
      },
    }),
  )
  expect(error).toMatchObject({ code: 'ENOSPC', report: { succeeded: [{ path: 'f19' }], failed: [] } })
  expect(Object.keys(await filesBelow(dir))).toEqual(['f19'])
})

test('a retry that is cancelled before it comes to a file still knows that it may have been stored', async () => {
  const { platform, abeja, channel } = await setting()
  const dir = await directoryWith(
    Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, `${index}`])),
  )
  loseAnswers(platform, ['f9'])
  const report = await uploadDirectory(channel, dir, { files: ['f1', 'f9'] })
  expect(paths(report.failed)).toEqual(['f9'])
  const { unconfirmedSince } = report.failed[0] ?? {}
  expect(unconfirmedSince).toBeDefined()
  platform.faults.answer = undefined
  const left = Array.from({ length: 30 }, (_, index) => ({ path: `f${index}`, attempts: 0 }))
  const cancelled = left.filter(({ path }) => path !== 'f1' && path !== 'f9')
  // The list of the look-up is answered with nothing, as if it lagged behind.
  platform.faults.answer = ({ method }) =>
    method === 'GET' ? { status: 200, json: { files: [], next_page_token: null } } : undefined
  const second = await retryTransfer(
    abeja,
    reread({ ...report, failed: [], cancelled: [...cancelled, ...report.failed] }),
    {
      ...endingEarly(),
    },
  )
  platform.faults.answer = undefined
  expect(second.complete, 'all files were known').toBe(true)
  expect(second.succeeded).toHaveLength(1)
  expect(second.cancelled).toHaveLength(28)
  expect(second.cancelled.find(({ path }) => path === 'f9')).toMatchObject({ unconfirmedSince })
  const third = await retryTransfer(abeja, reread(second))
  expect(third.skipped).toMatchObject([{ path: 'f9', reason: 'journal' }])
  expect(platform.names().sort()).toEqual(left.map(({ path }) => path).sort())
})

test('a retry that failed for sure still knows that the upload before it may have been stored', async () => {
  const { platform, abeja, channel } = await setting()
  const dir = await directoryWith({ a: 'A' })
  platform.faults.loseAnswer = true
  const report = await uploadDirectory(channel, dir)
  const { unconfirmedSince } = report.failed[0] ?? {}
  platform.faults.answer = ({ method }) =>
    method === 'POST' ? { status: 400 } : { status: 200, json: { files: [], next_page_token: null } }
  const second = await retryTransfer(abeja, reread(report))
  expect(second.failed).toMatchObject([{ path: 'a', unconfirmedSince, error: { status: 400 } }])
  platform.faults.answer = undefined
  expect((await retryTransfer(abeja, reread(second))).skipped).toMatchObject([{ path: 'a', reason: 'journal' }])
  expect(platform.names()).toEqual(['a'])
})

test('what a journal says was begun stays begun since then until it is settled', async () => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ a: 'A' })
  const journal = join(await directoryWith(), 'journal')
  const since = new Date(Date.now() - 3_600_000).toISOString()
  const header = { journal: 1, direction: 'upload', address: channel.address, folder: dir }
  await writeFile(journal, `${JSON.stringify(header)}\n${JSON.stringify({ begun: 'a', since })}\n`)
  platform.faults.answer = ({ method }) => (method === 'POST' ? { status: 500 } : undefined)
  expect((await uploadDirectory(channel, dir, { journal })).failed).toMatchObject([{ unconfirmedSince: since }])
  platform.faults.answer = undefined
  const { id } = platform.put('channel', 'a', 'A')
  expect((await uploadDirectory(channel, dir, { journal })).skipped).toMatchObject([{ id, reason: 'journal' }])
  expect((await uploadDirectory(channel, dir, { journal })).skipped).toMatchObject([{ id, reason: 'journal' }])
  expect(platform.names()).toEqual(['a'])
})

test('a retry of a retry that ended early does not do again what the first run has done', async () => {
  const { platform, abeja, channel, bucket } = await setting()
  const files = Array.from({ length: 100 }, (_, index) => `f${index}`)
  const dir = await directoryWith(Object.fromEntries(files.map((path) => [path, path])))
  let report = await uploadDirectory(channel, dir, endingEarly())
  for (let run = 0; run < 3; run++) report = await retryTransfer(abeja, reread(report), endingEarly())
  expect(report.complete).toBe(false)
  expect(await retryTransfer(abeja, reread(report))).toMatchObject({ failed: [], complete: true })
  expect(platform.names().sort()).toEqual([...files].sort())

  for (const path of files) platform.put('bucket', path, path)
  const target = await directoryWith()
  let half = await downloadDirectory(bucket, target, endingEarly())
  for (let run = 0; run < 3; run++) half = await retryTransfer(abeja, reread(half), endingEarly())
  platform.requests.splice(0)
  expect(await retryTransfer(abeja, reread(half))).toMatchObject({ failed: [], complete: true })
  const fetched = platform.requests.filter((request) => request.includes('/storage/'))
  expect(fetched).toHaveLength(96)
  expect(Object.keys(await filesBelow(target))).toHaveLength(100)
})

test('lost uploads of several paths with one filename are each found', async () => {
  const { platform, abeja, channel } = await setting()
  const dir = await directoryWith({ 'a/x': 'one', 'b/x': 'two', 'c/x': 'two', 'd/x': 'two' })
  const metadata = () => ({ filename: 'x' })
  platform.faults.answer = () => {
    platform.faults.loseAnswer = platform.channel.size < 3
    return undefined
  }
  const report = await uploadDirectory(channel, dir, { metadata, concurrency: 1, files: ['a/x', 'b/x', 'c/x', 'd/x'] })
  expect(paths(report.failed)).toEqual(['a/x', 'b/x', 'c/x'])
  platform.faults.answer = undefined
  const again = await retryTransfer(abeja, reread(report))
  expect(paths(again.skipped)).toEqual(['a/x', 'b/x', 'c/x'])
  expect(new Set(again.skipped.map(({ id }) => id)).size).toBe(3)
  expect(platform.channel.size).toBe(4)
})

test('a journal closes what was refused, so that it neither grows nor looks for it', async () => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ taken: 'new', bad: 'b', good: 'g' })
  const journal = join(await directoryWith(), 'journal')
  platform.put('channel', 'taken', 'old')
  platform.faults.answer = ({ headers }) => (headers['x-abeja-meta-filename'] === 'bad' ? { status: 400 } : undefined)
  const options = { journal, conflict_target: 'filename' }
  const first = await uploadDirectory(channel, dir, options)
  expect(first).toMatchObject({ skipped: [{ path: 'taken', reason: 'conflict' }], failed: [{ path: 'bad' }] })
  platform.requests.splice(0)
  const second = await uploadDirectory(channel, dir, options)
  expect(paths(second.skipped)).toEqual(['good', 'taken'])
  expect(second.skipped).toMatchObject([{ reason: 'journal' }, { reason: 'journal' }])
  expect(second.failed).toMatchObject([{ path: 'bad' }])
  expect(platform.requests, 'the refused one is sent, and nothing is looked up').toMatchObject([
    expect.stringContaining('POST'),
  ])
  const { succeeded } = await uploadDirectory(channel, dir, { journal })
  expect(paths(succeeded), 'without conflict_target it is another upload').toEqual(['taken'])
})
