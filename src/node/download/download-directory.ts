import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidRequestError } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { safeLocalPath } from '../disk/safe-path.ts'
import { TargetDirectory } from '../disk/target-directory.ts'
import { isTaken } from '../disk/walk-directory.ts'
import { type DirectoryContext, transferDirectory } from '../engine/directory-transfer.ts'
import type { TransferJob } from '../engine/transfer-job.ts'
import { requestOptions } from '../engine/transfer-options.ts'
import {
  bucketFile,
  channelFile,
  type FilePlace,
  type FileStore,
  type RemoteFile,
  remoteFiles,
  remoteKey,
  storeOf,
} from '../remote/remote-files.ts'
import type { PreviousRun } from '../report/previous-run.ts'
import type { NamingPolicy, ReportParts, StoredOptions, TransferReport } from '../report/report.ts'
import { DirectoryDownload } from './directory-download.ts'
import { DOWNLOAD_DIRECTORY_OPTIONS, type DownloadDirectoryOptions, storedDownloadOptions } from './download-options.ts'
import { type LocalName, PathAllocator } from './path-allocator.ts'

/** A file that is known without a list, from an previous report. */
export interface KnownFile {
  readonly file: RemoteFile
  readonly path: string
  /** Whether a newer file has its name. */
  readonly superseded?: true
  /** Why it cannot be downloaded. */
  readonly error?: Error
}

/** The files to download. */
export interface DownloadSelection {
  /** Downloaded whatever the list contains. */
  readonly known: readonly KnownFile[]
  /** Whether the list is read. */
  readonly lists: boolean
  /** Files of the list that are passed over: their paths, by their ids. */
  readonly settled: ReadonlyMap<string, string>
  /** The run that a retry continues. */
  readonly previous: PreviousRun | undefined
  /** What the report keeps of it besides the options. */
  readonly stored?: Pick<StoredOptions, 'files' | 'filter'>
  readonly parts?: ReportParts | undefined
}

/**
 * Downloads a channel, a bucket or a directory of a bucket into a directory, which is created when it is missing. Each file is
 * written as a whole or not at all; nothing is written outside of the directory, whatever the names of the files are. The list is
 * read while its files are downloaded.
 *
 * @returns the outcome of every file; it also resolves when files fail, or when `signal` ends the transfer
 * @throws TransferError when the list cannot be read or the credential is rejected
 * @throws LocalFileError when the directory cannot be created or written, or the journal cannot be used
 * @example
 * const report = await downloadDirectory(abeja.channels.files.in(channelId), './photos', { skipUnchanged: true })
 */
export async function downloadDirectory(
  source: FilePlace,
  dir: string,
  options: DownloadDirectoryOptions = {},
): Promise<TransferReport> {
  const checked = knownKeys(options, DOWNLOAD_DIRECTORY_OPTIONS, 'option', InvalidRequestError)
  return downloadSelected(storeOf(source), dir, checked, {
    known: [],
    lists: true,
    settled: new Map(),
    previous: undefined,
  })
}

/**
 * Downloads some files of a store.
 * @param names of a channel the ids, of a bucket the paths below the prefix
 * @param as the path below the directory, of a single file that is to have another name than on the platform
 */
export async function downloadFiles(
  store: FileStore,
  names: readonly string[],
  dir: string,
  options: DownloadDirectoryOptions,
  as?: string,
): Promise<TransferReport> {
  const files = await Promise.all(
    names.map(async (name) =>
      store.kind === 'channel' ? channelFile(await store.get(name)) : bucketFile(await store.get(name), name),
    ),
  )
  const policy = store.kind === 'channel' && options.naming === 'id' ? 'id' : 'name'
  const known = files.map((file) => ({ file, path: as ?? pathFor(file[policy]) }))
  return downloadSelected(store, dir, options, { known, lists: false, settled: new Map(), previous: undefined })
}

/** A name that cannot be a path stays as it is: then that file fails, and not the whole transfer. */
function pathFor(name: string): string {
  try {
    return safeLocalPath(name)
  } catch {
    return name
  }
}

/** Downloads the selected files of a store. */
export async function downloadSelected(
  store: FileStore,
  dir: string,
  options: DownloadDirectoryOptions,
  selection: DownloadSelection,
): Promise<TransferReport> {
  const directory = resolve(dir)
  return transferDirectory({
    ...{ direction: 'download', store, directory, options, previous: selection.previous, parts: selection.parts },
    stored: { ...selection.stored, ...storedDownloadOptions(options) },
    prepare: async (context) => {
      const target = options.dryRun ? undefined : await TargetDirectory.open(directory)
      const download = new DirectoryDownload({ ...context, directory: target?.root ?? directory, target, options })
      await download.removeLeftovers()
      return jobs(download, context, options, selection)
    },
  })
}

async function* jobs(
  download: DirectoryDownload,
  { store, journal, hooks, signal }: DirectoryContext,
  options: DownloadDirectoryOptions,
  selection: DownloadSelection,
): AsyncGenerator<TransferJob> {
  const { filter, skipUnchanged = false, overwrite = false } = options
  const keyOf = (id: string) => remoteKey(store, id)
  const policy = namingPolicy(store, options)
  const mayTouch = skipUnchanged || overwrite || store.kind === 'bucket'
  const names = new PathAllocator(policy, async (path) => !mayTouch && (await exists(download.pathOf(path))))
  const left = new Map(selection.known.map((one) => [keyOf(one.file.id), one]))
  const settled = new Map([...selection.settled].map(([id, path]) => [keyOf(id), path]))
  for (const { path } of selection.known) names.reserve(path)
  for (const path of [...settled.values(), ...(journal?.donePaths() ?? [])]) names.reserve(path)
  const order = policy === 'filename' ? 'newest' : 'oldest'
  const listed = selection.lists ? remoteFiles(store, order, { ...requestOptions(options), hooks, signal }) : []
  for await (const file of listed) {
    const key = keyOf(file.id)
    // In its place of the list, so that a newer file of the same name comes before it.
    const path = left.get(key)?.path
    if (path !== undefined) {
      left.delete(key)
      yield jobOf(file, download, () => names.keep(file, path))
      continue
    }
    try {
      if (!(await isTaken(filter, file.name))) continue
    } catch (error) {
      yield { path: file.name, id: file.id, run: () => Promise.reject(error) }
      continue
    }
    const settledPath = settled.get(key)
    const donePath = settledPath ?? journal?.done(key)?.path
    const job = await jobOf(file, download, () =>
      donePath === undefined ? names.of(file) : names.keep(file, donePath),
    )
    if (settledPath === undefined) yield job
  }
  for (const { file, path, superseded, error } of left.values()) {
    if (error) yield { path, id: file.id, run: () => Promise.reject(error) }
    else yield jobOf(file, download, async () => (superseded ? { path, superseded } : { path }))
  }
}

/** The files of a bucket never share a name. Names that some disk takes for one are numbered there, too. */
export function namingPolicy({ kind }: FileStore, { naming = 'filename' }: DownloadDirectoryOptions): NamingPolicy {
  return kind === 'bucket' ? 'numbered' : naming
}

async function jobOf(
  file: RemoteFile,
  download: DirectoryDownload,
  nameIt: () => Promise<LocalName>,
): Promise<TransferJob> {
  const { id } = file
  try {
    const name = await nameIt()
    const { path } = name
    const run: TransferJob['run'] = async (context) =>
      'superseded' in name ? { skipped: 'superseded' } : download.run(file, path, context)
    return { path, id, run }
  } catch (error) {
    return { path: file.name, id, run: () => Promise.reject(error) }
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
