import { type AbejaClient, InvalidRequestError } from '../index.ts'
import { knownKeys } from '../validation/known-keys.ts'
import { downloadSelected, type KnownFile } from './download/download-directory.ts'
import { DOWNLOAD_DIRECTORY_OPTIONS, type DownloadDirectoryOptions } from './download/download-options.ts'
import { parseAddress, storeAt } from './remote/address.ts'
import { fileById } from './remote/remote-files.ts'
import { previousRun } from './report/previous-run.ts'
import { readReport } from './report/read-report.ts'
import type { TransferReport, UnfinishedRecord } from './report/report.ts'
import { remainingUploads } from './upload/remaining-uploads.ts'
import { uploadSelected } from './upload/upload-directory.ts'
import { UPLOAD_DIRECTORY_OPTIONS, type UploadDirectoryOptions } from './upload/upload-options.ts'

/**
 * Retries the failed and cancelled files of a transfer; of one that ended early also those that it had not found yet. The
 * report may come from another process, as JSON; those of version 0.2.0 are read too.
 *
 * @param options take precedence over those of the report. Functions are in no report and must be given again, and so must the
 * `files` of a transfer that ended early; the `metadata` of a failed file are in the report
 * @returns the outcome of these files
 * @throws InvalidRequestError for an invalid report, or when an option is missing that must be given again
 * @example
 * const report = JSON.parse(await readFile('report.json', 'utf8'))
 * const { failed } = await retryTransfer(abeja, report)
 */
export async function retryTransfer(
  abeja: AbejaClient,
  report: TransferReport,
  options: UploadDirectoryOptions & DownloadDirectoryOptions = {},
): Promise<TransferReport> {
  const given = knownKeys(
    options,
    { ...UPLOAD_DIRECTORY_OPTIONS, ...DOWNLOAD_DIRECTORY_OPTIONS },
    'option',
    InvalidRequestError,
  )
  const checked = readReport(report)
  const store = storeAt(abeja, parseAddress(checked.address))
  requireGivenAgain(checked, given)
  const { files, filter, below, source, ...stored } = checked.options
  const merged = { ...stored, ...given }
  const previous = previousRun(checked)
  if (checked.direction === 'upload') {
    return uploadSelected(store, checked.directory, merged, {
      found: remainingUploads(checked, previous, merged),
      previous,
      stored: {
        ...((files || given.files) && { files: true }),
        ...(filter && { filter }),
        ...(below && { below }),
        ...(source && { source }),
      },
    })
  }
  return downloadSelected(store, checked.directory, merged, {
    known: previous.left.map((record) => knownFile(record, merged)),
    lists: !checked.complete,
    settled: new Map(previous.done.map(({ id = '', path }) => [id, path])),
    previous,
    ...(filter && { stored: { filter } }),
  })
}

/** Without these options a transfer that ended early would also take what they had left out. */
function requireGivenAgain(report: TransferReport, given: UploadDirectoryOptions & DownloadDirectoryOptions): void {
  const { files, filter } = report.options
  if (files) {
    if (report.complete || given.files) return
    throw new InvalidRequestError('files must be given again: the transfer ended before it had found all of them.')
  }
  const isDirectory = ({ path }: UnfinishedRecord) => report.direction === 'upload' && path.endsWith('/')
  const isDone = report.complete && ![...report.failed, ...report.cancelled].some(isDirectory)
  if (!filter || isDone || given.filter) return
  throw new InvalidRequestError('filter must be given again: the transfer ended before it had found all files.')
}

/** A file whose name was rejected can still be downloaded by its id. */
function knownFile({ id = '', path, ...record }: UnfinishedRecord, { naming }: DownloadDirectoryOptions): KnownFile {
  const wasUnsafe = 'error' in record && isNamed(record.error, 'UnsafePathError')
  return { file: fileById(id, path), path: wasUnsafe && naming === 'id' ? id : path }
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name
}
