import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Download, DownloadOptions } from '../../index.ts'
import type { FileStore, RemoteFile } from '../remote/remote-files.ts'
import { onDisk } from './local-file-error.ts'

/** The size and MD5 by which two files are compared. */
export interface Checksum {
  /** In bytes. */
  readonly bytes: number | undefined
  /** In hex. */
  readonly md5: string | undefined
}

/** Whether the bytes of a file on disk match a checksum. Without a size and an MD5 they do not. */
export async function hasSameBytes(path: string, bytes: number, remote: Checksum): Promise<boolean> {
  if (remote.bytes !== bytes || remote.md5 === undefined) return false
  return (await md5Of(path)) === remote.md5
}

/** The checksum of a download that has only been opened. */
export function checksumOf({ contentLength, contentMd5 }: Download): Checksum {
  return { bytes: contentLength, md5: contentMd5 }
}

/** Returns the checksum of a file on the platform, from the list, or else from the headers of its download. */
export async function remoteChecksum(file: RemoteFile, store: FileStore, options: DownloadOptions): Promise<Checksum> {
  if (file.md5 !== undefined) return file
  const download = await file.open(store, options)
  await download.cancel()
  return checksumOf(download)
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5')
  const read = async () => {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk)
  }
  await onDisk('read', path, read())
  return hash.digest('hex')
}
