import { type AbejaClient, InvalidRequestError, type Metadata } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { LocalFileError } from '../disk/local-file-error.ts'
import type { Walked } from '../disk/walk-directory.ts'
import { downloadSelected, type KnownFile } from '../download/download-directory.ts'
import { TRANSFER_OPTIONS, type TransferOptions } from '../engine/transfer-options.ts'
import { parseAddress, storeAt } from '../remote/address.ts'
import { fileById } from '../remote/remote-files.ts'
import type { TransferReport, UnfinishedRecord } from '../report/report.ts'
import { markOf, PART_MARK, partMark } from '../upload/part-mark.ts'
import { uploadSelected } from '../upload/upload-directory.ts'
import { type PartError, type PartFile, readPart, type TransferPart } from './part.ts'

/** The options of `runPart`. */
export interface RunPartOptions extends TransferOptions {
  /**
   * The directory on this machine.
   * @default that of the machine that made the plan
   */
  readonly directory?: string | undefined
  /**
   * Whether the part has certainly not been run before. Uploads then look for none of their own: that spares a request for
   * each file of a bucket, and one for each part of a channel.
   * @default false
   */
  readonly firstRun?: boolean | undefined
}

/**
 * Transfers a part of a plan. A part can be run again, on another machine too and after a crash, and transfers only what is
 * missing:
 * - An upload marks each file by the metadata `transfer-part`. In a bucket each file is looked up first; in a channel those
 *   of the part are searched for, and the mark is their `conflict_target`: no file is stored twice, also when the search
 *   misses one or two runs overlap. A file that has changed since is not sent again. With a `journal`, `skipUnchanged` or
 *   `conflict_target` that option decides, and no file is marked.
 * - A download skips files that exist. Where the plan has `overwrite`, it skips those with the same bytes, by size and MD5;
 *   `skipUnchanged: false` replaces them too.
 *
 * @param part may come from another process, as JSON
 * @returns the outcome of every file of the part; `mergeReports` joins those of all parts
 * @throws InvalidRequestError for an invalid part or option
 * @throws TransferError as `uploadDirectory` and `downloadDirectory`
 * @example
 * const report = await runPart(abeja, part, { signal })
 */
export async function runPart(
  abeja: AbejaClient,
  part: TransferPart,
  options: RunPartOptions = {},
): Promise<TransferReport> {
  const known = { ...TRANSFER_OPTIONS, directory: true, firstRun: true }
  const { directory, firstRun, ...given } = knownKeys(options, known, 'option', InvalidRequestError)
  const checked = readPart(part)
  const { direction, files, plan, number, last } = checked
  const store = storeAt(abeja, parseAddress(checked.address))
  const { files: named, filter, below: _, ...stored } = checked.options
  const merged = { ...stored, ...given }
  const selection = {
    stored: { ...(named && { files: named }), ...(filter && { filter }) },
    parts: { plan, numbers: [number], ...(last && { total: number }) },
  }
  const target = directory ?? checked.directory
  if (direction === 'upload') {
    const isMarked = merged.journal === undefined && !merged.skipUnchanged && merged.conflict_target === undefined
    const left = files.map((file) => unfinished(file, isMarked ? markedMetadata(checked, file) : file.metadata))
    const previous = { left, done: [], complete: true }
    return uploadSelected(store, target, merged, { ...selection, previous, found: found(files), isFirstRun: firstRun })
  }
  const skipUnchanged = merged.skipUnchanged ?? merged.overwrite
  const previous = { left: files.map((file) => unfinished(file, undefined)), done: [], complete: true }
  const lists = { known: files.map(knownFile), lists: false, settled: new Map() }
  return downloadSelected(store, target, { ...merged, skipUnchanged }, { ...selection, ...lists, previous })
}

/** @throws InvalidRequestError when the caller's own metadata has the key of the mark */
function markedMetadata({ plan, number, options }: TransferPart, file: PartFile): Metadata {
  const metadata = file.metadata ?? options.metadata ?? {}
  if (markOf(metadata) === undefined) return { ...metadata, [PART_MARK]: partMark(plan, number, file.path) }
  throw new InvalidRequestError(`metadata must not have the key ${PART_MARK}, which marks the files of a part.`)
}

/** What the report says of a file that an interrupted run did not come to. */
function unfinished({ path, id, bytes }: PartFile, metadata: Metadata | undefined): UnfinishedRecord {
  return {
    ...{ path, attempts: 0 },
    ...(id !== undefined && { id }),
    ...(bytes !== undefined && { bytes }),
    ...(metadata && { metadata }),
  }
}

async function* found(files: readonly PartFile[]): AsyncGenerator<Walked, void, undefined> {
  for (const { path, skipped, error } of files) {
    if (error) yield { kind: 'unreadable', path, error: errorOf(path, error) }
    else if (skipped === 'symlink' || skipped === 'special') yield { kind: 'skipped', path, reason: skipped }
    else yield { kind: 'file', path }
  }
}

function knownFile({ path, id = '', bytes, md5, modified = 0, skipped, error }: PartFile): KnownFile {
  const file = { ...fileById(id, path), bytes, md5, modified }
  if (error) return { file, path, error: errorOf(path, error) }
  return skipped === 'superseded' ? { file, path, superseded: true } : { file, path }
}

function errorOf(path: string, { message, code }: PartError): LocalFileError {
  return new LocalFileError(message, path, code === undefined ? undefined : { code })
}
