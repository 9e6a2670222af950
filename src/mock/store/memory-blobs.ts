import { createHash, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Blobs } from './blobs.ts'
import { FolderBlobs } from './folder-blobs.ts'
import { onExit } from './on-exit.ts'
import type { Content } from './rows.ts'

/** A file up to this size is kept in memory … */
const largestInMemory = 64 * 1024
/** … as long as all of them together stay below this. */
const memoryBudget = 32 * 1024 * 1024

interface Overflow {
  readonly folder: string
  readonly blobs: FolderBlobs
  /** Leaves the folder alone when the process ends. */
  forget(): void
}

/**
 * Small files in memory, all others in a temporary folder that is made when the first of them comes and goes when the
 * server stops. So the memory that the server takes does not grow with what is stored.
 */
export class MemoryBlobs implements Blobs {
  readonly #small = new Map<string, Uint8Array>()
  #used = 0
  #overflow: Promise<Overflow> | undefined

  async write(source: AsyncIterable<Uint8Array>): Promise<Content> {
    const chunks: Uint8Array[] = []
    let size = 0
    const iterator = source[Symbol.asyncIterator]()
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      chunks.push(next.value)
      size += next.value.byteLength
      if (size > largestInMemory || this.#used + size > memoryBudget) return this.#writeLarge(chunks, iterator)
    }
    const bytes = Buffer.concat(chunks)
    const blob = randomUUID()
    this.#small.set(blob, bytes)
    this.#used += size
    return { blob, size, md5: createHash('md5').update(bytes).digest('hex') }
  }

  read(content: Content, start: number, end: number): Readable {
    const bytes = this.#small.get(content.blob)
    if (bytes) return Readable.from(bytes.length > 0 ? [bytes.subarray(start, end + 1)] : [])
    return Readable.from(this.#readLarge(content, start, end), { objectMode: false })
  }

  async remove(blob: string): Promise<void> {
    const bytes = this.#small.get(blob)
    if (bytes === undefined) {
      await (await this.#overflow)?.blobs.remove(blob)
      return
    }
    this.#small.delete(blob)
    this.#used -= bytes.byteLength
  }

  async keepOnly(used: ReadonlySet<string>): Promise<void> {
    for (const blob of [...this.#small.keys()]) if (!used.has(blob)) await this.remove(blob)
    await (await this.#overflow)?.blobs.keepOnly(used)
  }

  async close(): Promise<void> {
    this.#small.clear()
    const overflow = await this.#overflow
    if (!overflow) return
    await rm(overflow.folder, { recursive: true, force: true })
    overflow.forget()
  }

  async #writeLarge(begun: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): Promise<Content> {
    this.#overflow ??= openTemporaryFolder()
    const { blobs } = await this.#overflow
    return blobs.write(joined(begun, rest))
  }

  async *#readLarge(content: Content, start: number, end: number): AsyncGenerator<Uint8Array> {
    const overflow = await this.#overflow
    if (overflow) yield* overflow.blobs.read(content, start, end)
  }
}

async function openTemporaryFolder(): Promise<Overflow> {
  const folder = await mkdtemp(join(tmpdir(), 'abeja-mock-'))
  const forget = onExit(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, blobs: await FolderBlobs.open(folder), forget }
}

async function* joined(begun: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* begun
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
