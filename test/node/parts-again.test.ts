import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { planDownload, planUpload, retryTransfer, runPart, type TransferPart } from '../../src/node.ts'
import { startChild } from './child.ts'
import { collectParts, onlyPart } from './collect-parts.ts'
import { directoryWith, filesBelow } from './directory.ts'
import type { Platform } from './platform.ts'
import { setting } from './setting.ts'

const COUNT = 40
const FILES = Object.fromEntries(
  Array.from({ length: COUNT }, (_, index) => [`d${index % 3}/f${index}`, `file ${index}`]),
)
const PATHS = Object.keys(FILES).sort()

function storedPaths(platform: Platform, kind: 'channel' | 'bucket'): string[] {
  return (kind === 'channel' ? platform.names() : [...platform.bucket.keys()]).sort()
}

function requestsSince(platform: Platform, before: number, method: string): string[] {
  return platform.requests.slice(before).filter((request) => request.startsWith(`${method} `))
}

/** Runs a part in a process that is killed when half of its files have been requested. */
async function killHalfway(platform: Platform, part: TransferPart, counts: (request: string) => boolean) {
  const file = join(await directoryWith(), 'part.json')
  await writeFile(file, JSON.stringify(part))
  const child = startChild('./crash-part.ts', [platform.url, file])
  let requested = 0
  platform.faults.answer = ({ method, url }) => {
    if (counts(`${method} ${url}`)) requested += 1
    if (requested === COUNT / 2) child.process.kill('SIGKILL')
    return undefined
  }
  expect((await child.ended).code).toBeNull()
  platform.faults.answer = undefined
}

describe.each(['channel', 'bucket'] as const)('a part that uploads into a %s', (kind) => {
  test('sends no file twice when it runs again', async () => {
    const { platform, abeja, ...places } = await setting()
    const part = await onlyPart(planUpload(places[kind], await directoryWith(FILES), { metadata: { label: 'x' } }))
    await runPart(abeja, part)
    const stored = new Map(platform[kind])
    const before = platform.requests.length
    const again = await runPart(abeja, part)
    expect(again).toMatchObject({ succeeded: [], failed: [], cancelled: [], complete: true })
    expect(again.skipped.map(({ path, reason }) => [path, reason]).sort()).toEqual(
      PATHS.map((path) => [path, 'journal']),
    )
    expect(again.skipped.every(({ id }) => id !== undefined)).toBe(true)
    expect(requestsSince(platform, before, 'POST')).toEqual([])
    expect(platform[kind]).toEqual(stored)
  })

  test('sends the missing files when it runs again after it was killed', async () => {
    const { platform, abeja, ...places } = await setting()
    const part = await onlyPart(planUpload(places[kind], await directoryWith(FILES)))
    // Stored and not yet confirmed: that is where a crash hurts.
    platform.faults.answerDelayMs = 10
    await killHalfway(platform, part, (request) => request.startsWith('POST'))
    const before = platform.requests.length
    const { succeeded, skipped, failed } = await runPart(abeja, part)
    expect([succeeded.length + skipped.length, failed.length]).toEqual([COUNT, 0])
    expect(skipped.length).toBeGreaterThan(0)
    expect(requestsSince(platform, before, 'POST').length).toBeLessThan(COUNT)
    expect(storedPaths(platform, kind)).toEqual(PATHS)
  })

  test('asks for nothing but its own files, whatever else there is', async () => {
    const { platform, abeja, ...places } = await setting()
    platform.pageSize = 10
    const part = await onlyPart(planUpload(places[kind], await directoryWith(FILES)))
    await runPart(abeja, part)
    for (let index = 0; index < 200; index++) platform.put(kind, `other/${index}`, 'other')
    const before = platform.requests.length
    await runPart(abeja, part)
    const requests = platform.requests.slice(before)
    expect(requests).toHaveLength(kind === 'channel' ? COUNT / platform.pageSize : COUNT)
    const first = await onlyPart(planUpload(places[kind], await directoryWith({ new: 'new' })))
    const start = platform.requests.length
    await runPart(abeja, first, { firstRun: true })
    expect(platform.requests.slice(start)).toEqual([expect.stringMatching(/^POST /)])
  })

  test('stores every file once when two runs of it overlap', async () => {
    const { platform, abeja, ...places } = await setting()
    platform.faults.latencyMs = 5
    const part = await onlyPart(planUpload(places[kind], await directoryWith(FILES)))
    const reports = await Promise.all([runPart(abeja, part), runPart(abeja, part)])
    expect(reports.flatMap(({ failed, cancelled }) => [...failed, ...cancelled])).toEqual([])
    expect(storedPaths(platform, kind)).toEqual(PATHS)
  })

  test('is retried from its report without a second copy of what an earlier run has stored', async () => {
    const { platform, abeja, ...places } = await setting()
    const part = await onlyPart(planUpload(places[kind], await directoryWith(FILES)))
    await runPart(abeja, part)
    const signal = AbortSignal.abort()
    const report = await runPart(abeja, part, { signal })
    expect(report.cancelled).toHaveLength(COUNT)
    const before = platform.requests.length
    const rest = await retryTransfer(abeja, JSON.parse(JSON.stringify(report)))
    expect(rest).toMatchObject({ succeeded: [], failed: [], skipped: { length: COUNT }, complete: true })
    expect(requestsSince(platform, before, 'POST')).toEqual([])
  })
})

