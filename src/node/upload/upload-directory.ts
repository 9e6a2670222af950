import { basename, dirname, resolve } from 'node:path'
import { InvalidRequestError } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { type Walked, walkDirectory } from '../disk/walk-directory.ts'
import { transferDirectory } from '../engine/directory-transfer.ts'
import type { TransferJob } from '../engine/transfer-job.ts'
import { type FilePlace, type FileStore, storeOf } from '../remote/remote-files.ts'
import type { PreviousRun } from '../report/previous-run.ts'
import type { ReportParts, StoredOptions, TransferReport } from '../report/report.ts'
import { DirectoryUpload } from './directory-upload.ts'
import {
  requirePaths,
  storedUploadOptions,
  UPLOAD_DIRECTORY_OPTIONS,
  type UploadDirectoryOptions,
} from './upload-options.ts'

/** The files to upload. */
export interface UploadSelection {
  readonly found: AsyncIterable<Walked>
  /** The run that a retry continues. */
  readonly previous: PreviousRun | undefined
  /** What the report keeps of it besides the options. */
  readonly stored: Pick<StoredOptions, 'files' | 'filter' | 'below' | 'source'>
  readonly parts?: ReportParts | undefined
  /** Whether no earlier run can have uploaded one of the files. */
  readonly isFirstRun?: boolean | undefined
}

/**
 * Uploads a directory: into a bucket each file to the location of its path, as the documented `upload_bucket_files` does,
 * into a channel as a file with its path as `filename`. The directory is walked while its files are sent.
 *
 * @returns the outcome of every file; it also resolves when files fail, or when `signal` ends the transfer
 * @throws TransferError when the directory itself cannot be read, the credential is rejected, or the channel or bucket does not exist
 * @throws InvalidRequestError for invalid options
 * @throws LocalFileError when the journal cannot be used
 * @example
 * const report = await uploadDirectory(abeja.bucket(bucketId, { prefix: 'photos' }), './photos', { lifetime: '1year' })
 * if (report.failed.length > 0) await retryTransfer(abeja, report)
 */
export async function uploadDirectory(
  target: FilePlace,
  dir: string,
  options: UploadDirectoryOptions = {},
): Promise<TransferReport> {
  const checked = knownKeys(options, UPLOAD_DIRECTORY_OPTIONS, 'option', InvalidRequestError)
  const { files } = checked
  requirePaths(files)
  const found = files ? namedFiles(files) : walkDirectory(dir, checked)
  return uploadSelected(storeOf(target), dir, checked, {
    found,
    previous: undefined,
    stored: files ? { files: true } : {},
  })
}

/** Uploads a directory below another one, whose files keep their paths relative to that other one. */
export function uploadBelow(
  store: FileStore,
  dir: string,
  below: string,
  options: UploadDirectoryOptions,
): Promise<TransferReport> {
  const found = walkDirectory(dir, options, below)
  return uploadSelected(store, dir, options, { found, previous: undefined, stored: { below } })
}

/** Uploads one file under a name that may differ from its name on disk. */
export function uploadAs(
  store: FileStore,
  file: string,
  name: string,
  options: UploadDirectoryOptions,
): Promise<TransferReport> {
  const stored = { files: true, source: basename(file) } as const
  return uploadSelected(store, dirname(file), options, { found: namedFiles([name]), previous: undefined, stored })
}

/** Uploads the selected files of a directory. */
export async function uploadSelected(
  store: FileStore,
  dir: string,
  options: UploadDirectoryOptions,
  { previous, found, stored, parts, isFirstRun = false }: UploadSelection,
): Promise<TransferReport> {
  requireUploadTo(store, options)
  const directory = resolve(dir)
  const left = new Map(previous?.left.map((record) => [record.path, record]))
  return transferDirectory({
    ...{ direction: 'upload', store, directory, options, previous, parts },
    stored: { ...stored, ...storedUploadOptions(options) },
    prepare: async (context) =>
      jobs(
        await DirectoryUpload.prepare({ ...context, directory, source: stored.source, options, left, isFirstRun }),
        found,
      ),
  })
}

/** Throws `InvalidRequestError` for options that the target does not have. */
export function requireUploadTo(store: FileStore, { conflict_target }: UploadDirectoryOptions): FileStore {
  if (store.kind === 'channel' || conflict_target === undefined) return store
  throw new InvalidRequestError('conflict_target must be omitted for a bucket, where each location holds one file.')
}

/** Paths in the form of a walk. They are the caller's own choice: a link among them is followed. */
export async function* namedFiles(paths: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Walked> {
  for await (const path of paths) yield { kind: 'file', path }
}

async function* jobs(upload: DirectoryUpload, walked: AsyncIterable<Walked>): AsyncGenerator<TransferJob> {
  for await (const found of walked) {
    const { path } = found
    yield {
      path,
      left: upload.leftOf(path),
      run: async (context) => {
        if (found.kind === 'unreadable') throw found.error
        return found.kind === 'file' ? upload.run(path, context) : { skipped: found.reason }
      },
    }
  }
}
