import { access, constants, lstat, mkdir, readdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { codeOf, onDisk, UnsafePathError } from './local-file-error.ts'
import { pathIdentity } from './safe-path.ts'

/** A directory that files are written into. Nothing is written outside of it. */
export class TargetDirectory {
  /** Absolute, without symlinks. */
  readonly root: string
  /** The directories that were found or created, by their paths relative to the target. */
  readonly #directories = new Set<string>()
  /** Those of them that were empty then. */
  readonly #new = new Set<string>()

  private constructor(root: string, isEmpty: boolean) {
    this.root = root
    if (isEmpty) this.#new.add('')
  }

  /** Opens the directory, which is created when it is missing. It may be a symlink itself: that is the caller's own choice. */
  static async open(path: string): Promise<TargetDirectory> {
    const root = resolve(path)
    await onDisk('create', root, mkdir(root, { recursive: true }))
    await onDisk('write to', root, access(root, constants.W_OK | constants.X_OK))
    const isEmpty = (await onDisk('read', root, readdir(root))).length === 0
    return new TargetDirectory(await onDisk('read', root, realpath(root)), isEmpty)
  }

  /** Returns the absolute path of a path that `safeLocalPath` has made. */
  pathOf(relative: string): string {
    return join(this.root, ...relative.split('/'))
  }

  /**
   * Creates the directories above a file, one by one: `mkdir -p` would follow a symlink out of the target. Each is looked at
   * once: remote names cannot make symlinks, and what somebody else does meanwhile is found by `check`.
   * @throws UnsafePathError when one of them is a symlink or not a directory
   */
  async makeParents(relative: string): Promise<void> {
    for (let end = relative.indexOf('/'); end >= 0; end = relative.indexOf('/', end + 1)) {
      const directory = relative.slice(0, end)
      if (this.#directories.has(directory)) continue
      await this.#make(directory, relative)
      this.#directories.add(directory)
    }
  }

  /** Whether nothing exists at the path of a file: this transfer itself has created the directory, or has found it empty. */
  isNew(relative: string): boolean {
    const parent = relative.slice(0, Math.max(0, relative.lastIndexOf('/')))
    return this.#new.has(parent) && !this.#directories.has(relative)
  }

  async #make(directory: string, relative: string): Promise<void> {
    const path = this.pathOf(directory)
    try {
      await mkdir(path)
      this.#new.add(directory)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') await onDisk('create', path, Promise.reject(error))
      const stats = await onDisk('read', path, lstat(path))
      if (stats.isSymbolicLink()) throw new UnsafePathError(relative, `${path} is a symlink`)
      if (!stats.isDirectory()) throw new UnsafePathError(relative, `${path} is not a directory`)
    }
  }

  /**
   * Checks that the directory of a file still is where it should be.
   * @throws UnsafePathError when something else has taken its place
   */
  async check(relative: string): Promise<void> {
    const parent = dirname(this.pathOf(relative))
    const real = await onDisk('read', parent, realpath(parent))
    const isInside = real === this.root || real.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep)
    // A case-insensitive file system returns the case that it has stored.
    if (!isInside || pathIdentity(real) !== pathIdentity(parent))
      throw new UnsafePathError(relative, `${parent} leads to ${real}`)
  }
}
