import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { InvalidRequestError } from '../../index.ts'
import { JournalFile, readLines } from './journal-file.ts'
import { JournalLock } from './journal-lock.ts'

/** The transfer that a journal belongs to. */
export interface JournalHeader {
  readonly direction: 'upload' | 'download'
  readonly address: string
  /** The local directory. Written as `folder`, its name in version 0.2. */
  readonly directory: string
}

/** A version of a file: a journal takes another version for another file. */
export interface FileVersion {
  readonly bytes: number
  /** In milliseconds since 1970; 0 where it is not known. Of a download the time on the platform. */
  readonly modified: number
  /** The MD5 in hex of what was downloaded, where the platform reports one. */
  readonly md5?: string | undefined
}

/** A file that an earlier run has transferred. */
export interface JournalDone extends FileVersion {
  /** Undefined where `conflict` is set. */
  readonly id: string | undefined
  /** The `conflict_target` for which the platform rejected the file. */
  readonly conflict?: string | undefined
  /** Relative to the directory, with `/`. */
  readonly path: string
}

interface Begun {
  /** By the clock of the machine that began it, in milliseconds since 1970. */
  readonly since: number
  /** Which run of the transfer began it. */
  readonly run: number
}

/** What opens a journal. */
export interface JournalOptions {
  /** Called when the journal can no longer be used by this transfer alone. */
  readonly onLost: (error: Error) => void
}

/**
 * The progress of a transfer, kept in a file: a transfer that a crash has ended continues where it was. A file has one line
 * when it is begun, on the disk before a byte of it is sent, and one when it is done or certainly was not stored.
 */
export class Journal {
  readonly #done = new Map<string, JournalDone>()
  readonly #begun = new Map<string, Begun>()
  /** How far the server's clock was ahead of this machine's, by the number of the run, in milliseconds. */
  readonly #offsets = new Map<number, number>()
  /** The directories in which the last run may have left partial files. */
  readonly #partialsIn = new Set<string>()
  readonly #header: JournalHeader
  readonly #path: string
  #run = 0
  #hasPartials = false
  #file: JournalFile | undefined
  #lock: JournalLock | undefined

  private constructor(path: string, header: JournalHeader) {
    this.#path = resolve(path)
    this.#header = header
  }

