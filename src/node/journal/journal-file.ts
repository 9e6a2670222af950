import { createReadStream } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { requireRegularFile } from '../disk/disk-file.ts'
import { codeOf, LocalFileError, onDisk } from '../disk/local-file-error.ts'

/** A line that is longer belongs to another kind of file, which may not fit into memory. In characters. */
const LONGEST_LINE = 1024 * 1024

/** An append-only file of JSON lines. A line that a crash has torn reads as undefined. */
export class JournalFile {
  readonly #path: string
  readonly #handle: FileHandle
  #lines: string[]
  /** The write that is under way, and the one that takes the lines that are added meanwhile. */
  #current: Promise<void> = Promise.resolve()
  #next: Promise<void> | undefined

  private constructor(path: string, handle: FileHandle, lines: string[]) {
    this.#path = path
    this.#handle = handle
    this.#lines = lines
  }

  /** Reads the existing lines and opens the file for appending. */
  static async open(path: string, onLine: (value: unknown) => void): Promise<JournalFile> {
    const isEmpty = await readLines(path, onLine)
    const handle = await onDisk('open', path, open(path, 'a'))
    // Ends a line that a crash has torn: it must not swallow the next one.
    return new JournalFile(path, handle, isEmpty ? [] : [''])
  }

  /** Appends a line. Resolves when it is on the disk; lines that are added while others are written go together. */
  append(value: unknown): Promise<void> {
    this.#lines.push(JSON.stringify(value))
    this.#next ??= this.#current.then(() => {
      this.#next = undefined
      this.#current = this.#flush()
      return this.#current
    })
    return this.#next
  }

  /** Waits for pending writes and closes the file. */
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
 * Reads a file line by line, as JSON. A missing file has no lines.
 * @returns whether the file is empty
 */
export async function readLines(path: string, onLine: (value: unknown) => void): Promise<boolean> {
  const stats = await stat(path).catch((error: unknown) => {
    return codeOf(error) === 'ENOENT' ? undefined : onDisk('read', path, Promise.reject(error))
  })
  // A pipe would be waited for without end.
  if (stats === undefined || requireRegularFile(path, stats).size === 0) return true
  // A line that is rejected ends the loop, which closes the file.
  for await (const line of linesOf(path, LONGEST_LINE)) onLine(parsed(line))
  return false
}

/**
 * Reads the lines of a file that are not empty.
 * @param longest the most characters of a line
 * @throws LocalFileError for a longer one
 */
export async function* linesOf(
  path: string,
  longest = Number.POSITIVE_INFINITY,
): AsyncGenerator<string, void, undefined> {
  let rest = ''
  for await (const text of textOf(path)) {
    // By line feeds alone: `readline` of Node 24 also ends lines at U+2028, which JSON leaves as it is in a name.
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield line
    if (rest.length > longest)
      throw new LocalFileError(
        `Not a journal: ${path} has a line of more than ${longest} characters. Use another file.`,
        path,
      )
  }
  if (rest !== '') yield rest
}

async function* textOf(path: string): AsyncGenerator<string, void, undefined> {
  const stream = createReadStream(path, 'utf8')[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await onDisk('read', path, stream.next())
      if (done) return
      yield value
    }
  } finally {
    await stream.return?.()
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
