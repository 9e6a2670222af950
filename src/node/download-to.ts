import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Download } from '../index.ts'
import { LocalFileError } from './local-file-error.ts'
import { PartialFile } from './partial-file.ts'

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
  { overwrite = false }: DownloadToOptions = {},
): Promise<SavedFile> {
  return saveDownload(download, resolve(path), overwrite, async () => {})
}

/** @param check throws when the place is no longer what it was: called before a byte is written and before the last step */
export async function saveDownload(
  download: Download,
  path: string,
  overwrite: boolean,
  check: () => Promise<void>,
): Promise<SavedFile> {
  let partial: PartialFile | undefined
  try {
    if (!overwrite) await requireFree(path)
    partial = await PartialFile.create(path)
    const file = partial
    await check()
    await download.readInto(
      (chunk) => file.write(chunk),
      () => file.reset(),
    )
    await check()
    await file.commit(overwrite)
    return { path, bytes: file.size }
  } catch (error) {
    await partial?.discard()
    if (!download.locked) await download.cancel()
    throw error
  }
}

async function requireFree(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined)
  if (!stats) return
  throw new LocalFileError(
    `${path} is there already, and was left as it is: pass overwrite to replace it.`,
    path,
    Object.assign(new Error('the file exists'), { code: 'EEXIST' }),
  )
}
