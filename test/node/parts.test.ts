import { rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pathIdentity } from '../../src/node/disk/safe-path.ts'
import {
  downloadDirectory,
  mergeReports,
  planDownload,
  planUpload,
  retryTransfer,
  runPart,
  type TransferPart,
  type TransferReport,
} from '../../src/node.ts'
import { collectParts, onlyPart } from './collect-parts.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { setting } from './setting.ts'

const FILES = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`d${index % 3}/f${index}`, `file ${index}`]))

function pathsOf(parts: readonly TransferPart[]): string[] {
  return parts.flatMap(({ files }) => files.map(({ path }) => path))
}

describe.each(['channel', 'bucket'] as const)('parts of a transfer with a %s', (kind) => {
  test('upload every file once, each part by itself and in any order', async () => {
    const { platform, abeja, ...places } = await setting()
    const dir = await directoryWith(FILES)
    const parts = await collectParts(
      planUpload(places[kind], dir, { partSize: 10, lifetime: '1week', metadata: { a: 'b' } }),
    )
    expect(platform.requests).toEqual([])
    expect(parts.map(({ number, last, files }) => [number, last, files.length])).toEqual([
      [1, undefined, 10],
      [2, undefined, 10],
      [3, true, 5],
    ])
    expect(pathsOf(parts).sort()).toEqual(Object.keys(FILES).sort())
    expect(parts[0]?.files[0]?.bytes).toBe(FILES[parts[0]?.files[0]?.path ?? '']?.length)
    const reports = await Promise.all(parts.toReversed().map((part) => runPart(abeja, part)))
    const merged = mergeReports(reports)
    expect(merged).toMatchObject({ complete: true, parts: { numbers: [1, 2, 3], total: 3 } })
    expect(merged.succeeded.map(({ path }) => path).sort()).toEqual(Object.keys(FILES).sort())
    expect(platform[kind].size).toBe(25)
    expect([...platform[kind].values()].every(({ lifetime }) => lifetime === '1week')).toBe(true)
  })

  test.each(['with a journal', 'without a journal'])('transfer nothing twice when they run again %s', async (which) => {
    const { platform, abeja, ...places } = await setting()
    const dir = await directoryWith(FILES)
    const journals = await directoryWith()
    const options = (number: number) => (which === 'with a journal' ? { journal: join(journals, `${number}`) } : {})
    const uploads = await collectParts(planUpload(places[kind], dir, { partSize: 20 }))
    for (const part of uploads) await runPart(abeja, part, options(part.number))
    const stored = [...platform[kind].values()]
    for (const part of uploads) await runPart(abeja, part, options(part.number))
    expect([...platform[kind].values()].map(({ id }) => id)).toEqual(stored.map(({ id }) => id))

    const target = await directoryWith()
    const downloads = await collectParts(planDownload(places[kind], target, { partSize: 20 }))
    const run = () => Promise.all(downloads.map((part) => runPart(abeja, part, options(part.number + 10))))
    expect(mergeReports(await run()).succeeded).toHaveLength(25)
    const before = platform.requests.length
    expect(mergeReports(await run())).toMatchObject({ succeeded: [], failed: [], cancelled: [], complete: true })
    expect(platform.requests.slice(before)).toEqual([])
    expect(await filesBelow(target)).toEqual(FILES)
  })

  test('hold no secret', async () => {
    const { platform, ...places } = await setting({ headers: { 'x-own': 'own-secret' } })
    platform.put(kind, 'a', 'A')
    const parts = [
      ...(await collectParts(planUpload(places[kind], await directoryWith({ b: 'B' })))),
      ...(await collectParts(planDownload(places[kind], await directoryWith()))),
    ]
    expect(JSON.stringify(parts)).not.toMatch(/Signature|storage|token|secret|authorization/i)
  })

  test('download names that some system holds for one to paths of their own', async () => {
    const { platform, abeja, ...places } = await setting()
    const names = [
      'cat.jpg',
      'CAT.jpg',
      'cat (2).jpg',
      'Cat.JPG',
      'caf\u00e9',
      'cafe\u0301',
      'a:b',
      'a%3Ab',
      'con',
      'CON',
    ]
    for (const name of names) platform.put(kind, name, name)
    const dir = await directoryWith()
    const parts = await collectParts(planDownload(places[kind], dir, { partSize: 1 }))
    expect(new Set(pathsOf(parts).map(pathIdentity)).size).toBe(names.length)
    const merged = mergeReports(await Promise.all(parts.map((part) => runPart(abeja, part))))
    expect(merged).toMatchObject({ complete: true, failed: [], skipped: [] })
    expect(Object.values(await filesBelow(dir)).sort()).toEqual(names.toSorted())
  })

  test('go on after the last part that an interrupted plan has made', async () => {
    const { platform, ...places } = await setting()
    for (const [path, text] of Object.entries(FILES)) platform.put(kind, path, text)
    const dir = await directoryWith(FILES)
    const plans = [
      (after?: TransferPart) => planUpload(places[kind], dir, { partSize: 10, after }),
      (after?: TransferPart) => planDownload(places[kind], dir, { partSize: 10, after }),
    ]
    for (const plan of plans) {
      const all = await collectParts(plan())
      const rest = await collectParts(plan(all[0]))
      expect(rest).toEqual(all.slice(1))
      expect(await collectParts(plan(all.at(-1)))).toEqual([])
    }
  })

  test('keep what an interrupted part did not come to, for retryTransfer', async () => {
    const { platform, abeja, ...places } = await setting()
    const dir = await directoryWith(FILES)
    const part = await onlyPart(planUpload(places[kind], dir))
    const controller = new AbortController()
    const report = await runPart(abeja, part, {
      ...{ concurrency: 1, signal: controller.signal },
      onEvent: ({ type }) => type === 'succeeded' && controller.abort(),
    })
    expect(report.complete).toBe(true)
    expect(report.succeeded.length + report.cancelled.length).toBe(25)
    const rest = await retryTransfer(abeja, report)
    expect(mergeReports([report, rest].map(withoutParts))).toMatchObject({ failed: [], cancelled: [], complete: true })
    expect(platform[kind].size).toBe(25)
  })
})

