import { InvalidRequestError } from '../../index.ts'
import { JournalFile, readLines } from './journal-file.ts'

/** What a journal belongs to. */
export interface JournalHeader {
  readonly direction: 'upload' | 'download'
  readonly address: string
  readonly folder: string
}

/** A version of a file: another one is another file to a journal. */
export interface FileVersion {
  readonly bytes: number
  /** In milliseconds since 1970; 0 where it is not known. Of a download the time on the platform. */
  readonly modified: number
  /** The MD5 in hex of what was downloaded, where the platform told one. */
  readonly md5?: string | undefined
}

/** A file that an earlier run has transferred. */
export interface JournalDone extends FileVersion {
  /** Undefined where `conflict` is set. */
  readonly id: string | undefined
  /** The `conflict_target` by which the platform refused the file. */
  readonly conflict?: string | undefined
  /** Relative to the folder, with `/`. */
  readonly path: string
}

/**
 * What earlier runs of a transfer have done, kept in a file: a transfer that a crash has ended goes on where it was. One
 * line for every file that is begun, on the disk before a byte of it is sent, and one for every file that is done or surely
 * is not there.
 */
export class Journal {
  readonly #done = new Map<string, JournalDone>()
  readonly #begun = new Map<string, Date>()
  #file: JournalFile | undefined

  /**
   * @param path made when it is missing
   * @throws InvalidRequestError when the file is no journal, or that of another transfer
   */
  static async open(path: string, header: JournalHeader): Promise<Journal> {
    const journal = new Journal()
    const reader = journal.#reader(path, header)
    const file = await JournalFile.open(path, reader.onLine)
    journal.#file = file
    try {
      if (reader.isEmpty) await file.append({ journal: 1, ...header })
    } catch (error) {
      await file.close()
      throw error
    }
    return journal
  }

  /**
   * Only reads a journal: what is begun and finished is not kept. One that is missing is empty.
   * @throws InvalidRequestError as `open`
   */
  static async read(path: string, header: JournalHeader): Promise<Journal> {
    const journal = new Journal()
    await readLines(path, journal.#reader(path, header).onLine)
    return journal
  }

  /** What an earlier run has done with a file, by its key. */
  done(key: string): JournalDone | undefined {
    return this.#done.get(key)
  }

  /** The paths of the files that earlier runs have done. */
  *donePaths(): Generator<string, void, undefined> {
    for (const { path } of this.#done.values()) yield path
  }

  /** The files that earlier runs have begun and not ended: since when, by their keys. */
  get begun(): ReadonlyMap<string, Date> {
    return this.#begun
  }

  /** Resolves when it is on the disk. */
  async begin(key: string, since: Date): Promise<void> {
    await this.#file?.append({ begun: key, since: since.toISOString() })
  }

  /** Resolves when it is on the disk. */
  async finish(key: string, done: JournalDone): Promise<void> {
    await this.#file?.append({ done: key, ...done })
  }

  /** What was begun has failed, and surely is not there. Resolves when it is on the disk. */
  async fail(key: string): Promise<void> {
    await this.#file?.append({ failed: key })
  }

  close(): Promise<void> {
    return this.#file?.close() ?? Promise.resolve()
  }

  #reader(path: string, header: JournalHeader) {
    const reader = {
      isEmpty: true,
      onLine: (line: unknown) => {
        if (reader.isEmpty) requireSame(path, header, line)
        else this.#read(line)
        reader.isEmpty = false
      },
    }
    return reader
  }

  #read(line: unknown): void {
    if (typeof line !== 'object' || line === null) return
    if ('begun' in line && typeof line.begun === 'string') {
      const since = 'since' in line && typeof line.since === 'string' ? new Date(line.since) : new Date(0)
      this.#begun.set(line.begun, since)
    } else if ('done' in line && typeof line.done === 'string') {
      const bytes = 'bytes' in line && typeof line.bytes === 'number' ? line.bytes : 0
      const modified = 'modified' in line && typeof line.modified === 'number' ? line.modified : 0
      const id = 'id' in line && typeof line.id === 'string' ? line.id : undefined
      const conflict = 'conflict' in line && typeof line.conflict === 'string' ? line.conflict : undefined
      const path = 'path' in line && typeof line.path === 'string' ? line.path : line.done
      const md5 = 'md5' in line && typeof line.md5 === 'string' ? line.md5 : undefined
      this.#begun.delete(line.done)
      this.#done.set(line.done, { bytes, modified, md5, id, conflict, path })
    } else if ('failed' in line && typeof line.failed === 'string') {
      this.#begun.delete(line.failed)
    }
  }
}

function requireSame(path: string, header: JournalHeader, line: unknown): void {
  const found: Partial<Record<string, unknown>> = typeof line === 'object' && line !== null ? { ...line } : {}
  if (found.journal !== 1) throw new InvalidRequestError(`${path} is no journal of a transfer: give another file.`)
  const other = (['direction', 'address', 'folder'] as const).find((name) => found[name] !== header[name])
  if (other === undefined) return
  throw new InvalidRequestError(
    `${path} is the journal of another transfer, whose ${other} is ${found[other]} and not ${header[other]}.`,
  )
}