test('a channel that cannot be searched stores no file twice, and is not listed as a whole', async () => {
  const { platform, abeja, channel } = await setting()
  for (let index = 0; index < 300; index++) platform.put('channel', `other/${index}`, 'other')
  const part = await onlyPart(planUpload(channel, await directoryWith(FILES)))
  await runPart(abeja, part)
  for (const fault of [{ ignoresSearch: true }, { answer: rejectSearch }]) {
    Object.assign(platform.faults, fault)
    const before = platform.requests.length
    expect(await runPart(abeja, part)).toMatchObject({ succeeded: [], failed: [], skipped: { length: COUNT } })
    expect(requestsSince(platform, before, 'GET')).toHaveLength(1)
    expect(platform.channel.size).toBe(300 + COUNT)
  }
})

function rejectSearch({ url }: { readonly url: string }) {
  return url.includes('q=') ? { status: 400 } : undefined
}

test('the same directory can be planned and uploaded again', async () => {
  const { platform, abeja, channel } = await setting()
  const dir = await directoryWith({ a: 'a' })
  for (const time of [1, 2]) {
    await runPart(abeja, await onlyPart(planUpload(channel, dir)))
    expect(platform.channel.size).toBe(time)
  }
})

test('a plan that is made again with its id has parts that transfer nothing again', async () => {
  const { platform, abeja, channel } = await setting()
  const dir = await directoryWith(FILES)
  const id = randomUUID()
  for (const partSize of [15, 15]) {
    for (const part of await collectParts(planUpload(channel, dir, { id, partSize }))) await runPart(abeja, part)
  }
  expect(storedPaths(platform, 'channel')).toEqual(PATHS)
  await expect(collectParts(planUpload(channel, dir, { id: '1' }))).rejects.toThrow('id must be a UUID (received "1").')
})

test.each(['journal', 'skipUnchanged', 'conflict_target'] as const)('a part with %s marks no file', async (option) => {
  const { platform, abeja, channel } = await setting()
  const values = {
    journal: { run: { journal: join(await directoryWith(), 'journal') }, plan: {} },
    skipUnchanged: { run: {}, plan: { skipUnchanged: true } },
    conflict_target: { run: {}, plan: { conflict_target: 'filename' } },
  }
  const { plan, run } = values[option]
  const part = await onlyPart(planUpload(channel, await directoryWith(FILES), plan))
  for (const _ of [1, 2]) expect((await runPart(abeja, part, run)).failed).toEqual([])
  expect(storedPaths(platform, 'channel')).toEqual(PATHS)
  const keys = [...platform.channel.values()].flatMap(({ metadata }) => Object.keys(metadata))
  expect(new Set(keys)).toEqual(new Set(['x-abeja-meta-filename']))
})

test('metadata with the key of the mark are rejected before anything is sent', async () => {
  const { platform, abeja, channel } = await setting()
  const part = await onlyPart(
    planUpload(channel, await directoryWith({ a: 'a' }), { metadata: { 'Transfer-Part': 'own' } }),
  )
  await expect(runPart(abeja, part)).rejects.toMatchObject({
    ...{
      name: 'InvalidRequestError',
      message: expect.stringContaining('metadata must not have the key transfer-part'),
    },
  })
  expect(platform.requests).toEqual([])
})

describe.each(['channel', 'bucket'] as const)('a part that downloads from a %s', (kind) => {
  test('downloads the missing files when it runs again after it was killed', async () => {
    const { platform, abeja, ...places } = await setting()
    for (const [path, text] of Object.entries(FILES)) platform.put(kind, path, text)
    const target = await directoryWith()
    const part = await onlyPart(planDownload(places[kind], target))
    await killHalfway(platform, part, (request) => request.startsWith('GET'))
    const isPartial = (path: string) => path.endsWith('.part')
    const there = Object.keys(await filesBelow(target)).filter((path) => !isPartial(path))
    const { succeeded, skipped, failed } = await runPart(abeja, part)
    expect([succeeded.length, skipped.length, failed.length]).toEqual([COUNT - there.length, there.length, 0])
    const found = Object.entries(await filesBelow(target)).filter(([path]) => !isPartial(path))
    expect(Object.fromEntries(found)).toEqual(FILES)
  })

  test('with overwrite replaces different files alone when it runs again', async () => {
    const { platform, abeja, ...places } = await setting()
    for (const [path, text] of Object.entries(FILES)) platform.put(kind, path, text)
    const target = await directoryWith({ 'd0/f0': 'there before the first run' })
    const part = await onlyPart(planDownload(places[kind], target, { overwrite: true }))
    expect((await runPart(abeja, part)).succeeded).toHaveLength(COUNT)
    await writeFile(join(target, 'd1/f1'), 'changed')
    const again = await runPart(abeja, part)
    expect(again.succeeded.map(({ path }) => path)).toEqual(['d1/f1'])
    expect(again.skipped.filter(({ reason }) => reason === 'unchanged')).toHaveLength(COUNT - 1)
    expect(await readFile(join(target, 'd1/f1'), 'utf8')).toBe(FILES['d1/f1'])
    expect((await runPart(abeja, part, { skipUnchanged: false })).succeeded).toHaveLength(COUNT)
  })
})
