import type { Clock } from './clock.ts'
import { expiryOf } from './lifetimes.ts'
import type { RunTimes } from './runs.ts'
import type { SignedUrls } from './storage/signed-urls.ts'
import type { Blobs } from './store/blobs.ts'
import type { Content, StoredFile } from './store/rows.ts'
import { isStorageFailure } from './store/storage-failure.ts'
import type { Rows, Store } from './store/store.ts'
import type { Change } from './store/table.ts'

/** The state of a workspace and the means to change it, for all handlers. */
export class MockState {
  readonly store: Store
  readonly blobs: Blobs
  readonly clock: Clock
  readonly urls: SignedUrls
  readonly runTimes: RunTimes
  /** Blobs that a reset asks for again. States that begin with the same seed share them. */
  readonly #pinned: ReadonlySet<string>
  /** Blobs that a snapshot may ask for again. */
  readonly #held = new Set<string>()
  #nextExpiry = 0

  constructor(parts: {
    store: Store
    blobs: Blobs
    clock: Clock
    urls: SignedUrls
    runTimes: RunTimes
    pinned: ReadonlySet<string>
  }) {
    this.store = parts.store
    this.blobs = parts.blobs
    this.clock = parts.clock
    this.urls = parts.urls
    this.runTimes = parts.runTimes
    this.#pinned = parts.pinned
    this.store.onChange((changes) => {
      for (const change of changes) this.#nextExpiry = Math.min(this.#nextExpiry, expiryIn(change))
    })
  }

  /** Lets go of the bytes of a file that is gone. */
  release({ blob }: Content): void {
    // Before the change is kept the bytes may still be needed: it can fail, and then it has not happened.
    this.store.afterCommit(() => {
      // Whether the bytes go now or when the server starts the next time makes no difference to anyone.
      if (!this.#isKept(blob)) this.blobs.remove(blob).catch(() => undefined)
    })
  }

  /** Removes the files whose lifetime is over, and the tickets that nobody used. */
  expire(): void {
    try {
      this.#expire()
    } catch (error) {
      // They go with a later request: a full disk must not fail this one.
      if (!isStorageFailure(error)) throw error
    }
  }

  #expire(): void {
    const now = this.clock()
    if (now < this.#nextExpiry) return
    const { store } = this
    store.transaction(() => {
      for (const file of store.channelFiles.all().filter((row) => isOver(row, now))) {
        store.channelFiles.remove(file)
        this.release(file)
      }
      for (const file of store.bucketFiles.all().filter((row) => isOver(row, now))) {
        store.bucketFiles.remove(file)
        this.release(file)
      }
      for (const ticket of store.tickets.all().filter((row) => isOver(row, now))) store.tickets.remove(ticket)
    })
    const ends = [...store.channelFiles.all(), ...store.bucketFiles.all(), ...store.tickets.all()]
    this.#nextExpiry = ends.reduce((soonest, row) => Math.min(soonest, row.expires_at ?? soonest), Infinity)
  }

  /** Every row as it is now. The bytes they speak of are kept until the server stops. */
  snapshot(): Rows {
    const rows = this.store.rows()
    for (const blob of blobsIn(rows)) this.#held.add(blob)
    return rows
  }

  /** Goes back to `rows`. */
  restore(rows: Rows): void {
    const before = blobsIn(this.store.rows())
    this.store.replace(rows)
    this.#nextExpiry = 0
    const after = blobsIn(rows)
    for (const blob of before) {
      if (!after.has(blob) && !this.#isKept(blob)) this.blobs.remove(blob).catch(() => undefined)
    }
  }

  /** Lets the lifetime of every file begin now. */
  renewLifetimes(): void {
    const { store } = this
    const now = this.clock()
    store.transaction(() => {
      for (const file of store.channelFiles.all().filter(hasLifetime)) store.channelFiles.put(renewed(file, now))
      for (const file of store.bucketFiles.all().filter(hasLifetime)) store.bucketFiles.put(renewed(file, now))
    })
  }

  #isKept(blob: string): boolean {
    return this.#held.has(blob) || this.#pinned.has(blob)
  }
}

/** The blobs that rows refer to. */
export function blobsIn({ channelFiles = [], bucketFiles = [] }: Rows): Set<string> {
  return new Set([...channelFiles, ...bucketFiles].flatMap((row) => (hasBlob(row) ? [row.blob] : [])))
}

function hasBlob(row: unknown): row is { blob: string } {
  return typeof row === 'object' && row !== null && 'blob' in row && typeof row.blob === 'string'
}

function hasLifetime(file: StoredFile): boolean {
  return file.lifetime !== null
}

function renewed<File extends StoredFile>(file: File, now: number): File {
  return { ...file, expires_at: expiryOf(file.lifetime, now) }
}

function isOver(row: { expires_at: number | null }, now: number): boolean {
  return row.expires_at !== null && row.expires_at <= now
}

function expiryIn(change: Change): number {
  if (!('put' in change) || typeof change.put !== 'object' || change.put === null) return Infinity
  const { put } = change
  return 'expires_at' in put && typeof put.expires_at === 'number' ? put.expires_at : Infinity
}
