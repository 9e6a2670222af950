import type { ChecksumSource, Lifetime, Metadata } from '../../index.ts'

/** The outcome of a file. */
export interface FileRecord {
  /** Relative to the directory on this machine, with `/`. */
  readonly path: string
  /** The id of the file on the platform, where it is known. */
  readonly id?: string
  /** Where it is known. */
  readonly bytes?: number
  /** How many attempts were made; 0 when it was not begun. */
  readonly attempts: number
}

/** What is needed to try a file again. */
export interface UnfinishedRecord extends FileRecord {
  /** What the option `metadata` returned for it. */
  readonly metadata?: Metadata
  /**
   * Set when the platform may have stored the upload although no response confirmed it: since when, in ISO 8601.
   * `retryTransfer` and a journal look the file up before they send it again.
   */
  readonly unconfirmedSince?: string
}

/** A file that failed. */
export interface FailedRecord extends UnfinishedRecord {
  /** The error as plain JSON: `name` is its class. */
  readonly error: Readonly<Record<string, unknown>>
}

/**
 * Why a file was not transferred.
 * - `unchanged`: the same bytes are already there.
 * - `conflict`: the channel has a file with the same value of `conflict_target`.
 * - `exists`: a local file exists and `overwrite` is not set.
 * - `superseded`: a newer file of the channel has the same name.
 * - `journal`: an earlier run has transferred it.
 * - `dry-run`: it would be transferred.
 * - `symlink`, `special`: it is not a regular file.
 * - `own-file`: the transfer itself writes it, such as its journal.
 */
export type SkipReason =
  | 'unchanged'
  | 'conflict'
  | 'exists'
  | 'superseded'
  | 'journal'
  | 'dry-run'
  | 'symlink'
  | 'special'
  | 'own-file'

/** A file that was skipped. */
export interface SkippedRecord extends FileRecord {
  readonly reason: SkipReason
}

/** Every file, in the order in which it was found. */
export interface TransferredFiles {
  readonly succeeded: readonly FileRecord[]
  readonly failed: readonly FailedRecord[]
  readonly skipped: readonly SkippedRecord[]
  /** Begun and not finished, or found and not begun. */
  readonly cancelled: readonly UnfinishedRecord[]
  /** Whether the whole directory was walked or listed. False after `signal` or `failFast`: there may be more files. */
  readonly complete: boolean
}

/** The outcome of the transfer of a directory. Plain JSON: `retryTransfer` takes it, also in another process. */
export interface TransferReport extends TransferredFiles {
  readonly version: 2
  readonly direction: 'upload' | 'download'
  /** `datalake://<channel>` or `bucket://<bucket>/<prefix>`. */
  readonly address: string
  /** The directory on this machine, absolute. */
  readonly directory: string
  readonly options: StoredOptions
  /** Of a retry that ended early: the files that the runs before it have transferred or skipped. Another retry leaves them out. */
  readonly previous?: readonly PreviousRecord[]
  /** Of the parts of a plan: which of them the report is of. */
  readonly parts?: ReportParts
}

/** The parts of a plan that a report is of. */
export interface ReportParts {
  readonly plan: string
  /** The numbers of the parts, ascending; the first is 1. */
  readonly numbers: readonly number[]
  /** How many parts the plan has, where it is known: the last part knows it. */
  readonly total?: number
}

/** A file that an earlier run has transferred or skipped. */
export interface PreviousRecord {
  readonly path: string
  readonly id?: string
}

/** The options that a retry needs and JSON can hold. */
export interface StoredOptions {
  /** Whether the transfer was given `files`: those that it did not come to are not known. */
  readonly files?: true
  /** Whether it had a `filter`: what that left out is not known either. */
  readonly filter?: true
  /** The directory below `directory`, with a slash at the end, that alone is transferred. */
  readonly below?: string
  /** The name on disk of the only file, when it is stored under another name. */
  readonly source?: string
  /** Omitted where it was a function. */
  readonly metadata?: Metadata
  readonly dotFiles?: boolean
  readonly followSymlinks?: boolean
  readonly lifetime?: Lifetime
  readonly conflict_target?: string
  readonly skipUnchanged?: boolean
  readonly overwrite?: boolean
  readonly naming?: NamingPolicy
  readonly checksum?: ChecksumSource
}

/** How the files of a channel are named on disk. */
export type NamingPolicy = 'filename' | 'numbered' | 'id'
