import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { MockOptions } from './options.ts'
import { exampleSeed } from './seed/example-seed.ts'
import { plant } from './seed/plant.ts'
import { checkSeed, readSeed } from './seed/read-seed.ts'
import type { Seed } from './seed/seed.ts'
import { SignedUrls } from './storage/signed-urls.ts'
import { FileJournal } from './store/file-journal.ts'
import { FolderBlobs } from './store/folder-blobs.ts'
import { lockFolder } from './store/folder-lock.ts'
import { MemoryBlobs } from './store/memory-blobs.ts'
import { type Rows, Store } from './store/store.ts'
import { World } from './world.ts'

/** A world that is open, what it looks like when it is fresh, and how to close it. */
export interface OpenWorld {
  readonly world: World
  readonly seeded: Rows
  close(): Promise<void>
}

/** Opens the world that the options describe: from its folder if there is something in it, else from the seed. */
export async function openWorld(options: MockOptions): Promise<OpenWorld> {
  const seed = await seedOf(options.seed)
  return options.dataDir === undefined ? inMemory(options, seed) : onDisk(options, resolve(options.dataDir), seed)
}

async function inMemory(options: MockOptions, seed: Seed): Promise<OpenWorld> {
  const store = new Store()
  const blobs = new MemoryBlobs()
  const world = worldOf(options, store, blobs)
  await plant(seed, store, world)
  return { world, seeded: world.snapshot(), close: () => blobs.close() }
}

async function onDisk(options: MockOptions, folder: string, seed: Seed): Promise<OpenWorld> {
  await mkdir(folder, { recursive: true })
  const unlock = lockFolder(folder)
  try {
    const blobs = await FolderBlobs.open(folder)
    const journal = new FileJournal(folder, () => store.rows())
    const store: Store = new Store(journal)
    const world = worldOf(options, store, blobs)
    if (journal.found) journal.readInto(store)
    await world.tidy()
    // The seed is planted in any case, to be what a reset goes back to.
    const fresh = new Store()
    await plant(seed, fresh, world)
    world.hold(fresh)
    if (!journal.found) world.restore(fresh.rows())
    const close = async () => {
      journal.close()
      unlock()
    }
    return { world, seeded: fresh.rows(), close }
  } catch (error) {
    unlock()
    throw error
  }
}

function worldOf(
  { clock = Date.now, urlLifetime = 3_600_000, runTimes }: MockOptions,
  store: Store,
  blobs: World['blobs'],
) {
  const urls = new SignedUrls(clock, urlLifetime)
  return new World({ store, blobs, clock, urls, runTimes: runTimes ?? { queued: 1000, running: 2000 } })
}

async function seedOf(seed: MockOptions['seed'] = 'examples'): Promise<Seed> {
  // A program in plain JavaScript can give anything.
  if (typeof seed === 'object') return checkSeed(seed, 'seed: the object')
  if (seed === 'empty') return {}
  return seed === 'examples' ? exampleSeed() : readSeed(seed)
}
