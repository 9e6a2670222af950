import { pathIdentity, safeLocalPath } from '../disk/safe-path.ts'
import type { RemoteFile } from '../remote/remote-files.ts'
import type { NamingPolicy } from '../report/report.ts'

/** The path of a file; superseded when a newer file has its name, so that it is not written. */
export type LocalName = { readonly path: string } | { readonly path: string; readonly superseded: true }

/** Allocates a unique path for every file of a list, in the order of the list. */
export class PathAllocator {
  readonly #policy: NamingPolicy
  readonly #exists: (path: string) => Promise<boolean>
  readonly #isReserved: (identity: string) => boolean
  /** The name that has each path, by its identity: two names can be one path where case is ignored. */
  readonly #taken = new Map<string, string>()
  /** The last number of each path: thousands of files can have one name. */
  readonly #numbers = new Map<string, number>()
  /** The names whose files have a path that differs from the name. */
  readonly #renamed = new Set<string>()

  /**
   * @param exists whether a path already exists on disk: `numbered` does not replace it
   * @param isReserved whether a numbered path, by its `pathIdentity`, belongs to a file that has no path from this object
   */
  constructor(
    policy: NamingPolicy,
    exists: (path: string) => Promise<boolean>,
    isReserved: (identity: string) => boolean = () => false,
  ) {
    this.#policy = policy
    this.#exists = exists
    this.#isReserved = isReserved
  }

  /**
   * Keeps the path that a file has from an earlier run, unless a newer file has its name.
   * @throws UnsafePathError for a name that cannot be a path in the directory
   */
  async keep(file: Pick<RemoteFile, 'id' | 'name'>, path: string): Promise<LocalName> {
    const wanted = this.#wanted(file)
    const identity = pathIdentity(path)
    if (this.#policy === 'filename') {
      if (this.#isGiven(wanted, identity)) return { path, superseded: true }
      if (this.#taken.has(identity)) return this.of(file)
    }
    this.#take(identity, wanted)
    return { path }
  }

  /** Keeps a path from being allocated. */
  reserve(path: string): void {
    if (this.#policy !== 'filename') this.#taken.set(pathIdentity(path), '')
  }

  /**
   * Allocates the path of a file.
   * @throws UnsafePathError for a name that cannot be a path in the directory
   */
  async of(file: Pick<RemoteFile, 'id' | 'name'>): Promise<LocalName> {
    const wanted = this.#wanted(file)
    const path = safeLocalPath(wanted)
    const identity = pathIdentity(path)
    if (this.#policy === 'filename' && this.#isGiven(wanted, identity)) return { path, superseded: true }
    for (let number = (this.#numbers.get(identity) ?? 0) + 1; ; number++) {
      const candidate = number === 1 ? path : numbered(path, number)
      if (this.#taken.has(pathIdentity(candidate))) continue
      if (number > 1 && this.#isReserved(pathIdentity(candidate))) continue
      if (this.#policy === 'numbered' && (await this.#exists(candidate))) continue
      if (number > 1) this.#numbers.set(identity, number)
      this.#take(pathIdentity(candidate), wanted)
      return { path: candidate }
    }
  }

  #wanted({ id, name }: Pick<RemoteFile, 'id' | 'name'>): string {
    return this.#policy === 'id' ? id : name
  }

  /** Whether a file with exactly this name has a path: of several, the newest is listed first. */
  #isGiven(wanted: string, identity: string): boolean {
    return this.#taken.get(identity) === wanted || this.#renamed.has(wanted)
  }

  #take(identity: string, wanted: string): void {
    this.#taken.set(identity, wanted)
    if (this.#policy === 'filename' && identity !== pathIdentity(wanted)) this.#renamed.add(wanted)
  }
}

/** `photos/cat.jpg` as `photos/cat (2).jpg`. */
function numbered(path: string, number: number): string {
  const start = path.lastIndexOf('/') + 1
  const dot = path.lastIndexOf('.')
  const end = dot > start ? dot : path.length
  return `${path.slice(0, end)} (${number})${path.slice(end)}`
}
