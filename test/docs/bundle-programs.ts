import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'rolldown'
import { filesOf } from '../helpers/guide-files.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** The programs of a guide as files that start fast. */
export interface BundledPrograms {
  /** Returns the file to start for a program, by its path in the guide. */
  pathOf(program: string): string
  remove(): Promise<void>
}

/** Bundles the programs of a guide with the package; other packages are loaded from `node_modules`. */
export async function bundlePrograms(page: string): Promise<BundledPrograms> {
  const cache = join(ROOT, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const directory = await mkdtemp(join(cache, 'guide-'))
  const files = filesOf(page).filter(({ path }) => path.endsWith('.ts'))
  for (const { path, code } of files) await writeFile(join(directory, path), code)
  await build({
    input: Object.fromEntries(files.map(({ path }) => [path.replace(/\.ts$/, ''), join(directory, path)])),
    platform: 'node',
    external: ['bullmq'],
    resolve: {
      alias: {
        'abeja-platform-client/node': join(ROOT, 'src/node.ts'),
        'abeja-platform-client': join(ROOT, 'src/index.ts'),
      },
    },
    logLevel: 'silent',
    output: { dir: directory, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
  })
  return {
    pathOf: (program) => join(directory, program.replace(/\.ts$/, '.mjs')),
    remove: () => rm(directory, { recursive: true, force: true }),
  }
}
