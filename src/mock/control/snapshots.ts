import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HttpError } from '../api/http-error.ts'
import { parseJsonFile } from '../json-file.ts'
import { checkSeed } from '../seed/read-seed.ts'
import type { Seed } from '../seed/seed.ts'

/** Named snapshots: seeds in a folder, which survive the process and can be copied to another machine. */
export class Snapshots {
  readonly #folder: string | undefined

  constructor(folder: string | undefined) {
    this.#folder = folder
  }

  async save(name: string, seed: Seed): Promise<void> {
    const path = this.#pathOf(name)
    await mkdir(this.#folderThatIsSet(), { recursive: true, mode: 0o700 })
    // Under another name first, so that a snapshot is whole as soon as it is there.
    const arriving = `${path}.${process.pid}.arriving`
    await writeFile(arriving, `${JSON.stringify(seed, null, 2)}\n`, { mode: 0o600 })
    await rename(arriving, path)
  }

  async read(name: string): Promise<Seed> {
    const path = this.#pathOf(name)
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new HttpError(404, `There is no snapshot "${name}"`)
      throw error
    })
    return checkSeed(parseJsonFile(path, text), path)
  }

  /** The names, in alphabetical order. */
  async names(): Promise<string[]> {
    const files = await readdir(this.#folderThatIsSet()).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    return files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : [])).sort()
  }

  /** Removes a snapshot. Returns whether it was there. */
  async remove(name: string): Promise<boolean> {
    const isThere = (await this.names()).includes(name)
    await rm(this.#pathOf(name), { force: true })
    return isThere
  }

  #pathOf(name: string): string {
    if (!/^[\w-][\w.-]{0,99}$/.test(name)) {
      throw new HttpError(
        400,
        `Invalid snapshot name: must be 1 to 100 letters, digits or any of . _ - and not begin with a dot (received "${name}")`,
      )
    }
    return join(this.#folderThatIsSet(), `${name}.json`)
  }

  #folderThatIsSet(): string {
    if (this.#folder !== undefined) return this.#folder
    throw new HttpError(
      409,
      'Named snapshots need a folder. Set snapshotDir (--snapshots on the command line), or dataDir (--data).',
    )
  }
}
