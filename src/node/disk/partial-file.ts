import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, lstat, open, readdir, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf, LocalFileError, onDisk } from './local-file-error.ts'

const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW = 0 } = constants

/** How many bytes may wait for the disk. */
const ROOM = 512 * 1024

/** The errors of file systems without hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EISDIR'])

/** The names that partial files have. */
const NAME = /^\.abeja-[0-9a-f-]{36,60}\.part$/

/** Whether a file of this name is the partial file of some transfer. */
export function isPartialFile(name: string): boolean {
  return NAME.test(name)
}

/**
 * Removes the partial files that a crash has left in a directory.
 * @param id that of the transfer that made them
 */
export async function removePartialFiles(directory: string, id: string): Promise<void> {
  const names = await readdir(directory).catch(() => [])
  const own = names.filter((name) => isPartialFile(name) && name.startsWith(`.abeja-${id}-`))
  await Promise.all(own.map((name) => rm(join(directory, name), { force: true }).catch(() => {})))
}

/** A file that is written beside its target. Whoever creates one places or discards it. */
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

  /** @param id of the transfer, so that its next run recognizes what a crash has left */
  static async create(target: string, id?: string): Promise<PartialFile> {
    const path = join(dirname(target), `.abeja-${id === undefined ? '' : `${id}-`}${randomUUID()}.part`)
    const handle = await onDisk('create', path, open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o666))
    return new PartialFile(target, path, handle)
  }

  /** In bytes, also of those that still wait for the disk. */
  get size(): number {
    return this.#size
  }

  /** Adds a chunk. Resolves when there is room for more: the next one can be received while this one is written. */
  async write(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk)
    this.#waitingBytes += chunk.byteLength
    this.#size += chunk.byteLength
    this.#writing ??= this.#writeWaiting()
    // It may reject before it is awaited.
    this.#writing.catch(() => {})
    if (this.#waitingBytes > ROOM) await this.#writing
  }

  /** Starts again with an empty file. */
  async reset(): Promise<void> {
    await this.#writing
    await onDisk('truncate', this.#path, this.#handle.truncate(0))
    this.#size = 0
    this.#written = 0
  }

  /**
   * Waits until all bytes are written.
   * @param synced whether they survive a power cut, too
   */
  async finish(synced: boolean): Promise<void> {
    await this.#writing
    if (synced) await onDisk('sync', this.#path, this.#handle.sync())
    await onDisk('close', this.#path, this.#handle.close())
  }

  /** Moves the whole file to its target: a crash at any moment leaves the old file or the new one. */
  async place(overwrite: boolean): Promise<void> {
    if (overwrite) await onDisk('replace', this.#target, rename(this.#path, this.#target))
    else await this.#placeNew()
  }

  /** Removes the file. */
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

  /** By a link, which fails when the target exists: a rename would replace a file that was created this moment. */
  async #placeNew(): Promise<void> {
    try {
      await link(this.#path, this.#target)
    } catch (error) {
      const code = codeOf(error) ?? ''
      if (code === 'EEXIST') throw existingFile(this.#target, error)
      if (!NO_LINKS.has(code)) await onDisk('create', this.#target, Promise.reject(error))
      const stats = await lstat(this.#target).catch(() => undefined)
      if (stats) throw existingFile(this.#target, Object.assign(new Error('the file exists'), { code: 'EEXIST' }))
      await onDisk('create', this.#target, rename(this.#path, this.#target))
      return
    }
    await unlink(this.#path)
  }
}

/** Returns the chunks without their first bytes. */
function withoutFirst(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes
  return chunks.flatMap((chunk) => {
    const skipped = Math.min(skip, chunk.byteLength)
    skip -= skipped
    return skipped === chunk.byteLength ? [] : [chunk.subarray(skipped)]
  })
}

/** The error of a target that exists. */
export function existingFile(target: string, cause: unknown): LocalFileError {
  return new LocalFileError(`File already exists: ${target}. Set overwrite to replace it.`, target, cause)
}
