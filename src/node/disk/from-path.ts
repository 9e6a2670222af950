import { openAsBlob, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { LocalFileError, onDisk } from './local-file-error.ts'

/** What is told of a file beside its bytes. */
export interface FromPathOptions {
  /** @default the last part of the path */
  readonly name?: string | undefined
  /** @default what the name ends in */
  readonly content_type?: string | undefined
}

/**
 * A file on disk as an upload body: it is read while it is sent, never held in memory as a whole, and read anew when
 * the upload is tried again. Its name becomes the metadata `filename`, unless another is given.
 *
 * @throws LocalFileError, as the `cause` of the upload's error, when the file is missing or no plain file
 * @example
 * await abeja.channels.files.upload(channelId, fromPath('./photos/cat.jpg'))
 */
export function fromPath(path: string, options: FromPathOptions = {}): () => Promise<File> {
  return async () => {
    await statFile(path)
    return openFile(path, options)
  }
}

/** @throws LocalFileError when the path is missing or no plain file */
export async function statFile(path: string): Promise<Stats> {
  const stats = await onDisk('read', path, stat(path))
  if (stats.isFile()) return stats
  throw new LocalFileError(`${path} is no file that can be read to its end.`, path)
}

/** Opens a path that is known to be a file. */
export async function openFile(path: string, { name, content_type }: FromPathOptions = {}): Promise<File> {
  const type = { type: content_type ?? '' }
  return new File([await onDisk('opened', path, openAsBlob(path, type))], name ?? basename(path), type)
}
