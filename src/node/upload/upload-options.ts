import { InvalidRequestError, type Lifetime, type Metadata } from '../../index.ts'
import type { KeysOf } from '../../validation/known-keys.ts'
import type { WalkOptions } from '../disk/walk-directory.ts'
import { TRANSFER_OPTIONS, type TransferOptions } from '../engine/transfer-options.ts'
import type { StoredOptions } from '../report/report.ts'

/** The options of `uploadDirectory`. */
export interface UploadDirectoryOptions extends TransferOptions, WalkOptions {
  /** The paths to upload, relative to the directory and with `/`, in place of all that it contains. */
  readonly files?: readonly string[] | PathSet | AsyncIterable<string> | undefined
  /** How long the platform keeps the files. They are kept for good when it is omitted. */
  readonly lifetime?: Lifetime | undefined
  /**
   * The metadata of every file, or a function that returns those of a file by its path. `filename` is the path unless it is
   * given here. A file whose function throws or rejects fails.
   */
  readonly metadata?: Metadata | ((path: string) => Metadata | Promise<Metadata>) | undefined
  /** Of channels: a metadata key. A file is skipped when the channel has one with the same value of it. */
  readonly conflict_target?: string | undefined
}

/** The options that choose and describe the files. */
export const UPLOADED_FILES_OPTIONS = {
  conflict_target: true,
  dotFiles: true,
  files: true,
  filter: true,
  followSymlinks: true,
  lifetime: true,
  metadata: true,
} as const

export const UPLOAD_DIRECTORY_OPTIONS: KeysOf<UploadDirectoryOptions> = {
  ...TRANSFER_OPTIONS,
  ...UPLOADED_FILES_OPTIONS,
}

/** Any iterable of paths but a string, whose characters would be taken for paths. */
export interface PathSet extends Iterable<string> {
  readonly charAt?: never
}

/** Throws `InvalidRequestError` for a string, which a program in JavaScript can pass. */
export function requirePaths(files: unknown): void {
  if (files === undefined || files === null) return
  const isIterable =
    typeof files === 'object' && files !== null && (Symbol.iterator in files || Symbol.asyncIterator in files)
  if (isIterable) return
  const received = typeof files === 'string' ? `the string ${JSON.stringify(files)}` : String(files)
  throw new InvalidRequestError(`files must be an array or another iterable of paths (received ${received}).`)
}

/** The options that a report keeps for a retry. */
export function storedUploadOptions(options: UploadDirectoryOptions): StoredOptions {
  const { filter, metadata, dotFiles, followSymlinks, lifetime, conflict_target, skipUnchanged } = options
  return {
    ...(filter && { filter: true }),
    ...(metadata && typeof metadata !== 'function' && { metadata }),
    ...(dotFiles && { dotFiles }),
    ...(followSymlinks && { followSymlinks }),
    ...(lifetime && { lifetime }),
    ...(conflict_target && { conflict_target }),
    ...(skipUnchanged && { skipUnchanged }),
  }
}
