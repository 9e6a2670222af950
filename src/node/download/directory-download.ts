import type { Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Download, RequestOptions } from '../../index.ts'
import { checksumOf, hasSameBytes } from '../disk/checksum.ts'
import { LocalFileError } from '../disk/local-file-error.ts'
import { requireSafePath } from '../disk/safe-path.ts'
import type { TargetFolder } from '../disk/target-directory.ts'
import type { Done, Task } from '../engine/transfer-job.ts'
import { requestOptions } from '../engine/transfer-options.ts'
import type { FileVersion, Journal } from '../journal/journal.ts'
import type { FileStore, RemoteFile } from '../remote/remote-files.ts'
import type { DownloadDirectoryOptions } from './download-directory.ts'
import { saveDownload } from './download-to.ts'

/** What the download of a folder works with. */
export interface FolderDownloadSettings {
  readonly store: FileStore
  /** Absolute. */
  readonly folder: string
  /** The folder made ready to be written into; a dry run has none. */
  readonly target: TargetFolder | undefined
  readonly options: DownloadDirectoryOptions
  readonly journal: Journal | undefined
}

/** Downloads the files of a folder, one by one. */
export class FolderDownload {
  readonly #settings: FolderDownloadSettings
  readonly #request: RequestOptions

  constructor(settings: FolderDownloadSettings) {
    this.#settings = settings
    this.#request = requestOptions(settings.options)
  }

  /** Where a path of the folder stands. */
  pathOf(path: string): string {
    return join(this.#settings.folder, ...path.split('/'))
  }

  /** Downloads a file, unless that is not needed. */
  async run(file: RemoteFile, path: string, { signal, pacing, onProgress, facts, end }: Task): Promise<Done> {
    requireSafePath(path)
    const { target, journal, options } = this.#settings
    const { overwrite = false, skipUnchanged = false } = options
    const store = this.#settings.store.paced(pacing)
    if (file.bytes !== undefined) facts.bytes = file.bytes
    const place = this.pathOf(path)
    const there = await lstat(place).catch(() => undefined)
    if (there?.isDirectory()) {
      throw new LocalFileError(
        `${place} is a folder, where a file has to be: move it away, or take another folder.`,
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
      facts.bytes = earlier.bytes
      return { skipped: 'journal' }
    }
    if (there && !overwrite && !skipUnchanged) return { skipped: 'exists' }
    const compared = skipUnchanged && there?.isFile() ? there : undefined
    if (compared && file.md5 !== undefined && (await hasSameBytes(place, compared.size, file))) {
      return { skipped: 'unchanged' }
    }
    if (!target) return this.#planned(file, path, store, compared, signal)
    const download = await file.open(store, { ...this.#request, signal, onProgress })
    if (compared && file.md5 === undefined && (await this.#isSame(download, path, compared))) {
      facts.bytes = compared.size
      return { skipped: 'unchanged' }
    }
    const saved = await saveDownload(download, target.pathOf(path), {
      overwrite: overwrite || skipUnchanged,
      makePlace: () => target.makeParents(path),
      check: () => target.check(path),
    })
    facts.bytes = saved.bytes
    const { bytes } = saved
    const md5 = download.content_md5 ?? file.md5
    await journal?.finish(file.id, { bytes, modified: file.modified, md5, id: file.id, path }).catch(end)
    return {}
  }

  /** What a dry run tells. */
  async #planned(
    file: RemoteFile,
    path: string,
    store: FileStore,
    compared: Stats | undefined,
    signal: AbortSignal,
  ): Promise<Done> {
    if (!compared || file.md5 !== undefined) return { skipped: 'dry-run' }
    const download = await file.open(store, { ...this.#request, signal })
    await download.cancel()
    return { skipped: (await this.#isSame(download, path, compared)) ? 'unchanged' : 'dry-run' }
  }

  /** A download whose bytes are not needed, because they are there or the disk fails, is let go of. */
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

  /** Whether a file of the platform is the one that was downloaded. A file of a channel is never replaced. */
  #isSameVersion(earlier: FileVersion, { bytes, md5, modified }: RemoteFile): boolean {
    if (this.#settings.store.kind === 'channel') return true
    // Of a file that a report alone tells nothing is known.
    if (bytes !== earlier.bytes) return false
    if (md5 !== undefined && earlier.md5 !== undefined) return md5 === earlier.md5
    return modified === 0 || earlier.modified === 0 || modified === earlier.modified
  }
}
