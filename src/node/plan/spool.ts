import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onDisk } from '../disk/local-file-error.ts'
import { linesOf } from '../journal/journal-file.ts'

/** How many items are written at once. */
const BATCH = 1_000

/** Keeps items in a temporary file, so that a list that does not fit into memory can be read twice. */
export class Spool<Item> {
  readonly #directory: string
  readonly #handle: FileHandle
  #waiting: string[] = []

  private constructor(directory: string, handle: FileHandle) {
    this.#directory = directory
    this.#handle = handle
  }

  /** Whoever creates one removes it. */
  static async create<Item>(): Promise<Spool<Item>> {
    const directory = await onDisk('create', tmpdir(), mkdtemp(join(tmpdir(), 'abeja-plan-')))
    return new Spool(directory, await open(pathIn(directory), 'wx'))
  }

  async add(item: Item): Promise<void> {
    this.#waiting.push(`${JSON.stringify(item)}\n`)
    if (this.#waiting.length >= BATCH) await this.#flush()
  }

  /** Reads all items, in the order in which they were added. */
  async *read(): AsyncGenerator<Item, void, undefined> {
    await this.#flush()
    for await (const line of linesOf(pathIn(this.#directory))) {
      const item: Item = JSON.parse(line)
      yield item
    }
  }

  async remove(): Promise<void> {
    await this.#handle.close().catch(() => {})
    await rm(this.#directory, { recursive: true, force: true })
  }

  async #flush(): Promise<void> {
    const text = this.#waiting.join('')
    this.#waiting = []
    await onDisk('write', pathIn(this.#directory), this.#handle.appendFile(text))
  }
}

function pathIn(directory: string): string {
  return join(directory, 'files.jsonl')
}
