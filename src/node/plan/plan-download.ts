import { resolve } from 'node:path'
import { InvalidRequestError, type RequestOptions } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { pathIdentity, safeLocalPath } from '../disk/safe-path.ts'
import { isTaken } from '../disk/walk-directory.ts'
import { namingPolicy } from '../download/download-directory.ts'
import {
  DOWNLOAD_DIRECTORY_OPTIONS,
  type DownloadDirectoryOptions,
  storedDownloadOptions,
} from '../download/download-options.ts'
import { PathAllocator } from '../download/path-allocator.ts'
import { requestOptions } from '../engine/transfer-options.ts'
import { transferFetch } from '../http-fetch/transfer-fetch.ts'
import { type FilePlace, type RemoteFile, remoteFiles, storeOf } from '../remote/remote-files.ts'
import type { NamingPolicy } from '../report/report.ts'
import { divide, PLAN_OPTIONS, type PlanOptions } from './divide.ts'
import { NameSieve } from './name-sieve.ts'
import type { PartError, PartFile, TransferPart } from './part.ts'
import { partError } from './plan-upload.ts'
import { Spool } from './spool.ts'

/** The options of `planDownload`: those of `downloadDirectory` that choose and name the files, and of the calls that list them. */
export interface PlanDownloadOptions
  extends PlanOptions,
    Omit<RequestOptions, 'signal'>,
    Pick<DownloadDirectoryOptions, 'checksum' | 'filter' | 'naming' | 'overwrite' | 'skipUnchanged'> {}

/** A file of the list. */
type Listed = Omit<RemoteFile, 'open'> & { readonly error?: PartError }

/**
 * Divides the download of a channel, a bucket or a directory of a bucket into parts, for several processes or machines: each
 * part is given to `runPart` once. Every file gets a path of its own, also where names collide. The whole list is read into
 * a temporary file first; the memory is bounded whatever the number of files, unless their names collide.
 *
 * @throws InvalidRequestError for invalid options
 * @example
 * for await (const part of planDownload(abeja.channel(channelId), './photos')) await queue.add('part', part)
 */
export async function* planDownload(
  source: FilePlace,
  dir: string,
  options: PlanDownloadOptions = {},
): AsyncGenerator<TransferPart, void, undefined> {
  const known = { ...DOWNLOAD_DIRECTORY_OPTIONS, ...PLAN_OPTIONS }
  const checked = knownKeys(options, known, 'option', InvalidRequestError)
  const store = storeOf(source)
  const policy = namingPolicy(store, checked)
  const request = { ...requestOptions(checked), signal: checked.signal, hooks: { fetch: transferFetch() } }
  const head = {
    ...({ direction: 'download', address: store.address, directory: resolve(dir) } as const),
    options: storedDownloadOptions(checked),
  }
  const spool = await Spool.create<Listed>()
  try {
    const sieve = new NameSieve()
    for await (const file of remoteFiles(store, policy === 'filename' ? 'newest' : 'oldest', request)) {
      const { open: _, ...listed } = file
      const path = pathOf(listed, policy)
      try {
        if (!(await isTaken(checked.filter, file.name))) continue
        await spool.add(listed)
        if (path !== undefined) sieve.add(pathIdentity(path))
      } catch (error) {
        await spool.add({ ...listed, error: partError(error) })
      }
    }
    yield* divide(named(spool.read(), policy, sieve), head, checked)
  } finally {
    await spool.remove()
  }
}

/** Gives every file its path. Only names that may repeat are kept in memory. */
async function* named(
  files: AsyncIterable<Listed>,
  policy: NamingPolicy,
  sieve: NameSieve,
): AsyncGenerator<PartFile, void, undefined> {
  const notLooked = async () => false
  const repeated = new PathAllocator(policy, notLooked, (identity) => sieve.has(identity))
  for await (const { id, name, bytes, md5, modified, error } of files) {
    const known = {
      ...(bytes !== undefined && { bytes }),
      ...(md5 !== undefined && { md5 }),
      ...(modified > 0 && { modified }),
    }
    const path = pathOf({ id, name }, policy)
    // An unsafe name is the failure of this file, when its part is run.
    if (error || path === undefined) yield { path: name, id, ...known, ...(error && { error }) }
    else if (!sieve.repeats(pathIdentity(path))) yield { path, id, ...known }
    else {
      const given = await repeated.of({ id, name })
      yield { path: given.path, id, ...known, ...('superseded' in given && { skipped: 'superseded' }) }
    }
  }
}

function pathOf({ id, name }: Pick<RemoteFile, 'id' | 'name'>, policy: NamingPolicy): string | undefined {
  try {
    return safeLocalPath(policy === 'id' ? id : name)
  } catch {
    return undefined
  }
}
