import { InvalidRequestError, type Metadata } from '../../index.ts'
import { parseAddress } from '../remote/address.ts'
import { isJson, Members } from '../report/members.ts'
import { storedOptions } from '../report/read-report.ts'
import type { SkipReason, StoredOptions } from '../report/report.ts'

/**
 * A part of the transfer of a directory, made by `planUpload` or `planDownload` and transferred by `runPart`. Plain JSON
 * without secrets, for a queue or a file.
 */
export interface TransferPart {
  readonly version: 1
  readonly direction: 'upload' | 'download'
  /** The id of the plan: the same in all of its parts. */
  readonly plan: string
  /** The place of the part within its plan, from 1. */
  readonly number: number
  /** Whether it is the last part of its plan. */
  readonly last?: true
  /** When the plan was made, in ISO 8601. */
  readonly plannedAt: string
  /** `datalake://<channel>` or `bucket://<bucket>/<prefix>`. */
  readonly address: string
  /** The directory, absolute, on the machine that made the plan. */
  readonly directory: string
  readonly options: StoredOptions
  readonly files: readonly PartFile[]
}

/** A file of a part. No two files of a plan have the same path, however a file system compares names. */
export interface PartFile {
  /** Relative to the directory, with `/`. */
  readonly path: string
  /** The id on the platform, of a download. */
  readonly id?: string
  /** Where it is known. */
  readonly bytes?: number
  /** The MD5 in hex, of a download, where the platform reports one. */
  readonly md5?: string
  /** When it was last modified on the platform, in milliseconds since 1970, where that is known. */
  readonly modified?: number
  /** What the option `metadata` returned for it. */
  readonly metadata?: Metadata
  /** Why it is not transferred. */
  readonly skipped?: PartSkipReason
  /** Why it cannot be transferred. */
  readonly error?: PartError
}

export type PartSkipReason = Extract<SkipReason, 'superseded' | 'symlink' | 'special'>

/** An error that was met while the plan was made. */
export interface PartError {
  readonly message: string
  readonly code?: string
}

const SKIP_REASONS: readonly PartSkipReason[] = ['superseded', 'symlink', 'special']

/**
 * Checks a part: it may come from a queue.
 * @throws InvalidRequestError that names the first invalid member
 */
export function readPart(value: unknown): TransferPart {
  if (!isJson(value)) throw invalid('expected a JSON object')
  if (value.version !== 1) throw invalid(`version must be 1 (received ${JSON.stringify(value.version) ?? 'none'})`)
  const part = new Members(value, invalid)
  const direction = part.oneOf('direction', ['upload', 'download'] as const)
  const address = part.text('address')
  parseAddress(address)
  const isLast = part.optional('last', () => part.flag('last')) === true
  return {
    ...{ version: 1, direction, address, directory: part.text('directory') },
    ...{ plan: part.text('plan'), number: part.count('number'), plannedAt: part.date('plannedAt') },
    ...(isLast && { last: true }),
    options: storedOptions(part.member('options')),
    files: part.list('files', (file) => partFile(file, direction)),
  }
}

function partFile(members: Members, direction: TransferPart['direction']): PartFile {
  const id = direction === 'download' ? members.text('id') : undefined
  const bytes = members.optional('bytes', () => members.count('bytes'))
  const md5 = members.optional('md5', () => members.text('md5'))
  const modified = members.optional('modified', () => members.count('modified'))
  const metadata = members.optional('metadata', () => members.texts('metadata'))
  const skipped = members.optional('skipped', () => members.oneOf('skipped', SKIP_REASONS))
  const error = members.optional('error', () => partError(members.member('error')))
  const path = members.text('path')
  if (direction === 'upload' && !isBelow(path)) throw invalid(`a path leads out of the directory: ${path}`)
  return {
    path,
    ...(id !== undefined && { id }),
    ...(bytes !== undefined && { bytes }),
    ...(md5 !== undefined && { md5 }),
    ...(modified !== undefined && { modified }),
    ...(metadata && { metadata }),
    ...(skipped && { skipped }),
    ...(error && { error }),
  }
}

function partError(members: Members): PartError {
  const code = members.optional('code', () => members.text('code'))
  return { message: members.text('message'), ...(code !== undefined && { code }) }
}

/** Whether a path of an upload stays below its directory. The paths of downloads are checked when they are written. */
function isBelow(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.split(/[/\\]/).includes('..') && !/^[a-z]:/i.test(path)
}

function invalid(reason: string): InvalidRequestError {
  return new InvalidRequestError(`Not a part of a transfer: ${reason}.`)
}
