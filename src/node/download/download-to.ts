import { lstat, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Download, InvalidRequestError } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { existingFile, PartialFile } from '../disk/partial-file.ts'

/** The options of `downloadTo`. */
export interface DownloadToOptions {
  /**
   * Whether a file that is there may be replaced. It stays whole until the new one is.
   * @default false
   */
  readonly overwrite?: boolean | undefined
}

/** A file that was written. */
export interface SavedFile {
  /** Absolute. */
  readonly path: string
  readonly bytes: number
}

/**
 * Writes a download to a file: beside its place first, then, when all bytes are there and on the disk, by one rename. A
 * failure leaves the file that was there, or none.
 *
 * @throws LocalFileError when a file is there and `overwrite` is not set, or the disk fails
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
    await syncFolder(dirname(target))
    return saved
  } catch (error) {
    if (!download.locked) await download.cancel()
    throw error
  }
}

/** How a download is put in its place. */
export interface Placing {
  readonly overwrite: boolean
  /** Whether the bytes are on the disk, and not only with the system, before the file gets its name. */
  readonly synced: boolean
  /** Makes the folder that the file is in. */
  readonly makePlace: () => Promise<void>
  /** Throws when the place is no longer what it was: called before the last step. */
  readonly check: () => Promise<void>
  /** Part of the name of the partial file. */
  readonly partialsId?: string | undefined
}

/** Writes a download to an absolute path, as `downloadTo` does. */
export async function saveDownload(
  download: Download,
  path: string,
  { overwrite, synced, makePlace, check, partialsId }: Placing,
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

/** Makes a new name itself last. Not every system lets a folder be opened for it. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close().catch(() => {})
}
