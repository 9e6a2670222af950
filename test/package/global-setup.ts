import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import { runIn } from './run-in.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The package as it would be published. */
    tarball: string
  }
}

const ROOT = resolve(import.meta.dirname, '../..')

/** Builds and packs the package once for the whole suite. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'abeja-packed-'))
  await runIn(ROOT, 'npm', 'run', 'build')
  const [packed]: { filename: string }[] = JSON.parse(
    await runIn(ROOT, 'npm', 'pack', '--json', '--loglevel=silent', '--pack-destination', directory),
  )
  if (!packed) throw new Error('npm pack told no file')
  project.provide('tarball', join(directory, packed.filename))
  return () => rm(directory, { recursive: true })
}
