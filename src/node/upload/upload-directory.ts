import { relative, resolve, sep } from 'node:path'
import { InvalidRequestError, type Lifetime, type Metadata } from '../../index.ts'
import { type Walked, type WalkOptions, walkDirectory } from '../disk/walk-directory.ts'
import { runFolder } from '../engine/directory-transfer.ts'
import type { Job } from '../engine/transfer-job.ts'
import type { TransferOptions } from '../engine/transfer-options.ts'
import type { FileStore } from '../remote/remote-files.ts'
import type { EarlierRun } from '../report/previous-run.ts'
import type { StoredOptions, TransferReport } from '../report/report.ts'
import { FolderUpload } from './directory-upload.ts'

/** The options of `uploadDirectory`. */
export interface UploadDirectoryOptions extends TransferOptions, WalkOptions {
  /** These paths, relative to the folder and with `/`, in place of all that is in it. */
  readonly files?: Iterable<string> | AsyncIterable<string> | undefined
  /** How long the platform keeps the files. Left out, they are kept. */
  readonly lifetime?: Lifetime | undefined
  /** What goes with every file, or with each by its path, beside `filename`, which is the path unless given here. */
  readonly metadata?: Metadata | ((path: string) => Metadata | Promise<Metadata>) | undefined
  /** Of channels: a metadata key. A file is skipped when the channel has one with the same value of it. */
  readonly conflict_target?: string | undefined
}

/** What is uploaded in place of the whole folder. */
export interface UploadPlan {
  readonly found: AsyncIterable<Walked>
  /** Of a retry, what it goes on from. */
  readonly earlier: EarlierRun | undefined
  /** What is stored of it beside the options. */
  readonly stored: Pick<StoredOptions, 'files' | 'filter' | 'below'>
}

/**
 * Uploads a folder: into a bucket each file to the location of its path, as the documented `upload_bucket_files` does, into
 * a channel as a file with its path for a name. The folder is walked while its files are sent.
 *
 * @returns what every file came to; it also comes when files fail, or when `signal` ends the transfer
 * @throws TransferError when the folder itself cannot be read, the credential is refused, or there is no such place
 * @throws InvalidRequestError for options that cannot work
 * @example
 * const report = await uploadDirectory(abeja.buckets.files.in(bucketId, 'photos'), './photos', { lifetime: '1year' })
 * if (report.failed.length > 0) await retry(abeja, report)
 */
export function uploadDirectory(
  target: FileStore,
  dir: string,
  options: UploadDirectoryOptions = {},
): Promise<TransferReport> {
  const { files } = options
  const found = files ? namedFiles(files) : walkDirectory(dir, options)
  return uploadFolder(target, dir, options, { found, earlier: undefined, stored: files ? { files: true } : {} })
}

/** Uploads one folder below another, and gives its files the paths that they have below that other one. */
export function uploadBelow(
  store: FileStore,
  dir: string,
  below: string,
  options: UploadDirectoryOptions,
): Promise<TransferReport> {
  const found = walkDirectory(dir, options, below)
  return uploadFolder(store, dir, options, { found, earlier: undefined, stored: { below } })
}

/** @param plan what of it is done in place of all */
export async function uploadFolder(
  store: FileStore,
  dir: string,
  options: UploadDirectoryOptions,
  plan: UploadPlan,
): Promise<TransferReport> {
  if (store.kind === 'bucket' && options.conflict_target !== undefined) {
    throw new InvalidRequestError('conflict_target is of channels: a file of a bucket has its location for itself.')
  }
  const folder = resolve(dir)
  const { earlier, found } = plan
  const stored = { ...plan.stored, ...storedOptions(options) }
  const left = new Map(earlier?.left.map((record) => [record.path, record]))
  return runFolder({
    ...{ direction: 'upload', store, folder, stored, options, earlier },
    prepare: async (journal, signal) =>
      jobs(
        await FolderUpload.prepare({ store, folder, options, left, journal, signal }),
        found,
        pathBelow(folder, options.journal),
      ),
  })
}

/** Paths as the walk would tell them. They are the caller's own choice: a link among them is followed. */
export async function* namedFiles(paths: Iterable<string> | AsyncIterable<string>): AsyncGenerator<Walked> {
  for await (const path of paths) yield { kind: 'file', path }
}

/** @param journal where the journal of the transfer itself is: it is no file to be uploaded */
async function* jobs(
  upload: FolderUpload,
  walked: AsyncIterable<Walked>,
  journal: string | undefined,
): AsyncGenerator<Job> {
  for await (const found of walked) {
    const { path } = found
    if (path === journal) continue
    yield {
      path,
      left: upload.leftOf(path),
      run: async (task) => {
        if (found.kind === 'unreadable') throw found.error
        return found.kind === 'file' ? upload.run(path, task) : { skipped: found.reason }
      },
    }
  }
}

/** A path as the walk of a folder would tell it. */
function pathBelow(folder: string, path: string | undefined): string | undefined {
  return path === undefined ? undefined : relative(folder, resolve(path)).replaceAll(sep, '/')
}

function storedOptions(options: UploadDirectoryOptions): StoredOptions {
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
