import { dirname, resolve } from 'node:path'
import { readJsonFile } from '../json-file.ts'
import type { Seed, SeedFile } from './seed.ts'
import { seedShape } from './seed-shape.ts'
import { faultsIn } from './shape.ts'

/** Reads a seed from a JSON file. Files that it names are looked for beside it. */
export async function readSeed(path: string): Promise<Seed> {
  const seed = checkSeed(await readJsonFile(path), path)
  const beside = <File extends SeedFile>(file: File): File =>
    file.path === undefined ? file : { ...file, path: resolve(dirname(path), file.path) }
  return {
    ...seed,
    channels: (seed.channels ?? []).map((channel) => ({ ...channel, files: (channel.files ?? []).map(beside) })),
    buckets: (seed.buckets ?? []).map((bucket) => ({ ...bucket, files: (bucket.files ?? []).map(beside) })),
  }
}

/** Refuses what is no seed, and names every place where it is not. `name` says which seed. */
export function checkSeed(value: unknown, name: string): Seed {
  if (!isSeed(value)) throw new Error(`${name} is no seed: ${faultsIn(value, seedShape).join('; ')}`)
  return value
}

function isSeed(value: unknown): value is Seed {
  return faultsIn(value, seedShape).length === 0
}
