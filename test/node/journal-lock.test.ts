import { existsSync, symlinkSync, utimesSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { uploadDirectory } from '../../src/node.ts'
import { errorOf } from '../helpers/abeja.ts'
import { startChild } from './child.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { setting } from './setting.ts'

/** The start of a run that does not end before `end` is called. */
async function startRun() {
  const place = await setting()
  const dir = await directoryWith({ a: 'A', b: 'B' })
  const other = await directoryWith()
  const journal = join(other, 'journal')
  let end = () => {}
  const files = async function* () {
    yield 'a'
    await new Promise<void>((resolve) => {
      end = resolve
    })
    yield 'b'
  }
  let started = () => {}
  const isStarted = new Promise<void>((resolve) => {
    started = resolve
  })
  const running = uploadDirectory(place.channel, dir, { journal, files: files(), onEvent: () => started() })
  await isStarted
  return { ...place, dir, other, journal, running, end: () => end() }
}

test('refuses a journal that another transfer uses, by whatever path, and lets it end', async () => {
  const { channel, platform, dir, other, journal, running, end } = await startRun()
  symlinkSync(journal, join(other, 'link'))
  for (const path of [journal, join(other, 'link')]) {
    const error = await errorOf(uploadDirectory(channel, dir, { journal: path }))
    expect(error).toMatchObject({ name: 'LocalFileError', path })
    expect(String(error)).toContain(`The journal is in use by process ${process.pid} on ${hostname()}`)
  }
  end()
  expect((await running).succeeded).toHaveLength(2)
  expect((await uploadDirectory(channel, dir, { journal })).skipped).toHaveLength(2)
  expect(platform.names().sort()).toEqual(['a', 'b'])
  expect(Object.keys(await filesBelow(other)).sort()).toEqual(['journal', 'link'])
})

test('a dry run reads a journal that is in use', async () => {
  const { channel, dir, journal, running, end } = await startRun()
  expect(await uploadDirectory(channel, dir, { journal, dryRun: true })).toMatchObject({ failed: [], complete: true })
  end()
  await running
})

test('takes over the lock of a process that was killed', async () => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ a: 'A' })
  const journal = join(await directoryWith(), 'journal')
  platform.faults.answerDelayMs = 60_000
  const child = startChild('./crash-upload.ts', ['channel', platform.url, dir, journal])
  platform.faults.answer = () => void child.process.kill('SIGKILL')
  await child.ended
  platform.faults.answer = undefined
  platform.faults.answerDelayMs = 0
  expect(existsSync(`${journal}.lock`)).toBe(true)
  expect((await uploadDirectory(channel, dir, { journal })).failed).toEqual([])
  expect(platform.names()).toEqual(['a'])
  expect(existsSync(`${journal}.lock`)).toBe(false)
})

/** A lock that this process would have made, but for some members. */
async function lockLike(changes: Readonly<Record<string, unknown>>) {
  const { channel, dir, journal, running, end } = await startRun()
  const own: Record<string, unknown> = JSON.parse(await readFile(`${journal}.lock`, 'utf8'))
  end()
  await running
  const lock = `${journal}.lock`
  await writeFile(lock, JSON.stringify({ ...own, ...changes }))
  return { lock, run: () => uploadDirectory(channel, dir, { journal }) }
}

test.skipIf(!existsSync('/proc/self/stat'))(
  'takes over the lock of a process whose id another program has now',
  async () => {
    const { run } = await lockLike({ started: '1', token: 'of a process before' })
    expect((await run()).failed).toEqual([])
  },
)

test('takes over the lock of another machine when it was not renewed for a minute', async () => {
  const { lock, run } = await lockLike({ machine: 'another', host: 'another', token: 'of another' })
  await expect(run()).rejects.toThrow('in use by process')
  const old = new Date(Date.now() - 61_000)
  utimesSync(lock, old, old)
  expect((await run()).failed).toEqual([])
})

test('takes over a lock that a crash has torn, once it is a minute old', async () => {
  const { lock, run } = await lockLike({})
  await writeFile(lock, '{"pid":')
  await expect(run()).rejects.toThrow('in use by another process')
  const old = new Date(Date.now() - 61_000)
  utimesSync(lock, old, old)
  expect((await run()).failed).toEqual([])
})

test('of several processes that find an abandoned lock, one takes it over', { timeout: 120_000 }, async () => {
  const { platform, channel } = await setting()
  const files = Array.from({ length: 30 }, (_, index) => `f${index}`)
  const dir = await directoryWith(Object.fromEntries(files.map((path) => [path, path])))
  const journal = join(await directoryWith(), 'journal')
  await uploadDirectory(channel, dir, { journal, files: [] })
  await writeFile(`${journal}.lock`, '{"pid":')
  const old = new Date(Date.now() - 61_000)
  utimesSync(`${journal}.lock`, old, old)
  platform.faults.latencyMs = 1000
  const runs = await Promise.allSettled(Array.from({ length: 8 }, () => uploadDirectory(channel, dir, { journal })))
  expect(runs.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(platform.channel.size).toBe(files.length)
})
