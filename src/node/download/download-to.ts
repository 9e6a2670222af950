import { lstat, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Download, InvalidRequestError } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { existingFile, PartialFile } from '../disk/partial-file.ts'

/** The options of `downloadTo`. */
export interface DownloadToOptions {
  /**
   * Whether an existing file may be replaced. It stays complete until the new one is.
   * @default false
   */
  readonly overwrite?: boolean | undefined
}

/** A written file. */
export interface SavedFile {
  /** Absolute. */
  readonly path: string
  readonly bytes: number
}

/**
 * Writes a download to a file: first to a temporary file beside it, which is renamed once all bytes are on disk. A failure
 * leaves an existing file unchanged, and no incomplete one.
 *
 * @throws LocalFileError when the file exists and `overwrite` is not set, or the disk fails
 * @example
 * const download = await abeja.channels.files.download(channelId, fileId)
 * const { bytes } = await downloadTo(download, './cat.jpg', { overwrite: true })
 */
export async function downloadTo(
  download: Download,
  path: string,
  options: DownloadToOptions = {},
): Promise<SavedFile> {
  const target = resolve(path)
  try {
    const { overwrite } = knownKeys(options, ['overwrite'], 'option', InvalidRequestError)
    if (!overwrite) await requireFree(target)
    const saved = await saveDownload(download, target, {
      overwrite: overwrite ?? false,
      synced: true,
      makePlace: async () => {},
      check: async () => {},
    })
    await syncDirectory(dirname(target))
    return saved
  } catch (error) {
    if (!download.locked) await download.cancel()
    throw error
  }
}

/** How a download is written to its path. */
export interface SaveOptions {
  readonly overwrite: boolean
  /** Whether the bytes are flushed to disk before the file is renamed. */
  readonly synced: boolean
  /** Creates the directory of the file. */
  readonly makePlace: () => Promise<void>
  /** Throws when the directory has been replaced. Called before the rename. */
  readonly check: () => Promise<void>
  /** Part of the name of the partial file. */
  readonly partialsId?: string | undefined
}

/** Writes a download to an absolute path, as `downloadTo` does. */
export async function saveDownload(
  download: Download,
  path: string,
  { overwrite, synced, makePlace, check, partialsId }: SaveOptions,
): Promise<SavedFile> {
  let partial: PartialFile | undefined
  try {
    await makePlace()
    partial = await PartialFile.create(path, partialsId)
    const file = partial
    await download.readInto(
      (chunk) => file.write(chunk),
      () => file.reset(),
    )
    await file.finish(synced)
    await check()
    await file.place(overwrite)
    return { path, bytes: file.size }
  } catch (error) {
    await partial?.discard()
    if (!download.locked) await download.cancel()
    throw error
  }
}

async function requireFree(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined)
  if (stats) throw existingFile(path, Object.assign(new Error('the file exists'), { code: 'EEXIST' }))
}

/** Flushes a rename to disk, on systems where a directory can be opened for that. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close().catch(() => {})
}
