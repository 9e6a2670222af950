import type { Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Download, DownloadOptions, RequestOptions } from '../../index.ts'
import { checksumOf, hasSameBytes } from '../disk/checksum.ts'
import { LocalFileError } from '../disk/local-file-error.ts'
import { removePartialFiles } from '../disk/partial-file.ts'
import { requireSafePath } from '../disk/safe-path.ts'
import type { TargetDirectory } from '../disk/target-directory.ts'
import type { DirectoryContext } from '../engine/directory-transfer.ts'
import type { JobContext, JobResult } from '../engine/transfer-job.ts'
import { requestOptions } from '../engine/transfer-options.ts'
import type { FileVersion } from '../journal/journal.ts'
import type { FileStore, RemoteFile } from '../remote/remote-files.ts'
import type { DownloadDirectoryOptions } from './download-options.ts'
import { saveDownload } from './download-to.ts'

/** What the download of a directory works with. */
export interface DirectoryDownloadSettings extends DirectoryContext {
  /** Absolute. */
  readonly directory: string
  /** A dry run has none. */
  readonly target: TargetDirectory | undefined
  readonly options: DownloadDirectoryOptions
}

/** Downloads the files of a directory, one by one. */
export class DirectoryDownload {
  readonly #settings: DirectoryDownloadSettings
  readonly #request: RequestOptions
  /** The directories that are recorded in the journal. */
  readonly #partialsIn = new Map<string, Promise<void>>()

  constructor(settings: DirectoryDownloadSettings) {
    this.#settings = settings
    this.#request = requestOptions(settings.options)
  }

  /** Returns the absolute path of a path of the directory. */
  pathOf(path: string): string {
    return join(this.#settings.directory, ...path.split('/'))
  }

  /** Downloads a file, unless that is not needed. */
  async run(
    listed: RemoteFile,
    path: string,
    { signal, hooks, onProgress, details, end }: JobContext,
  ): Promise<JobResult> {
    requireSafePath(path)
    const { target, journal, own, options } = this.#settings
    const { overwrite = false, skipUnchanged = false, checksum } = options
    const file = checksum === 'none' ? { ...listed, md5: undefined } : listed
    const { store } = this.#settings
    const request = { ...this.#request, signal, hooks, checksum }
    if (file.bytes !== undefined) details.bytes = file.bytes
    const place = this.pathOf(path)
    const there = target?.isNew(path) ? undefined : await lstat(place).catch(() => undefined)
    if (there?.isDirectory()) {
      throw new LocalFileError(
        `A directory has the name of the file: ${place}. Move it away or use another target.`,
        place,
      )
    }
    if (there && (await own.includes(place, there))) {
      throw new LocalFileError(
        `The transfer itself writes this file: ${place}. Use another target for its journal.`,
        place,
      )
    }
    const earlier = journal?.done(file.id)
    if (
      earlier?.path === path &&
      there?.isFile() &&
      there.size === earlier.bytes &&
      this.#isSameVersion(earlier, file)
    ) {
      details.bytes = earlier.bytes
      return { skipped: 'journal' }
    }
    if (there && !overwrite && !skipUnchanged) return { skipped: 'exists' }
    const compared = skipUnchanged && there?.isFile() ? there : undefined
    if (compared && file.md5 !== undefined && (await hasSameBytes(place, compared.size, file))) {
      return { skipped: 'unchanged' }
    }
    if (!target) return this.#planned(file, path, store, compared, request)
    const download = await file.open(store, { ...request, onProgress })
    if (compared && file.md5 === undefined && (await this.#isSame(download, path, compared))) {
      details.bytes = compared.size
      return { skipped: 'unchanged' }
    }
    const saved = await saveDownload(download, target.pathOf(path), {
      overwrite: overwrite || skipUnchanged,
      makePlace: async () => {
        await target.makeParents(path)
        await this.#recordPartials(path)
      },
      check: () => target.check(path),
      partialsId: journal?.partialsId,
      // What the journal says is done must be there after a power cut, too.
      synced: journal !== undefined,
    })
    details.bytes = saved.bytes
    const { bytes } = saved
    const md5 = download.contentMd5 ?? file.md5
    await journal?.finish(file.id, { bytes, modified: file.modified, md5, id: file.id, path }).catch(end)
    return {}
  }

  /** Removes the partial files that a crash of an earlier run has left. */
  async removeLeftovers(): Promise<void> {
    const { target, journal } = this.#settings
    if (!target || !journal || journal.partialsIn.size === 0) return
    for (const directory of journal.partialsIn) {
      // What the journal says is not trusted: nothing is removed outside of the target.
      const isInside = await succeeds(() => target.check(requireSafePath(`${directory}x`)))
      if (isInside) await removePartialFiles(target.pathOf(directory), journal.partialsId)
    }
    await journal.recordNoPartials()
  }

  /** Lets the next run know where a crash may leave partial files: once for each directory. */
  async #recordPartials(path: string): Promise<void> {
    const directory = path.slice(0, path.lastIndexOf('/') + 1)
    const recorded = this.#partialsIn.get(directory) ?? this.#settings.journal?.recordPartialsIn(directory)
    if (recorded === undefined) return
    this.#partialsIn.set(directory, recorded)
    await recorded
  }

  /** The result of a dry run. */
  async #planned(
    file: RemoteFile,
    path: string,
    store: FileStore,
    compared: Stats | undefined,
    request: DownloadOptions,
  ): Promise<JobResult> {
    if (!compared || file.md5 !== undefined) return { skipped: 'dry-run' }
    const download = await file.open(store, request)
    await download.cancel()
    return { skipped: (await this.#isSame(download, path, compared)) ? 'unchanged' : 'dry-run' }
  }

  /** Cancels the download when its bytes are not needed: they already exist, or the disk fails. */
  async #isSame(download: Download, path: string, { size }: Stats): Promise<boolean> {
    let isNeeded = false
    try {
      const isSame = await hasSameBytes(this.pathOf(path), size, checksumOf(download))
      isNeeded = !isSame
      return isSame
    } finally {
      if (!isNeeded) await download.cancel()
    }
  }

  /** Whether a file of the platform is the version that was downloaded. A file of a channel is never replaced. */
  #isSameVersion(earlier: FileVersion, { bytes, md5, modified }: RemoteFile): boolean {
    if (this.#settings.store.kind === 'channel') return true
    // Nothing is known of a file that comes from a report alone.
    if (bytes !== earlier.bytes) return false
    if (md5 !== undefined && earlier.md5 !== undefined) return md5 === earlier.md5
    return modified === 0 || earlier.modified === 0 || modified === earlier.modified
  }
}

async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch {
    return false
  }
}
