import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'tsdown'

const ROOT = join(import.meta.dirname, '../..')

/**
 * Builds programs as the package is built, with the client in them: what runs TypeScript directly would be measured
 * with it. The folder lies where the dependencies are found.
 * @param entries the programs, by the name they get
 * @returns what `use` returns; then the folder is gone
 */
export async function withBuilt<Result>(
  entries: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const outDir = await mkdtemp(join(ROOT, 'node_modules/.bench-'))
  try {
    const options = {
      config: false,
      dts: false,
      clean: false,
      format: 'esm',
      fixedExtension: true,
      logLevel: 'error',
    } as const
    await build({ ...options, cwd: ROOT, outDir, entry: { ...entries }, platform: 'node', target: 'es2022' })
    return await use(outDir)
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}
