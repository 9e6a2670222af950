import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { InvalidRequestError } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { codeOf } from '../disk/local-file-error.ts'
import { type Walked, walkDirectory } from '../disk/walk-directory.ts'
import { type FilePlace, storeOf } from '../remote/remote-files.ts'
import { namedFiles, requireUploadTo } from '../upload/upload-directory.ts'
import {
  requirePaths,
  storedUploadOptions,
  UPLOADED_FILES_OPTIONS,
  type UploadDirectoryOptions,
} from '../upload/upload-options.ts'
import { divide, PLAN_OPTIONS, type PlanOptions } from './divide.ts'
import { NameSieve } from './name-sieve.ts'
import type { PartError, PartFile, TransferPart } from './part.ts'
import { Spool } from './spool.ts'

const UPLOAD_OPTIONS = { ...UPLOADED_FILES_OPTIONS, skipUnchanged: true } as const

/** The options of `planUpload`: those of `uploadDirectory` that choose and describe the files. */
export interface PlanUploadOptions extends PlanOptions, Pick<UploadDirectoryOptions, keyof typeof UPLOAD_OPTIONS> {}

/**
 * Divides the upload of a directory into parts, for several processes or machines: each part is given to `runPart` once,
 * anywhere the directory is mounted. The directory is walked while the parts are read, in bounded memory; nothing is sent.
 *
 * @throws InvalidRequestError for invalid options
 * @throws LocalFileError when the directory itself cannot be read
 * @example
 * for await (const part of planUpload(abeja.bucket(bucketId), './photos', { partSize: 1000 })) await queue.add('part', part)
 */
export async function* planUpload(
  target: FilePlace,
  dir: string,
  options: PlanUploadOptions = {},
): AsyncGenerator<TransferPart, void, undefined> {
  const checked = knownKeys(options, { ...UPLOAD_OPTIONS, ...PLAN_OPTIONS }, 'option', InvalidRequestError)
  const { address } = requireUploadTo(storeOf(target), checked)
  requirePaths(checked.files)
  const directory = resolve(dir)
  const found = checked.files ? namedFiles(distinct(checked.files)) : walkDirectory(directory, checked)
  const { metadata } = checked
  const describe = (one: Walked) => described(directory, one, typeof metadata === 'function' ? metadata : undefined)
  const stored = { ...(checked.files && { files: true as const }), ...storedUploadOptions(checked) }
  const head = { direction: 'upload', address, directory, options: stored } as const
  yield* divide(inBatches(found, describe), head, checked)
}

/** Yields each path once. Those that are not in memory yet are kept in a temporary file. */
async function* distinct(paths: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  if (Symbol.iterator in paths) {
    yield* new Set(paths)
    return
  }
  const spool = await Spool.create<string>()
  try {
    const sieve = new NameSieve()
    for await (const path of paths) {
      sieve.add(path)
      await spool.add(path)
    }
    const repeated = new Set<string>()
    for await (const path of spool.read()) {
      if (repeated.has(path)) continue
      if (sieve.repeats(path)) repeated.add(path)
      yield path
    }
  } finally {
    await spool.remove()
  }
}

/** How many files are looked at together. */
const BATCH = 64

async function* inBatches<From, To>(
  items: AsyncIterable<From>,
  convert: (item: From) => Promise<To>,
): AsyncGenerator<To, void, undefined> {
  let batch: Promise<To>[] = []
  for await (const item of items) {
    batch.push(convert(item))
    if (batch.length < BATCH) continue
    yield* await Promise.all(batch)
    batch = []
  }
  yield* await Promise.all(batch)
}

async function described(
  directory: string,
  found: Walked,
  metadata: Extract<UploadDirectoryOptions['metadata'], (path: string) => unknown> | undefined,
): Promise<PartFile> {
  const { path } = found
  if (found.kind === 'unreadable') return { path, error: partError(found.error) }
  if (found.kind === 'skipped') return { path, skipped: found.reason }
  const stats = await stat(join(directory, path)).catch(() => undefined)
  const bytes = stats && { bytes: stats.size }
  try {
    return { path, ...bytes, ...(metadata && { metadata: await metadata(path) }) }
  } catch (error) {
    return { path, ...bytes, error: partError(error) }
  }
}

/** An error as a part keeps it. */
export function partError(error: unknown): PartError {
  const code = codeOf(error)
  return { message: error instanceof Error ? error.message : String(error), ...(code !== undefined && { code }) }
}