  /**
   * Locks a journal and reads it.
   * @param path created when it is missing
   * @throws InvalidRequestError when the file is not a journal, or the journal of another transfer
   * @throws LocalFileError when another transfer uses the journal, or it cannot be written
   */
  static async open(path: string, header: JournalHeader, { onLost }: JournalOptions): Promise<Journal> {
    const journal = new Journal(path, header)
    journal.#lock = await JournalLock.acquire(path, onLost)
    try {
      const reader = journal.#reader()
      journal.#file = await JournalFile.open(path, reader.onLine)
      journal.#run += 1
      await journal.#file.append(
        reader.isEmpty ? { journal: 1, ...headerLine(header) } : { run: new Date().toISOString() },
      )
      return journal
    } catch (error) {
      await journal.close()
      throw error
    }
  }

  /**
   * Reads a journal without locking or changing it. A missing one is empty.
   * @throws InvalidRequestError as `open`
   */
  static async read(path: string, header: JournalHeader): Promise<Journal> {
    const journal = new Journal(path, header)
    await readLines(path, journal.#reader().onLine)
    return journal
  }

  /** The files of this machine that the journal itself consists of: no transfer touches them. */
  get ownPaths(): readonly string[] {
    return this.#lock ? [this.#path, this.#lock.path] : [this.#path]
  }

  /** Part of the names of this transfer's partial files, so that the next run recognizes them. */
  get partialsId(): string {
    const { direction, address, directory } = this.#header
    const text = JSON.stringify([this.#path, direction, address, directory])
    return createHash('sha256').update(text).digest('hex').slice(0, 16)
  }

  /** The directories in which earlier runs may have left partial files, relative to the target. */
  get partialsIn(): ReadonlySet<string> {
    return this.#partialsIn
  }

  /** Returns what an earlier run has done with a file. */
  done(key: string): JournalDone | undefined {
    return this.#done.get(this.#keyOf(key))
  }

  /** The paths of the files that earlier runs have done. */
  *donePaths(): Generator<string, void, undefined> {
    for (const { path } of this.#done.values()) yield path
  }

  /** The files that earlier runs have begun and not ended. */
  begunKeys(): Iterable<string> {
    return this.#begun.keys()
  }

  /** Returns when an earlier run started a file that it did not end, by the server's clock where it is known. */
  begunSince(key: string): Date | undefined {
    const begun = this.#begun.get(this.#keyOf(key))
    return begun && new Date(begun.since + (this.#offsets.get(begun.run) ?? 0))
  }

  /** Resolves when it is on the disk. */
  async begin(key: string, since: Date): Promise<void> {
    await this.#file?.append({ begun: key, since: since.toISOString() })
  }

  /** Resolves when it is on the disk. */
  async finish(key: string, done: JournalDone): Promise<void> {
    await this.#file?.append({ done: key, ...done })
  }

  /** Records that a file failed and certainly is not stored. Resolves when the record is on disk. */
  async fail(key: string): Promise<void> {
    await this.#file?.append({ failed: key })
  }

  /** Records how far the server's clock is ahead of this machine's in this run, in milliseconds. */
  recordClock(offset: number): void {
    // Looking for a lost upload takes less for granted without it.
    this.#file?.append({ clock: offset }).catch(() => {})
  }

  /** Records that partial files are written in a directory, until the journal is closed. */
  async recordPartialsIn(directory: string): Promise<void> {
    this.#hasPartials = true
    // Without it, a crash leaves a partial file, which is not a reason to end the download.
    await this.#file?.append({ partials: directory }).catch(() => {})
  }

  /** Records that no partial files are left. */
  async recordNoPartials(): Promise<void> {
    await this.#file?.append({ partials: null })
  }

  /** To be called when no partial file is left. */
  async close(): Promise<void> {
    if (this.#hasPartials) await this.recordNoPartials().catch(() => {})
    await this.#file?.close()
    await this.#lock?.release()
  }

  #reader() {
    const reader = {
      isEmpty: true,
      onLine: (line: unknown) => {
        if (reader.isEmpty) requireSame(this.#path, this.#header, line)
        else this.#read(line)
        reader.isEmpty = false
      },
    }
    return reader
  }

  /** An id of a bucket is a path, which comes with a leading slash and without. */
  #keyOf(key: string): string {
    const { direction, address } = this.#header
    return direction === 'download' && address.startsWith('bucket:') ? key.replace(/^\//, '') : key
  }

  #read(line: unknown): void {
    if (typeof line !== 'object' || line === null) return
    if ('begun' in line && typeof line.begun === 'string') {
      const since = 'since' in line && typeof line.since === 'string' ? Date.parse(line.since) : 0
      this.#begun.set(this.#keyOf(line.begun), { since: since || 0, run: this.#run })
    } else if ('done' in line && typeof line.done === 'string') {
      const key = this.#keyOf(line.done)
      const bytes = 'bytes' in line && typeof line.bytes === 'number' ? line.bytes : 0
      const modified = 'modified' in line && typeof line.modified === 'number' ? line.modified : 0
      const id = 'id' in line && typeof line.id === 'string' ? line.id : undefined
      const conflict = 'conflict' in line && typeof line.conflict === 'string' ? line.conflict : undefined
      const path = 'path' in line && typeof line.path === 'string' ? line.path : line.done
      const md5 = 'md5' in line && typeof line.md5 === 'string' ? line.md5 : undefined
      this.#begun.delete(key)
      this.#done.set(key, { bytes, modified, md5, id, conflict, path })
    } else if ('failed' in line && typeof line.failed === 'string') {
      this.#begun.delete(this.#keyOf(line.failed))
    } else if ('run' in line) {
      this.#run += 1
    } else if ('clock' in line && isOffset(line.clock)) {
      this.#offsets.set(this.#run, line.clock)
    } else if ('partials' in line) {
      if (typeof line.partials === 'string') this.#partialsIn.add(line.partials)
      else this.#partialsIn.clear()
    }
  }
}

/** In milliseconds: anything else would make dates that do not exist. */
function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) < 1e12
}

function requireSame(path: string, header: JournalHeader, line: unknown): void {
  const found: Partial<Record<string, unknown>> = typeof line === 'object' && line !== null ? { ...line } : {}
  if (found.journal !== 1) {
    throw new InvalidRequestError(`Not a journal of a transfer: ${path}. Use another file.`)
  }
  const other = Object.entries(headerLine(header)).find(([name, value]) => found[name] !== value)
  if (other === undefined) return
  const [name, value] = other
  throw new InvalidRequestError(
    `The journal belongs to another transfer: ${path} (its ${name === 'folder' ? 'directory' : name} is ${found[name]}, not ${value}). Use another file.`,
  )
}

function headerLine({ direction, address, directory }: JournalHeader) {
  return { direction, address, folder: directory }
}
