import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Clock } from './clock.ts'
import { blobsIn, MockState } from './mock-state.ts'
import type { MockOptions } from './options.ts'
import { exampleSeed } from './seed/example-seed.ts'
import { loadSeed } from './seed/load-seed.ts'
import { checkSeed, readSeed } from './seed/read-seed.ts'
import type { Seed } from './seed/seed.ts'
import { SignedUrls } from './storage/signed-urls.ts'
import type { Blobs } from './store/blobs.ts'
import { FileJournal } from './store/file-journal.ts'
import { FolderBlobs } from './store/folder-blobs.ts'
import { lockFolder } from './store/folder-lock.ts'
import { MemoryBlobs } from './store/memory-blobs.ts'
import { type Rows, Store } from './store/store.ts'
import type { FaultScript } from './workspace/fault-script.ts'

/** An opened state, its rows when fresh, forks of it, and how to close it. */
export interface OpenState {
  readonly state: MockState
  readonly seeded: Rows
  /** The faults of the seed. */
  readonly faults: readonly FaultScript[]
  /** Another state with the rows of the seed, in memory. */
  fork(clock: Clock): MockState
  close(): Promise<void>
}

/** Opens the state that the options describe: from its directory if there is something in it, else from the seed. */
export async function openState(options: MockOptions, clock: Clock): Promise<OpenState> {
  const seed = await seedOf(options.seed)
  return options.dataDir === undefined
    ? inMemory(options, clock, seed)
    : onDisk(options, clock, resolve(options.dataDir), seed)
}

async function inMemory(options: MockOptions, clock: Clock, seed: Seed): Promise<OpenState> {
  const blobs = new MemoryBlobs()
  const seeded = await rowsOfSeed(seed, blobs, clock)
  const fork = forkOf(options, blobs, seeded)
  return { state: fork(clock), seeded, faults: seed.faults ?? [], fork, close: () => blobs.close() }
}

async function onDisk(options: MockOptions, clock: Clock, folder: string, seed: Seed): Promise<OpenState> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  try {
    const blobs = await FolderBlobs.open(folder)
    const journal = new FileJournal(folder, () => store.rows())
    const store: Store = new Store(journal)
    if (journal.found) journal.readInto(store)
    // Nothing arrives yet: what no row refers to is left from a process that was killed.
    await blobs.keepOnly(blobsIn(store.rows()))
    // The seed is loaded in any case, to be what a reset restores.
    const seeded = await rowsOfSeed(seed, blobs, clock)
    const state = stateOf(options, { store, blobs, clock, pinned: blobsIn(seeded) })
    if (!journal.found) state.restore(seeded)
    const close = async () => {
      journal.close()
      unlock()
    }
    return { state, seeded, faults: seed.faults ?? [], fork: forkOf(options, blobs, seeded), close }
  } catch (error) {
    unlock()
    throw error
  }
}

async function rowsOfSeed(seed: Seed, blobs: Blobs, clock: Clock): Promise<Rows> {
  const store = new Store()
  await loadSeed(seed, store, { blobs, clock })
  return store.rows()
}

function forkOf(options: MockOptions, blobs: Blobs, seeded: Rows): (clock: Clock) => MockState {
  const pinned = blobsIn(seeded)
  return (clock) => {
    const state = stateOf(options, { store: new Store(), blobs, clock, pinned })
    state.restore(seeded)
    return state
  }
}

function stateOf(
  { urlLifetime = 3_600_000, runTimes = { queued: 1000, running: 2000 } }: MockOptions,
  parts: { store: Store; blobs: Blobs; clock: Clock; pinned: ReadonlySet<string> },
): MockState {
  return new MockState({ ...parts, urls: new SignedUrls(parts.clock, urlLifetime), runTimes })
}

async function seedOf(seed: MockOptions['seed'] = 'examples'): Promise<Seed> {
  // A program in plain JavaScript can give anything.
  if (typeof seed === 'object') return checkSeed(seed, 'seed: the object')
  if (seed === 'empty') return {}
  return seed === 'examples' ? exampleSeed() : readSeed(seed)
}