/** A retry is of no plan. */
function withoutParts({ parts: _, ...report }: TransferReport): TransferReport {
  return report
}

test('a plan of a channel names each file as downloadDirectory does', async () => {
  const { platform, abeja, channel } = await setting()
  for (const name of ['a', 'A', 'b', 'a', '../evil', 'a (2)', 'A']) platform.put('channel', name, name)
  for (const naming of ['filename', 'numbered', 'id'] as const) {
    const [whole, inParts] = [await directoryWith(), await directoryWith()]
    const expected = await downloadDirectory(channel, whole, { naming })
    const parts = await collectParts(planDownload(channel, inParts, { naming, partSize: 2 }))
    const merged = mergeReports(await Promise.all(parts.map((part) => runPart(abeja, part))))
    const summary = ({ succeeded, skipped, failed }: TransferReport) => [
      succeeded.map(({ id }) => id).sort(),
      skipped.map(({ id, reason }) => `${id} ${reason}`).sort(),
      failed.map(({ path, error }) => `${path} ${error.name}`),
    ]
    expect(summary(merged)).toEqual(summary(expected))
  }
})

test('links, unreadable files and what a function rejects stand in the merged report', async () => {
  const { abeja, channel } = await setting()
  const dir = await directoryWith({ a: 'a', b: 'b', gone: 'gone' })
  await symlink('a', join(dir, 'link'))
  const parts = await collectParts(
    planUpload(channel, dir, {
      metadata: (path) => {
        if (path === 'b') throw new Error('no label')
        return { label: path }
      },
    }),
  )
  await rm(join(dir, 'gone'))
  const merged = mergeReports(await Promise.all(parts.map((part) => runPart(abeja, part))))
  expect(merged.succeeded).toMatchObject([{ path: 'a' }])
  expect(merged.skipped).toMatchObject([{ path: 'link', reason: 'symlink' }])
  const failures = merged.failed.map(({ path, error }) => [path, error.message])
  expect(failures.toSorted()).toEqual([
    ['b', 'no label'],
    ['gone', expect.stringContaining('ENOENT')],
  ])
})

test('a merged report without a part is not complete, and retryTransfer transfers the rest', async () => {
  const { platform, abeja, channel } = await setting()
  const dir = await directoryWith(FILES)
  const parts = await collectParts(planUpload(channel, dir, { partSize: 10 }))
  const reports = await Promise.all(parts.slice(1).map((part) => runPart(abeja, part)))
  const merged = mergeReports(reports)
  expect(merged).toMatchObject({ complete: false, parts: { numbers: [2, 3], total: 3 } })
  const rest = await retryTransfer(abeja, JSON.parse(JSON.stringify(merged)))
  expect(rest).toMatchObject({ succeeded: { length: 10 }, complete: true })
  expect(platform.names().sort()).toEqual(Object.keys(FILES).sort())
})

test('a file that failed in one run of a part and succeeded in another has succeeded', async () => {
  const { platform, abeja, channel } = await setting()
  const part = await onlyPart(planUpload(channel, await directoryWith({ a: 'a', b: 'b' })))
  platform.faults.answer = ({ method }) => (method === 'POST' ? { status: 400 } : undefined)
  const first = await runPart(abeja, part)
  platform.faults.answer = undefined
  const second = await runPart(abeja, part)
  expect([first.failed.length, second.succeeded.length]).toEqual([2, 2])
  for (const reports of [
    [first, second],
    [second, first],
  ]) {
    expect(mergeReports(reports)).toMatchObject({ succeeded: { length: 2 }, failed: [], complete: true })
  }
})

