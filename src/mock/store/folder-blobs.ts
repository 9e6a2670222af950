import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Blobs } from './blobs.ts'
import type { Content } from './rows.ts'

/** A file a blob. It is written under another name first, so that a blob is whole as soon as it is there. */
export class FolderBlobs implements Blobs {
  readonly #folder: string
  readonly #arriving: string

  private constructor(folder: string) {
    this.#folder = join(folder, 'blobs')
    this.#arriving = join(folder, 'arriving')
  }

  /** Opens a folder, and clears away uploads that a killed process left unfinished. */
  static async open(folder: string): Promise<FolderBlobs> {
    const blobs = new FolderBlobs(folder)
    await rm(blobs.#arriving, { recursive: true, force: true })
    await mkdir(blobs.#arriving, { recursive: true, mode: 0o700 })
    await mkdir(blobs.#folder, { recursive: true, mode: 0o700 })
    return blobs
  }

  async write(source: AsyncIterable<Uint8Array>): Promise<Content> {
    const blob = randomUUID()
    const path = join(this.#arriving, blob)
    const hash = createHash('md5')
    let size = 0
    try {
      const file = await open(path, 'wx', 0o600)
      try {
        for await (const chunk of source) {
          hash.update(chunk)
          size += chunk.byteLength
          await file.writeFile(chunk)
        }
      } finally {
        await file.close()
      }
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    await rename(path, join(this.#folder, blob))
    return { blob, size, md5: hash.digest('hex') }
  }

  read({ blob, size }: Content, start: number, end: number): Readable {
    if (size === 0) return Readable.from([])
    return createReadStream(join(this.#folder, blob), { start, end })
  }

  async remove(blob: string): Promise<void> {
    await rm(join(this.#folder, blob), { force: true })
  }

  async keepOnly(used: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.#folder)
    await Promise.all(names.filter((name) => !used.has(name)).map((name) => this.remove(name)))
  }

  async close(): Promise<void> {}
}
