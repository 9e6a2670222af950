import { fstatSync, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { isPartialFile } from './partial-file.ts'

/** What the system knows a file by, whatever links lead to it. */
interface Identity {
  readonly dev: bigint
  readonly ino: bigint
}

/**
 * The files that a transfer itself writes: its journal, the lock of it, partial files, and the file that standard output or
 * error is redirected to, such as that of a report. They are not transferred, and not replaced by a download.
 */
export class OwnFiles {
  readonly #identities: readonly Identity[]

  private constructor(identities: readonly Identity[]) {
    this.#identities = identities
  }

  /** @param paths the files besides the outputs of the process; they may be missing */
  static async find(paths: readonly string[]): Promise<OwnFiles> {
    const found = await Promise.all(paths.map((path) => stat(path, { bigint: true }).catch(() => undefined)))
    return new OwnFiles([...found, outputFile(1), outputFile(2)].filter((one) => one !== undefined))
  }

  async includes(path: string, { ino }: Stats): Promise<boolean> {
    if (isPartialFile(basename(path))) return true
    // As a number an inode can be the rounded one of another file.
    if (!this.#identities.some((one) => Number(one.ino) === ino)) return false
    const exact = await stat(path, { bigint: true }).catch(() => undefined)
    return exact !== undefined && this.#identities.some((one) => one.dev === exact.dev && one.ino === exact.ino)
  }
}

function outputFile(descriptor: number): Identity | undefined {
  try {
    const stats = fstatSync(descriptor, { bigint: true })
    return stats.isFile() ? stats : undefined
  } catch {
    return undefined
  }
}
