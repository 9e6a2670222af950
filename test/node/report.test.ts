import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InvalidRequestError } from '../../src/index.ts'
import { downloadDirectory, retryTransfer, type TransferReport, uploadDirectory } from '../../src/node.ts'
import { errorOf } from '../helpers/abeja.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { paths } from './report.ts'
import { type Setting, setting } from './setting.ts'

/** A report with one file in each list but the last two. */
async function reportOf({ platform, channel }: Setting): Promise<TransferReport> {
  const dir = await directoryWith({ a: 'A', b: 'B' })
  platform.faults.loseAnswer = true
  return uploadDirectory(channel, dir, {
    ...{ files: ['a', 'b'], concurrency: 1 },
    ...{ metadata: { folder: 'f', names: 'n' }, lifetime: '1day' },
  })
}

test('a report has the names of version 2', async () => {
  const report = await reportOf(await setting())
  expect(report).toMatchObject({ version: 2, direction: 'upload', address: 'datalake://1', complete: true })
  expect(report.directory).toBeTypeOf('string')
  expect(report.failed).toMatchObject([{ unconfirmedSince: expect.any(String), error: { name: 'ConnectionError' } }])
})

test('a report of version 0.2.0 is retried', async () => {
  const place = await setting()
  const { version, directory, failed, options, ...rest } = await reportOf(place)
  const [{ unconfirmedSince, ...record } = { unconfirmedSince: '' }] = failed
  const old = {
    ...{ ...rest, version: 1, folder: directory, options: { ...options, names: 'id' } },
    skipped: [{ path: 'c', attempts: 0, reason: 'shadowed' }],
    failed: [{ ...record, uncertain_since: unconfirmedSince }],
  }
  const again = await retryTransfer(place.abeja, JSON.parse(JSON.stringify(old)))
  expect(again.skipped, 'it was stored').toMatchObject([{ path: 'a', reason: 'journal' }])
  expect(place.platform.names().sort()).toEqual(['a', 'b'])
  const [file] = [...place.platform.channel.values()]
  expect(file?.metadata, 'keys of metadata are not renamed').toMatchObject({ 'x-abeja-meta-folder': 'f' })
})

const broken: readonly (readonly [string, unknown])[] = [
  ['expected a JSON object', null],
  ['expected a JSON object', [1]],
  ['expected a JSON object', 'text'],
  ['version must be 1 or 2 (received none)', {}],
  ['version must be 1 or 2 (received 3)', { version: 3 }],
]

test.each(broken)('rejects what is not a report: %s', async (message, value) => {
  const { abeja } = await setting()
  // @ts-expect-error: not a report
  await expect(retryTransfer(abeja, value)).rejects.toThrow(`Not a report of a transfer: ${message}.`)
})

const changes: readonly (readonly [string, (report: Record<string, unknown>) => unknown])[] = [
  [
    'direction must be one of upload, download',
    (report) => {
      report.direction = 'sideways'
    },
  ],
  ['directory must be a string', (report) => Reflect.deleteProperty(report, 'directory')],
  [
    'complete must be true or false',
    (report) => {
      report.complete = 'yes'
    },
  ],
  [
    'failed must be an array',
    (report) => {
      report.failed = {}
    },
  ],
  [
    'failed[0] must be an object',
    (report) => {
      report.failed = [null]
    },
  ],
  [
    'failed[0].path must be a string',
    (report) => {
      report.failed = [{ path: 1, attempts: 1, error: {} }]
    },
  ],
  [
    'cancelled[0].unconfirmedSince must be a date',
    (report) => {
      report.cancelled = [{ path: 'a', attempts: 1, unconfirmedSince: 'yesterday' }]
    },
  ],
  [
    'options.naming must be one of filename, numbered, id',
    (report) => {
      report.options = { naming: 'x' }
    },
  ],
  [
    'options.metadata.k must be a string',
    (report) => {
      report.options = { metadata: { k: 1 } }
    },
  ],
]

test.each(changes)('names the invalid member: %s', async (message, change) => {
  const place = await setting()
  const report = JSON.parse(JSON.stringify(await reportOf(place)))
  change(report)
  await expect(retryTransfer(place.abeja, report)).rejects.toThrow(message)
})

test('a report that was changed anywhere is retried or rejected, never a TypeError', { timeout: 120_000 }, async () => {
  const place = await setting()
  const text = JSON.stringify(await reportOf(place))
  const values = fc.constantFrom<unknown>(null, undefined, 0, -1, 1e300, '', 'x', true, [], {}, [null], { a: 1 })
  const members = fc.constantFrom(
    ...['version', 'direction', 'address', 'directory', 'options', 'succeeded', 'failed', 'skipped', 'cancelled'],
    ...['complete', 'previous', 'failed.0', 'failed.0.path', 'failed.0.id', 'failed.0.metadata', 'failed.0.error'],
    ...['failed.0.unconfirmedSince', 'options.metadata', 'options.lifetime', 'options.files', 'succeeded.0.bytes'],
  )
  const dryRun = { dryRun: true, filter: () => false }
  await fc.assert(
    fc.asyncProperty(members, values, async (member, value) => {
      const report = JSON.parse(text)
      const names = member.split('.')
      const last = names.pop() ?? ''
      const parent = names.reduce((one, name) => one[name], report)
      if (value === undefined) delete parent[last]
      else parent[last] = value
      // Nothing is written where a changed directory would lead.
      const outcome = await retryTransfer(place.abeja, report, dryRun).catch((error: unknown) => error)
      if (outcome instanceof Error)
        expect(['InvalidRequestError', 'TransferError', 'LocalFileError']).toContain(outcome.name)
    }),
    { numRuns: 300, seed: 1 },
  )
})

test('files that a list has replaced are told as superseded', async () => {
  const { platform, channel } = await setting()
  for (const id of ['old', 'new']) platform.put('channel', 'same', id, id)
  const dir = await directoryWith()
  const { succeeded, skipped } = await downloadDirectory(channel, dir)
  expect(paths(succeeded)).toEqual(['same'])
  expect(skipped).toMatchObject([{ id: 'old', reason: 'superseded' }])
  expect(await filesBelow(dir)).toEqual({ same: 'new' })
})

test('rejects a report whose address is not one', async () => {
  const { abeja } = await setting()
  // @ts-expect-error: members are missing
  const error = await errorOf(retryTransfer(abeja, { version: 2, direction: 'upload', address: 'ftp://1' }))
  expect(error).toBeInstanceOf(InvalidRequestError)
})
