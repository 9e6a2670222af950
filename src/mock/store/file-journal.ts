import {
  closeSync,
  existsSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { parseJsonFile } from '../json-file.ts'
import { isStorageFailure } from './storage-failure.ts'
import type { Journal, Rows, Store } from './store.ts'
import type { Change } from './table.ts'

/** So many entries are kept before they are folded into the state. */
const entriesBeforeFolding = 20_000

/** The version of the format. Version 0.2 of this package wrote the same without a version. */
const currentFormat = 1

/** For their owner alone: a state holds the secrets of datasources. */
const mode = 0o600

interface Entry {
  readonly sequence: number
  readonly changes: readonly Change[]
}

/**
 * Keeps a store in a folder: `state.json`, the rows as they once were, and `journal.jsonl`, what changed since, a line
 * a transaction. A line is with the operating system before the response is sent, so what was
 * acknowledged outlives `kill -9` (though not a power cut). A line that was cut short belongs to a request that was
 * never acknowledged, and is dropped.
 */
export class FileJournal implements Journal {
  readonly #statePath: string
  readonly #journalPath: string
  readonly #currentRows: () => Rows
  #sequence = 0
  #entries = 0
  #descriptor: number
  #length = 0

  /** Whether the folder held a state when it was opened. */
  readonly found: boolean

  constructor(folder: string, currentRows: () => Rows) {
    this.#statePath = join(folder, 'state.json')
    this.#journalPath = join(folder, 'journal.jsonl')
    this.#currentRows = currentRows
    this.found = existsSync(this.#statePath)
    this.#descriptor = openSync(this.#journalPath, 'a', mode)
  }

  /** Reads what was kept into `store`, and folds it. */
  readInto(store: Store): void {
    const state = parseJsonFile(this.#statePath, readFileSync(this.#statePath, 'utf8'))
    if (!isState(state)) throw new Error(`${this.#statePath} is not the state of a mock server`)
    const { format = currentFormat } = state
    if (format !== currentFormat) {
      throw new Error(
        `${this.#statePath} has format ${format}, and this version of abeja-platform-client reads format ${currentFormat}. ` +
          'Use the version that wrote it, or another folder.',
      )
    }
    store.load(state.rows)
    this.#sequence = state.sequence
    for (const line of readFileSync(this.#journalPath, 'utf8').split('\n')) {
      const entry = parseEntry(line)
      if (entry === undefined) break
      // A kill between writing the state and emptying the journal leaves entries that the state has already.
      if (entry.sequence <= this.#sequence) continue
      for (const change of entry.changes) store.apply(change)
      this.#sequence = entry.sequence
    }
    this.replace(store.rows())
  }

  append(changes: readonly Change[]): void {
    this.#sequence += 1
    const entry: Entry = { sequence: this.#sequence, changes }
    this.#write(Buffer.from(`${JSON.stringify(entry)}\n`))
    this.#entries += 1
    if (this.#entries >= entriesBeforeFolding) this.#fold()
  }

  /** A disk that has no place for the state changes nothing: all is in the journal. */
  #fold(): void {
    this.#entries = 0
    try {
      this.replace(this.#currentRows())
    } catch (error) {
      if (!isStorageFailure(error)) throw error
    }
  }

  replace(rows: Rows): void {
    this.#sequence += 1
    const next = `${this.#statePath}.next`
    try {
      writeFileSync(next, JSON.stringify({ format: currentFormat, sequence: this.#sequence, rows }), { mode })
      renameSync(next, this.#statePath)
    } catch (error) {
      rmSync(next, { force: true })
      throw error
    }
    ftruncateSync(this.#descriptor)
    this.#entries = 0
    this.#length = 0
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  /** Writes all of `bytes`, or on a full disk nothing: half a line would hide those that follow. */
  #write(bytes: Buffer): void {
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written)
      this.#length += bytes.length
    } catch (error) {
      if (statSync(this.#journalPath).size > this.#length) ftruncateSync(this.#descriptor, this.#length)
      throw error
    }
  }
}

function isState(
  value: unknown,
): value is { readonly format?: number; readonly sequence: number; readonly rows: Rows } {
  if (typeof value !== 'object' || value === null || !('sequence' in value) || !('rows' in value)) return false
  const { sequence, rows } = value
  return (
    typeof sequence === 'number' &&
    typeof rows === 'object' &&
    rows !== null &&
    Object.values(rows).every(Array.isArray)
  )
}

function parseEntry(line: string): Entry | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
