import { dirname, resolve } from 'node:path'
import { readJsonFile } from '../json-file.ts'
import type { Seed, SeedFile } from './seed.ts'
import { seedShape } from './seed-shape.ts'
import { hasShape, mistakesOf } from './shape.ts'

/** Reads a seed from a JSON file. Paths in it are relative to its directory. */
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

/** Throws an error that names the mistakes if a value is not a seed. `name` is what the seed is called in it. */
export function checkSeed(value: unknown, name: string): Seed {
  if (!isSeed(value)) throw new Error(`${name} is not a valid seed: ${mistakesOf(value, seedShape)}`)
  return value
}

function isSeed(value: unknown): value is Seed {
  return hasShape(value, seedShape)
}