test('reports of different transfers are not merged', async () => {
  const { abeja, channel, bucket } = await setting()
  const dir = await directoryWith({ a: 'a' })
  const run = async (place: typeof channel | typeof bucket) => {
    const part = await onlyPart(planUpload(place, dir))
    return runPart(abeja, part)
  }
  const [one, other, another] = [await run(channel), await run(bucket), await run(channel)]
  expect(() => mergeReports([one, other])).toThrow('reports must be of one address')
  expect(() => mergeReports([one, another])).toThrow('reports must be of the parts of one plan')
  expect(() => mergeReports([])).toThrow('reports must hold at least one report')
})

test('a path that is given several times is uploaded once, whatever parts would hold it', async () => {
  const { platform, abeja, channel } = await setting()
  const dir = await directoryWith({ a: 'a', b: 'b' })
  const paths = ['a', 'b', 'a', 'b', 'a']
  async function* streamed() {
    yield* paths
  }
  for (const files of [paths, streamed()]) {
    const parts = await collectParts(planUpload(channel, dir, { files, partSize: 1 }))
    expect(pathsOf(parts)).toEqual(['a', 'b'])
    await Promise.all(parts.map((part) => runPart(abeja, part)))
  }
  expect(platform.names().sort()).toEqual(['a', 'a', 'b', 'b'])
})

test('names that lead to one path have paths of their own, and unsafe names fail in one part each', async () => {
  const { platform, abeja, channel } = await setting()
  const names = ['a/b', '/a/b', 'A/B', 'a/b', 'x?', 'x%3F', 'a//b', './a/b']
  for (const name of names) platform.put('channel', name, name)
  const dir = await directoryWith()
  const parts = await collectParts(planDownload(channel, dir, { naming: 'numbered', partSize: 1 }))
  expect(parts).toHaveLength(names.length)
  const merged = mergeReports(await Promise.all(parts.map((part) => runPart(abeja, part))))
  expect(merged.failed.map(({ path, error }) => [path, error.name]).sort()).toEqual(
    ['./a/b', '/a/b', 'a//b'].map((path) => [path, 'UnsafePathError']),
  )
  expect(new Set(merged.succeeded.map(({ path }) => pathIdentity(path))).size).toBe(5)
  expect(Object.values(await filesBelow(dir)).sort()).toEqual(['A/B', 'a/b', 'a/b', 'x%3F', 'x?'])
})

test.each([
  ['no object', null, 'expected a JSON object'],
  ['another version', { version: 2 }, 'version must be 1 (received 2)'],
  ['a file without a path', { files: [{}] }, 'files[0].path must be a string'],
  ['a path out of the directory', { files: [{ path: '../../etc/passwd' }] }, 'a path leads out of the directory'],
  ['an absolute path', { files: [{ path: '/etc/passwd' }] }, 'a path leads out of the directory'],
])('a part with %s is rejected before anything is sent', async (_, change, message) => {
  const { platform, abeja, channel } = await setting()
  const [part] = await collectParts(planUpload(channel, await directoryWith({ a: 'a' })))
  const invalid = JSON.parse(JSON.stringify(change === null ? null : { ...part, ...change }))
  await expect(runPart(abeja, invalid)).rejects.toMatchObject({
    ...{ name: 'InvalidRequestError', message: expect.stringContaining(message) },
  })
  expect(platform.requests).toEqual([])
})

test('a part runs where its directory is mounted elsewhere', async () => {
  const { platform, abeja, bucket } = await setting()
  const part = await onlyPart(planUpload(bucket, await directoryWith({ a: 'planned' })))
  const elsewhere = await directoryWith({ a: 'mounted' })
  expect(await runPart(abeja, part, { directory: elsewhere })).toMatchObject({ directory: elsewhere })
  expect(platform.textOf('bucket', 'a')).toBe('mounted')
})

test('a plan rejects invalid options, and another transfer to go on with', async () => {
  const { channel, bucket } = await setting()
  const dir = await directoryWith({ a: 'a' })
  const [part] = await collectParts(planUpload(channel, dir))
  await expect(collectParts(planUpload(channel, dir, { partSize: 0 }))).rejects.toThrow(
    'partSize must be a positive integer',
  )
  await expect(collectParts(planUpload(bucket, dir, { conflict_target: 'a' }))).rejects.toThrow(
    'conflict_target must be omitted',
  )
  await expect(collectParts(planUpload(bucket, dir, { after: part }))).rejects.toThrow(
    'after must be a part of the same transfer',
  )
  if (!part) throw new Error('The plan has no part')
  const { last: _, ...open } = part
  const renamed = { ...open, files: [{ path: 'b' }] }
  await expect(collectParts(planUpload(channel, dir, { after: renamed }))).rejects.toThrow('was not found again: b')
})
