import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { codeOf, onDisk } from '../disk/local-file-error.ts'

/** A file of JSON lines that is only ever appended to. A line that a crash has torn reads as undefined. */
export class JournalFile {
  readonly #path: string
  readonly #handle: FileHandle
  #lines: string[]
  /** The write that is under way, and the one that will take what waits meanwhile. */
  #current: Promise<void> = Promise.resolve()
  #next: Promise<void> | undefined

  private constructor(path: string, handle: FileHandle, lines: string[]) {
    this.#path = path
    this.#handle = handle
    this.#lines = lines
  }

  /** Reads what is there, line by line, and opens the file to be written on. */
  static async open(path: string, onLine: (value: unknown) => void): Promise<JournalFile> {
    const size = await readLines(path, onLine)
    const handle = await onDisk('open', path, open(path, 'a'))
    // What a crash tore off must not swallow the next line.
    return new JournalFile(path, handle, size > 0 ? [''] : [])
  }

  /** Appends a line. Resolves when it is on the disk; lines that come while others are written go together. */
  append(value: unknown): Promise<void> {
    this.#lines.push(JSON.stringify(value))
    this.#next ??= this.#current.then(() => {
      this.#next = undefined
      this.#current = this.#flush()
      return this.#current
    })
    return this.#next
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#next?.catch(() => {})
    await this.#current.catch(() => {})
    await onDisk('close', this.#path, this.#handle.close())
  }

  async #flush(): Promise<void> {
    const text = this.#lines.map((line) => `${line}\n`).join('')
    this.#lines = []
    await onDisk('write', this.#path, this.#handle.appendFile(text))
    await onDisk('sync', this.#path, this.#handle.datasync())
  }
}

/**
 * Reads a file line by line, as JSON. One that is missing has no lines.
 * @returns how many bytes there are
 */
export async function readLines(path: string, onLine: (value: unknown) => void): Promise<number> {
  const stream = createReadStream(path, 'utf8')
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== '') onLine(parsed(line))
    }
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined) throw error
    if (code !== 'ENOENT') await onDisk('read', path, Promise.reject(error))
  } finally {
    // A line that was refused leaves the rest unread, and the file open.
    stream.destroy()
  }
  return stream.bytesRead
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
