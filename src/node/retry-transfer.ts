import { InvalidRequestError } from '../index.ts'
import { downloadFolder, type KnownFile } from './download/download-directory.ts'
import type { DownloadDirectoryOptions } from './download/download-options.ts'
import { type FilesClient, parseAddress, storeAt } from './remote/address.ts'
import { fileById } from './remote/remote-files.ts'
import { earlierRun } from './report/previous-run.ts'
import type { TransferReport, UnfinishedRecord } from './report/report.ts'
import { leftToUpload } from './upload/remaining-uploads.ts'
import { uploadFolder } from './upload/upload-directory.ts'
import type { UploadDirectoryOptions } from './upload/upload-options.ts'

/**
 * Does again what a transfer has left: the files that failed and those that were cancelled; after one that ended early
 * also those it had not found yet. The report may come from another process, as JSON.
 *
 * @param options over those of the report. Functions are in no report and are given again, and so are the `files` of a
 * transfer that ended early; `metadata` that a file failed with is taken from there
 * @returns what these files came to
 * @throws InvalidRequestError for what is no report, or one that misses what has to be given again
 * @example
 * const report = JSON.parse(await readFile('report.json', 'utf8'))
 * const { failed } = await retry(abeja, report)
 */
export async function retry(
  abeja: FilesClient,
  report: TransferReport,
  options: UploadDirectoryOptions & DownloadDirectoryOptions = {},
): Promise<TransferReport> {
  if (report.version !== 1) {
    throw new InvalidRequestError('What was given is no report of a transfer, or one of a newer version.')
  }
  const store = storeAt(abeja, parseAddress(report.address))
  requireGivenAgain(report, options)
  const { files, filter, below, ...stored } = report.options
  const merged = { ...stored, ...options }
  const earlier = earlierRun(report)
  if (report.direction === 'upload') {
    return uploadFolder(store, report.folder, merged, {
      found: leftToUpload(report, earlier, merged),
      earlier,
      stored: { ...((files || options.files) && { files: true }), ...(filter && { filter }), ...(below && { below }) },
    })
  }
  return downloadFolder(store, report.folder, merged, {
    known: earlier.left.map((record) => known(record, merged)),
    lists: !report.complete,
    settled: new Map(earlier.done.map(({ id = '', path }) => [id, path])),
    earlier,
    ...(filter && { stored: { filter } }),
  })
}

/** A transfer that goes on without what left files out would take those, too. */
function requireGivenAgain(report: TransferReport, given: UploadDirectoryOptions & DownloadDirectoryOptions): void {
  const { files, filter } = report.options
  if (files) {
    if (report.complete || given.files) return
    throw new InvalidRequestError(
      'The transfer was given the option files and ended before it had taken them all: give files again to retry it.',
    )
  }
  const isFolder = ({ path }: UnfinishedRecord) => report.direction === 'upload' && path.endsWith('/')
  const isDone = report.complete && ![...report.failed, ...report.cancelled].some(isFolder)
  if (!filter || isDone || given.filter) return
  throw new InvalidRequestError(
    'The transfer had the option filter and ended before it had found all files: give filter again to retry it.',
  )
}

/** A file whose name was refused can still be taken by its id. */
function known({ id = '', path, ...record }: UnfinishedRecord, { names }: DownloadDirectoryOptions): KnownFile {
  const wasRefused = 'error' in record && isNamed(record.error, 'UnsafePathError')
  return { file: fileById(id, path), path: wasRefused && names === 'id' ? id : path }
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name
}
