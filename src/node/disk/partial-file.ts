import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, lstat, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf, LocalFileError, onDisk } from './local-file-error.ts'

const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW = 0 } = constants

/** How much may wait for the disk, in bytes. */
const ROOM = 512 * 1024

/** Systems that cannot link, or not here. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EISDIR'])

/** A file that is being written beside the place where it will stand. Whoever makes one places or discards it. */
export class PartialFile {
  readonly #target: string
  readonly #path: string
  readonly #handle: FileHandle
  #size = 0
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #written = 0
  /** Rejected for good once a write has failed. */
  #writing: Promise<void> | undefined

  private constructor(target: string, path: string, handle: FileHandle) {
    this.#target = target
    this.#path = path
    this.#handle = handle
  }

  static async create(target: string): Promise<PartialFile> {
    const path = join(dirname(target), `.abeja-${randomUUID()}.part`)
    const handle = await onDisk('create', path, open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o666))
    return new PartialFile(target, path, handle)
  }

  /** In bytes: what was given, also where it is still on its way to the disk. */
  get size(): number {
    return this.#size
  }

  /** Takes a chunk. Resolves when there is room for more: the next one can come while this one is written. */
  async write(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk)
    this.#waitingBytes += chunk.byteLength
    this.#size += chunk.byteLength
    this.#writing ??= this.#writeWaiting()
    // Once it has failed nobody may be left to hear of it.
    this.#writing.catch(() => {})
    if (this.#waitingBytes > ROOM) await this.#writing
  }

  /** Starts anew with an empty file. */
  async reset(): Promise<void> {
    await this.#writing
    await onDisk('truncate', this.#path, this.#handle.truncate(0))
    this.#size = 0
    this.#written = 0
  }

  /** Says that all bytes were written: they are on the disk then. */
  async finish(): Promise<void> {
    await this.#writing
    await onDisk('sync', this.#path, this.#handle.sync())
    await onDisk('close', this.#path, this.#handle.close())
  }

  /** Puts the whole file in its place, so that a crash at any moment leaves the old file or the new one. */
  async place(overwrite: boolean): Promise<void> {
    if (overwrite) await onDisk('replace', this.#target, rename(this.#path, this.#target))
    else await this.#placeNew()
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    await this.#writing?.catch(() => {})
    await this.#handle.close().catch(() => {})
    await rm(this.#path, { force: true }).catch(() => {})
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const chunks = this.#waiting
      const bytes = this.#waitingBytes
      this.#waiting = []
      let left = chunks
      for (let rest = bytes; rest > 0; ) {
        const { bytesWritten } = await onDisk('write', this.#path, this.#handle.writev(left, this.#written))
        this.#written += bytesWritten
        rest -= bytesWritten
        left = withoutFirst(left, bytesWritten)
      }
      this.#waitingBytes -= bytes
    }
    this.#writing = undefined
  }

  /** A link fails where a file is, and a rename would write over one that came this very moment. */
  async #placeNew(): Promise<void> {
    try {
      await link(this.#path, this.#target)
    } catch (error) {
      if (!NO_LINKS.has(codeOf(error) ?? '')) throw existing(this.#target, error)
      const stats = await lstat(this.#target).catch(() => undefined)
      if (stats) throw existing(this.#target, Object.assign(new Error('EEXIST'), { code: 'EEXIST' }))
      await onDisk('create', this.#target, rename(this.#path, this.#target))
      return
    }
    await rm(this.#path)
  }
}

/** What is left when a disk has taken only so many bytes. */
function withoutFirst(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes
  return chunks.flatMap((chunk) => {
    const skipped = Math.min(skip, chunk.byteLength)
    skip -= skipped
    return skipped === chunk.byteLength ? [] : [chunk.subarray(skipped)]
  })
}

function existing(target: string, cause: unknown): LocalFileError {
  const message =
    codeOf(cause) === 'EEXIST'
      ? `${target} is there already, and was left as it is: pass overwrite to replace it.`
      : `${target} could not be made: ${cause instanceof Error ? cause.message : cause}`
  return new LocalFileError(message, target, cause)
}
