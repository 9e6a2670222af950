import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { safeLocalPath } from '../disk/safe-path.ts'
import { TargetFolder } from '../disk/target-directory.ts'
import { runFolder } from '../engine/directory-transfer.ts'
import type { Job } from '../engine/transfer-job.ts'
import { requestOptions, type TransferOptions } from '../engine/transfer-options.ts'
import type { Journal } from '../journal/journal.ts'
import { bucketFile, channelFile, type FileStore, type RemoteFile, remoteFiles } from '../remote/remote-files.ts'
import type { EarlierRun } from '../report/previous-run.ts'
import type { NamePolicy, StoredOptions, TransferReport } from '../report/report.ts'
import { FolderDownload } from './directory-download.ts'
import { type LocalName, LocalNames } from './path-allocator.ts'

/** The options of `downloadDirectory`. */
export interface DownloadDirectoryOptions extends TransferOptions {
  /**
   * Whether a file is taken, by its name on the platform: the metadata `filename` in a channel, the path below the
   * prefix in a bucket.
   */
  readonly filter?: ((name: string) => boolean) | undefined
  /**
   * Whether a file that is there may be replaced. Otherwise it is skipped.
   * @default false
   */
  readonly overwrite?: boolean | undefined
  /**
   * How the files of a channel are named, where several can have one `filename`. `filename`: of those with one name the
   * newest is taken. `numbered`: all are, as `cat.jpg`, `cat (2).jpg`, the oldest first, and no file that is there is
   * touched. `id`: each is named by its id.
   * @default 'filename'
   */
  readonly names?: NamePolicy | undefined
}

/** A file that a list need not tell: an earlier report has. */
export interface KnownFile {
  readonly file: RemoteFile
  readonly path: string
}

/** What is known beforehand. */
export interface DownloadPlan {
  /** To be downloaded whatever the list says. */
  readonly known: readonly KnownFile[]
  /** Whether the list is read. */
  readonly lists: boolean
  /** Files of the list that are passed over: their paths, by their ids. */
  readonly settled: ReadonlyMap<string, string>
  /** Of a retry, what it goes on from. */
  readonly earlier: EarlierRun | undefined
  /** What is stored of it beside the options. */
  readonly stored?: Pick<StoredOptions, 'filter'>
}

/**
 * Downloads a channel, a bucket or a folder of a bucket into a folder, which is made when it is missing. Each file is whole
 * or not there; nothing is written outside of the folder, whatever names the files have. The list is read while its files
 * are fetched.
 *
 * @returns what every file came to; it also comes when files fail, or when `signal` ends the transfer
 * @throws TransferError when the list fails or the credential is refused
 * @throws LocalFileError when the folder cannot be made or written to
 * @example
 * const report = await downloadDirectory(abeja.channels.files.in(channelId), './photos', { skipUnchanged: true })
 */
export function downloadDirectory(
  source: FileStore,
  dir: string,
  options: DownloadDirectoryOptions = {},
): Promise<TransferReport> {
  return downloadFolder(source, dir, options, { known: [], lists: true, settled: new Map(), earlier: undefined })
}

/**
 * Downloads some files of a store.
 * @param names of a channel the ids, of a bucket the paths below the prefix
 */
export async function downloadFiles(
  store: FileStore,
  names: readonly string[],
  dir: string,
  options: DownloadDirectoryOptions,
): Promise<TransferReport> {
  const files = await Promise.all(
    names.map(async (name) =>
      store.kind === 'channel' ? channelFile(await store.get(name)) : bucketFile(await store.get(name), name),
    ),
  )
  const policy = store.kind === 'channel' && options.names === 'id' ? 'id' : 'name'
  const known = files.map((file) => ({ file, path: pathFor(file[policy]) }))
  return downloadFolder(store, dir, options, { known, lists: false, settled: new Map(), earlier: undefined })
}

/** A name that cannot be a path stays as it is: then its file fails, and not all. */
function pathFor(name: string): string {
  try {
    return safeLocalPath(name)
  } catch {
    return name
  }
}

/** @param plan what of it is done in place of all */
export async function downloadFolder(
  store: FileStore,
  dir: string,
  options: DownloadDirectoryOptions,
  plan: DownloadPlan,
): Promise<TransferReport> {
  const folder = resolve(dir)
  return runFolder({
    ...{ direction: 'download', store, folder, options, earlier: plan.earlier },
    stored: { ...plan.stored, ...storedOptions(options) },
    prepare: async (journal, signal) => {
      const target = options.dryRun ? undefined : await TargetFolder.open(folder)
      const download = new FolderDownload({ store, folder: target?.root ?? folder, target, options, journal })
      return jobs(download, store, options, plan, journal, signal)
    },
  })
}

async function* jobs(
  download: FolderDownload,
  store: FileStore,
  options: DownloadDirectoryOptions,
  { known, lists, settled }: DownloadPlan,
  journal: Journal | undefined,
  signal: AbortSignal,
): AsyncGenerator<Job> {
  const { filter = () => true, skipUnchanged = false, overwrite = false } = options
  // The files of a bucket never share a name. Names that some disk takes for one are numbered there, too.
  const policy = store.kind === 'bucket' ? 'numbered' : (options.names ?? 'filename')
  const mayTouch = skipUnchanged || overwrite || store.kind === 'bucket'
  const names = new LocalNames(policy, async (path) => !mayTouch && (await isThere(download.pathOf(path))))
  const left = new Map(known.map((one) => [one.file.id, one]))
  for (const { path } of known) names.reserve(path)
  for (const path of [...settled.values(), ...(journal?.donePaths() ?? [])]) names.reserve(path)
  const order = policy === 'filename' ? 'newest' : 'oldest'
  const listed = lists ? remoteFiles(store, order, { ...requestOptions(options), signal }) : []
  for await (const file of listed) {
    const { id } = file
    // In its place of the list, so that a newer file of the same name is seen before.
    const path = left.get(id)?.path
    if (path !== undefined) {
      left.delete(id)
      yield jobOf(file, download, () => names.keep(file, path))
    } else if (filter(file.name)) {
      const settledPath = settled.get(id)
      const donePath = settledPath ?? journal?.done(id)?.path
      const job = await jobOf(file, download, () =>
        donePath === undefined ? names.of(file) : names.keep(file, donePath),
      )
      if (settledPath === undefined) yield job
    }
  }
  for (const { file, path } of left.values()) yield jobOf(file, download, async () => ({ path }))
}

async function jobOf(file: RemoteFile, download: FolderDownload, nameIt: () => Promise<LocalName>): Promise<Job> {
  const { id } = file
  try {
    const name = await nameIt()
    const { path } = name
    const run: Job['run'] = async (task) =>
      'shadowed' in name ? { skipped: 'shadowed' } : download.run(file, path, task)
    return { path, id, run }
  } catch (error) {
    return { path: file.name, id, run: () => Promise.reject(error) }
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

function storedOptions({ filter, names, overwrite, skipUnchanged }: DownloadDirectoryOptions): StoredOptions {
  return {
    ...(filter && { filter: true }),
    ...(names && { names }),
    ...(overwrite && { overwrite }),
    ...(skipUnchanged && { skipUnchanged }),
  }
}
