import { constants, type Stats } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { type FileLike, InvalidRequestError } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { LocalFileError, onDisk } from './local-file-error.ts'

const { O_RDONLY, O_NONBLOCK = 0 } = constants

/** A file of up to this many bytes is read at once; a larger one is streamed. */
const SMALL = 64 * 1024

/** The bytes of one read of a larger file. */
const CHUNK = 512 * 1024

/** What describes a file besides its bytes. */
export interface FromPathOptions {
  /** @default the last part of the path */
  readonly name?: string | undefined
  /** @default guessed from the extension of the name */
  readonly content_type?: string | undefined
}

/**
 * Makes an upload body of a file on disk. The file is read while it is sent, is never held in memory as a whole, and is
 * opened again when the upload is retried. Its name becomes the metadata `filename`, unless another is given.
 *
 * The upload fails, and the server never receives a complete request, when the file grows, shrinks or is modified
 * while it is read, or when it is not a regular file of a known size (a pipe, a device, a file of `/proc`). The `cause` of
 * the upload's error is then a `LocalFileError`.
 *
 * @example
 * await abeja.channels.files.upload(channelId, fromPath('./photos/cat.jpg'))
 */
export function fromPath(path: string, options: FromPathOptions = {}): () => Promise<FileLike> {
  const checked = knownKeys(options, ['name', 'content_type'], 'option', InvalidRequestError)
  return () => openDiskFile(path, checked)
}

/** A file that was opened for one upload. */
export interface DiskFile extends FileLike {
  /** When it was last modified, in milliseconds since 1970. */
  readonly modified: number
}

/**
 * Opens a file. Whoever reads its `stream` to the end, or cancels it, closes it.
 *
 * The size comes from the system and not from `openAsBlob`, whose size is the file's modulo 4 GiB:
 * https://github.com/nodejs/node/issues/52585
 * @throws LocalFileError when the file cannot be read or is not a regular file
 */
export async function openDiskFile(path: string, options: FromPathOptions = {}): Promise<DiskFile> {
  // Without blocking: opening a pipe without a writer would never return.
  const handle = await onDisk('open', path, open(path, O_RDONLY | O_NONBLOCK))
  try {
    const stats = requireRegularFile(path, await onDisk('read', path, handle.stat()))
    const reader = new SizedReader(path, handle, stats)
    if (stats.size > SMALL) return described(path, options, stats, () => streamOf(reader))
    const bytes = await reader.readAll()
    return described(path, options, stats, () => new Blob([bytes]).stream(), bytes)
  } catch (error) {
    await handle.close().catch(() => {})
    throw error
  }
}

/** @throws LocalFileError for a directory, a pipe, a device or a socket */
export function requireRegularFile(path: string, stats: Stats): Stats {
  if (stats.isFile()) return stats
  throw new LocalFileError(`Not a regular file: ${path}`, path)
}

function described(
  path: string,
  { name, content_type }: FromPathOptions,
  { size, mtimeMs }: Stats,
  stream: () => ReadableStream<Uint8Array>,
  bytes?: Uint8Array<ArrayBuffer>,
): DiskFile {
  return {
    [Symbol.toStringTag]: 'File',
    name: name ?? basename(path),
    type: content_type ?? '',
    size,
    modified: mtimeMs,
    stream,
    arrayBuffer: async () => (bytes ? bytes.buffer : new Response(stream()).arrayBuffer()),
  }
}

/** Reads exactly the bytes that a file had when it was opened. The last ones are returned only if it did not change. */
class SizedReader {
  readonly #path: string
  readonly #handle: FileHandle
  readonly #opened: Stats
  #position = 0

  constructor(path: string, handle: FileHandle, opened: Stats) {
    this.#path = path
    this.#handle = handle
    this.#opened = opened
  }

  get isAtEnd(): boolean {
    return this.#position === this.#opened.size
  }

  /** @throws LocalFileError when the file changed meanwhile */
  async readAll(): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.read(this.#opened.size)
    await this.close()
    return bytes
  }

  /**
   * Reads the next bytes.
   * @throws LocalFileError when the file has ended too early, or did not end where it should
   */
  async read(most: number): Promise<Uint8Array<ArrayBuffer>> {
    const { size } = this.#opened
    const buffer = new Uint8Array(Math.min(most, size - this.#position))
    let filled = 0
    while (filled < buffer.byteLength) {
      const count = await this.#readInto(buffer, filled)
      if (count === 0) throw this.#changed(`ended after ${this.#position} of ${size} bytes`)
      filled += count
      this.#position += count
    }
    if (this.isAtEnd) await this.#requireUnchanged()
    return buffer
  }

  close(): Promise<void> {
    return onDisk('close', this.#path, this.#handle.close())
  }

  async #readInto(buffer: Uint8Array, offset: number): Promise<number> {
    const read = this.#handle.read(buffer, offset, buffer.byteLength - offset, this.#position)
    return (await onDisk('read', this.#path, read)).bytesRead
  }

  async #requireUnchanged(): Promise<void> {
    const { size, mtimeMs } = this.#opened
    const more = await this.#readInto(new Uint8Array(1), 0)
    if (more > 0 && size === 0) throw new LocalFileError(`Not a file of a known size: ${this.#path}`, this.#path)
    if (more > 0) throw this.#changed(`grew beyond its ${size} bytes`)
    if (size <= SMALL) return
    const now = await onDisk('read', this.#path, this.#handle.stat())
    if (now.mtimeMs !== mtimeMs) throw this.#changed('modified')
  }

  #changed(how: string): LocalFileError {
    return new LocalFileError(`File changed while it was read: ${this.#path} (${how})`, this.#path)
  }
}

/** Streams a file, one read ahead of whoever takes its bytes. */
function streamOf(reader: SizedReader): ReadableStream<Uint8Array> {
  let ahead: Promise<Uint8Array> | undefined
  const readAhead = () => {
    ahead = reader.read(CHUNK)
    // It may reject before it is awaited, or when it never is.
    ahead.catch(() => {})
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const chunk = await (ahead ?? reader.read(CHUNK))
          const isLast = reader.isAtEnd
          if (isLast) await reader.close()
          else readAhead()
          controller.enqueue(chunk)
          if (isLast) controller.close()
        } catch (error) {
          await reader.close().catch(() => {})
          throw error
        }
      },
      async cancel() {
        await ahead?.catch(() => {})
        await reader.close()
      },
    },
    { highWaterMark: 0 },
  )
}
