import type { Lifetime, Metadata } from '../../index.ts'

/** What a file came to. */
export interface FileRecord {
  /** Relative to the folder on this machine, with `/`. */
  readonly path: string
  /** The file's id on the platform, as far as it is known. */
  readonly id?: string
  /** As far as it is known. */
  readonly bytes?: number
  /** How often it was tried; 0 when it was not begun. */
  readonly attempts: number
}

/** What is needed to try a file again. */
export interface UnfinishedRecord extends FileRecord {
  /** What the option `metadata` gave for it. */
  readonly metadata?: Metadata
  /**
   * Set when the platform may have stored the upload although no answer told so: since when, in ISO 8601. `retry` and a
   * journal look the file up before they send it once more.
   */
  readonly uncertain_since?: string
}

export interface FailedRecord extends UnfinishedRecord {
  /** The error as plain JSON: `name` is its class. */
  readonly error: Readonly<Record<string, unknown>>
}

/**
 * Why a file was not transferred. `unchanged`: the same bytes are there. `conflict`: `conflict_target` found one. `exists`:
 * a file is there and `overwrite` is not set. `shadowed`: a newer file of the channel has the same name. `journal`: an
 * earlier run has done it. `dry-run`: it would be transferred. `symlink`, `special`: it is not a regular file. `own-file`: the
 * transfer itself writes it, such as its journal.
 */
export type SkipReason =
  | 'unchanged'
  | 'conflict'
  | 'exists'
  | 'shadowed'
  | 'journal'
  | 'dry-run'
  | 'symlink'
  | 'special'
  | 'own-file'

export interface SkippedRecord extends FileRecord {
  readonly reason: SkipReason
}

/** Every file in the order in which it was found. */
export interface TransferredFiles {
  readonly succeeded: readonly FileRecord[]
  readonly failed: readonly FailedRecord[]
  readonly skipped: readonly SkippedRecord[]
  /** Begun and not finished, or found and not begun. */
  readonly cancelled: readonly UnfinishedRecord[]
  /** Whether the whole folder was walked or listed. False after `signal` or `failFast`: there may be more files. */
  readonly complete: boolean
}

/** What a folder transfer came to. Plain JSON: `retry` takes it, also in another process. */
export interface TransferReport extends TransferredFiles {
  readonly version: 1
  readonly direction: 'upload' | 'download'
  /** `datalake://<channel>` or `bucket://<bucket>/<prefix>`. */
  readonly address: string
  /** The folder on this machine, absolute. */
  readonly folder: string
  readonly options: StoredOptions
  /** Of a retry that ended early: what the runs before it have done. Another retry does not do it once more. */
  readonly earlier?: readonly EarlierRecord[]
}

/** A file that an earlier run has done, or passed over. */
export interface EarlierRecord {
  readonly path: string
  readonly id?: string
}

/** The options that a retry needs and JSON can hold. */
export interface StoredOptions {
  /** Whether the transfer was given `files`: those it did not come to are not known. */
  readonly files?: true
  /** Whether it had a `filter`: what that left out is not known either. */
  readonly filter?: true
  /** The folder below `folder`, with a slash at the end, that alone is transferred. */
  readonly below?: string
  /** Left out where it was a function. */
  readonly metadata?: Metadata
  readonly dotFiles?: boolean
  readonly followSymlinks?: boolean
  readonly lifetime?: Lifetime
  readonly conflict_target?: string
  readonly skipUnchanged?: boolean
  readonly overwrite?: boolean
  readonly names?: NamePolicy
}

/** How the files of a channel are named on disk. */
export type NamePolicy = 'filename' | 'numbered' | 'id'
