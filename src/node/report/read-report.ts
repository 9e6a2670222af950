import { type ChecksumSource, InvalidRequestError, type Lifetime } from '../../index.ts'
import { parseAddress } from '../remote/address.ts'
import { isJson, type Json, Members } from './members.ts'
import type {
  FailedRecord,
  FileRecord,
  NamingPolicy,
  PreviousRecord,
  ReportParts,
  SkippedRecord,
  SkipReason,
  StoredOptions,
  TransferReport,
  UnfinishedRecord,
} from './report.ts'

const REASONS: readonly SkipReason[] = [
  ...(['unchanged', 'conflict', 'exists', 'superseded', 'journal', 'dry-run', 'symlink', 'special'] as const),
  'own-file',
]
const POLICIES: readonly NamingPolicy[] = ['filename', 'numbered', 'id']
const CHECKSUMS: readonly ChecksumSource[] = ['etag', 'none']
const LIFETIMES: readonly Lifetime[] = ['1day', '1week', '1month', '6months', '1year']

/** The names that version 1, of 0.2.0, had for members of version 2. */
const VERSION_1: Readonly<Record<string, string>> = {
  folder: 'directory',
  earlier: 'previous',
  uncertain_since: 'unconfirmedSince',
  names: 'naming',
}

/**
 * Checks a report: it may have been read from a file that was changed.
 * @throws InvalidRequestError that names the first invalid member
 */
export function readReport(value: unknown): TransferReport {
  if (!isJson(value)) throw invalid('expected a JSON object')
  if (value.version !== 1 && value.version !== 2) {
    const version = value.version === undefined ? 'none' : JSON.stringify(value.version)
    throw invalid(`version must be 1 or 2 (received ${version})`)
  }
  const report = new Members(value.version === 1 ? upgraded(value) : value, invalid)
  const direction = report.oneOf('direction', ['upload', 'download'] as const)
  const address = report.text('address')
  parseAddress(address)
  const previous = report.optional('previous', () => report.list('previous', previousRecord))
  const parts = report.optional('parts', () => reportParts(report.member('parts')))
  return {
    ...{ version: 2, direction, address, directory: report.text('directory') },
    options: storedOptions(report.member('options')),
    succeeded: report.list('succeeded', fileRecord),
    failed: report.list('failed', failedRecord),
    skipped: report.list('skipped', skippedRecord),
    cancelled: report.list('cancelled', unfinishedRecord),
    complete: report.flag('complete'),
    ...(previous && { previous }),
    ...(parts && { parts }),
  }
}

function fileRecord(members: Members): FileRecord {
  const id = members.optional('id', () => members.text('id'))
  const bytes = members.optional('bytes', () => members.count('bytes'))
  return {
    ...{ path: members.text('path'), attempts: members.count('attempts') },
    ...(id !== undefined && { id }),
    ...(bytes !== undefined && { bytes }),
  }
}

function unfinishedRecord(members: Members): UnfinishedRecord {
  const metadata = members.optional('metadata', () => members.texts('metadata'))
  const unconfirmedSince = members.optional('unconfirmedSince', () => members.date('unconfirmedSince'))
  return { ...fileRecord(members), ...(metadata && { metadata }), ...(unconfirmedSince && { unconfirmedSince }) }
}

function failedRecord(members: Members): FailedRecord {
  return { ...unfinishedRecord(members), error: members.json('error') }
}

function skippedRecord(members: Members): SkippedRecord {
  return { ...fileRecord(members), reason: members.oneOf('reason', REASONS) }
}

function previousRecord(members: Members): PreviousRecord {
  const id = members.optional('id', () => members.text('id'))
  return { path: members.text('path'), ...(id !== undefined && { id }) }
}

function reportParts(members: Members): ReportParts {
  const total = members.optional('total', () => members.count('total'))
  return {
    ...{ plan: members.text('plan'), numbers: members.counts('numbers') },
    ...(total !== undefined && { total }),
  }
}

/** Reads the options that a report or a part keeps. */
export function storedOptions(members: Members): StoredOptions {
  const below = members.optional('below', () => members.text('below'))
  const source = members.optional('source', () => members.text('source'))
  const metadata = members.optional('metadata', () => members.texts('metadata'))
  const lifetime = members.optional('lifetime', () => members.oneOf('lifetime', LIFETIMES))
  const conflictTarget = members.optional('conflict_target', () => members.text('conflict_target'))
  const checksum = members.optional('checksum', () => members.oneOf('checksum', CHECKSUMS))
  const naming = members.optional('naming', () => members.oneOf('naming', POLICIES))
  const isSet = (name: string) => members.optional(name, () => members.flag(name)) === true
  return {
    ...(isSet('files') && { files: true }),
    ...(isSet('filter') && { filter: true }),
    ...(below !== undefined && { below }),
    ...(source !== undefined && { source }),
    ...(metadata && { metadata }),
    ...(isSet('dotFiles') && { dotFiles: true }),
    ...(isSet('followSymlinks') && { followSymlinks: true }),
    ...(lifetime && { lifetime }),
    ...(conflictTarget !== undefined && { conflict_target: conflictTarget }),
    ...(isSet('skipUnchanged') && { skipUnchanged: true }),
    ...(isSet('overwrite') && { overwrite: true }),
    ...(naming && { naming }),
    ...(checksum && { checksum }),
  }
}

/** A report of version 1 with the names of version 2. What the caller named, such as metadata, stays as it is. */
function upgraded(report: Json): Json {
  const records = (value: unknown) => (Array.isArray(value) ? value.map((one: unknown) => renamed(one)) : value)
  const { failed, cancelled, skipped, options, ...rest } = report
  const reasons = Array.isArray(skipped)
    ? skipped.map((one: unknown) => (isJson(one) && one.reason === 'shadowed' ? { ...one, reason: 'superseded' } : one))
    : skipped
  const own = renamed(rest)
  return {
    ...(isJson(own) ? own : {}),
    ...{ options: renamed(options), failed: records(failed), cancelled: records(cancelled), skipped: reasons },
  }
}

function renamed(value: unknown): unknown {
  if (!isJson(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [VERSION_1[name] ?? name, one]))
}

function invalid(reason: string): InvalidRequestError {
  return new InvalidRequestError(`Not a report of a transfer: ${reason}.`)
}
