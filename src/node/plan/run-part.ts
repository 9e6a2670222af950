import { type AbejaClient, InvalidRequestError } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { LocalFileError } from '../disk/local-file-error.ts'
import type { Walked } from '../disk/walk-directory.ts'
import { downloadSelected, type KnownFile } from '../download/download-directory.ts'
import { TRANSFER_OPTIONS, type TransferOptions } from '../engine/transfer-options.ts'
import { parseAddress, storeAt } from '../remote/address.ts'
import { fileById } from '../remote/remote-files.ts'
import type { TransferReport, UnfinishedRecord } from '../report/report.ts'
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
   * When the part was first begun, for uploads to channels without a `journal`: its uploads since then are looked up in the
   * channel, and not sent again. `null` when the part has certainly not been begun before, which spares the look-up.
   * @default when the plan was made
   */
  readonly begunAt?: Date | null | undefined
}

/**
 * Transfers a part of a plan. Run again, also after a crash, it transfers nothing twice: by its `journal`; without one an
 * upload to a channel looks for its earlier uploads, a location of a bucket holds one file, and a file that was downloaded
 * is skipped.
 *
 * @param part may come from another process, as JSON
 * @returns the outcome of every file of the part; `mergeReports` joins those of all parts
 * @throws InvalidRequestError for an invalid part or option
 * @throws TransferError as `uploadDirectory` and `downloadDirectory`
 * @example
 * const report = await runPart(abeja, part, { journal: `journals/${part.number}` })
 */
export async function runPart(
  abeja: AbejaClient,
  part: TransferPart,
  options: RunPartOptions = {},
): Promise<TransferReport> {
  const known = { ...TRANSFER_OPTIONS, begunAt: true, directory: true }
  const { directory, begunAt, ...given } = knownKeys(options, known, 'option', InvalidRequestError)
  const checked = readPart(part)
  const { direction, files, plan, number, last } = checked
  const store = storeAt(abeja, parseAddress(checked.address))
  const { files: named, filter, below: _, ...stored } = checked.options
  const merged = { ...stored, ...given }
  const hasNoRecord = given.journal === undefined && !merged.skipUnchanged && !merged.conflict_target
  const isLookedUp = direction === 'upload' && store.kind === 'channel' && hasNoRecord
  const since = isLookedUp ? (begunAt === undefined ? checked.plannedAt : begunAt?.toISOString()) : undefined
  const selection = {
    previous: { left: files.map((file) => unfinished(file, since)), done: [], complete: true },
    stored: { ...(named && { files: named }), ...(filter && { filter }) },
    parts: { plan, numbers: [number], ...(last && { total: number }) },
  }
  const target = directory ?? checked.directory
  if (direction === 'upload') return uploadSelected(store, target, merged, { ...selection, found: found(files) })
  const lists = { known: files.map(knownFile), lists: false, settled: new Map() }
  return downloadSelected(store, target, merged, { ...selection, ...lists })
}

/** What the report says of a file that an interrupted run did not come to. */
function unfinished({ path, id, bytes, metadata }: PartFile, since: string | undefined): UnfinishedRecord {
  return {
    ...{ path, attempts: 0 },
    ...(id !== undefined && { id }),
    ...(bytes !== undefined && { bytes }),
    ...(metadata && { metadata }),
    ...(since !== undefined && { unconfirmedSince: since }),
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
