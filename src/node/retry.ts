import { join } from 'node:path'
import { InvalidRequestError } from '../index.ts'
import { type FilesClient, parseAddress, storeAt } from './address.ts'
import { type DownloadDirectoryOptions, downloadFolder, type KnownFile } from './download-directory.ts'
import { fileById } from './file-store.ts'
import type { TransferReport, UnfinishedRecord } from './report.ts'
import { type UploadDirectoryOptions, uploadFolder } from './upload-directory.ts'
import { walkDirectory } from './walk-directory.ts'

/**
 * Does again what a transfer has left: the files that failed and those that were cancelled; after one that ended early
 * also those it had not found yet. The report may come from another process, as JSON.
 *
 * @param options over those of the report. Functions, such as `filter`, are in no report and are given again; `metadata`
 * that a file failed with is taken from there
 * @returns what these files came to
 * @throws InvalidRequestError for what is no report
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
  const merged = { ...report.options, ...options }
  const left = [...report.failed, ...report.cancelled]
  if (report.direction === 'upload') {
    const files = merged.files ?? leftToUpload(report, left, merged)
    return uploadFolder(store, report.folder, { ...merged, files, metadata: metadataOf(left, merged) }, unended(left))
  }
  const settled = [...report.succeeded, ...report.skipped].map(({ id = '', path }): [string, string] => [id, path])
  return downloadFolder(store, report.folder, merged, {
    known: left.map((record) => known(record, merged)),
    lists: !report.complete,
    settled: new Map(settled),
  })
}

async function* leftToUpload(
  report: TransferReport,
  left: readonly UnfinishedRecord[],
  options: UploadDirectoryOptions,
): AsyncGenerator<string> {
  for (const { path } of left) {
    // A folder that could not be read.
    if (path.endsWith('/')) yield* filesOf(join(report.folder, path), path, options)
    else yield path
  }
  if (report.complete) return
  const known = new Set([...left, ...report.succeeded, ...report.skipped].map(({ path }) => path))
  for await (const { path } of walkDirectory(report.folder, options)) if (!known.has(path)) yield path
}

async function* filesOf(folder: string, prefix: string, options: UploadDirectoryOptions): AsyncGenerator<string> {
  const { filter = () => true } = options
  const walked = walkDirectory(folder, { ...options, filter: (path) => filter(prefix + path) })
  for await (const { path } of walked) yield prefix + path
}

function metadataOf(left: readonly UnfinishedRecord[], { metadata }: UploadDirectoryOptions) {
  const recorded = new Map(left.map((record) => [record.path, record.metadata]))
  return async (path: string) =>
    recorded.get(path) ?? (typeof metadata === 'function' ? await metadata(path) : metadata) ?? {}
}

function unended(left: readonly UnfinishedRecord[]): ReadonlyMap<string, Date> {
  const uncertain = left.flatMap(({ path, uncertain_since: since }): [string, Date][] =>
    since === undefined ? [] : [[path, new Date(since)]],
  )
  return new Map(uncertain)
}

/** A file whose name was refused can still be taken by its id. */
function known({ id = '', path, ...record }: UnfinishedRecord, { names }: DownloadDirectoryOptions): KnownFile {
  const wasRefused = 'error' in record && isNamed(record.error, 'UnsafePathError')
  return { file: fileById(id, path), path: wasRefused && names === 'id' ? id : path }
}

function isNamed(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name
}
