import { createHash, randomUUID } from 'node:crypto'
import { copyFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { execute } from './execute.ts'

const HERE = join(import.meta.dirname, 'generators')
const CACHE = join(import.meta.dirname, '../../node_modules/.cache')

/**
 * Installs the generators beside the project's own packages, so that `npm ci` need not carry them (160 MB), and without
 * install scripts. Takes half a minute the first time.
 * @returns the folder with their package.json and node_modules
 */
export async function installGenerators(): Promise<string> {
  const lock = await readFile(join(HERE, 'package-lock.json'))
  const folder = join(CACHE, `language-generators-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`)
  if (await exists(folder)) return folder
  const unfinished = `${folder}-${randomUUID()}`
  try {
    await mkdir(unfinished, { recursive: true })
    for (const file of ['package.json', 'package-lock.json']) await copyFile(join(HERE, file), join(unfinished, file))
    await execute(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: unfinished })
    await rename(unfinished, folder).catch(async (error: Error) => {
      // Somebody else was faster.
      if (!(await exists(folder))) throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  return folder
}

async function exists(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  )
}
