import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'tsdown'

const ROOT = join(import.meta.dirname, '../..')

/**
 * Builds programs with the client in them, in the way the package is built: run as TypeScript, the translation would be
 * measured too. The output folder lies where the dependencies are found.
 * @param entries the programs by name
 * @returns what `use` returns; the folder is removed then
 */
export async function withBuilt<Result>(
  entries: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const outDir = await mkdtemp(join(ROOT, 'node_modules/.bench-'))
  try {
    await build({
      ...{ cwd: ROOT, outDir, entry: { ...entries }, config: false, dts: false, clean: false, logLevel: 'error' },
      ...{ format: 'esm', fixedExtension: true, platform: 'node', target: 'es2022' },
      deps: { neverBundle: ['undici', 'ky'] },
    })
    return await use(outDir)
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
}
