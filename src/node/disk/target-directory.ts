import { access, constants, lstat, mkdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { codeOf, onDisk, UnsafePathError } from './local-file-error.ts'
import { pathIdentity } from './safe-path.ts'

/** A directory that files are written into. Nothing is written outside of it. */
export class TargetDirectory {
  /** Absolute, without symlinks. */
  readonly root: string

  private constructor(root: string) {
    this.root = root
  }

  /** Opens the directory, which is created when it is missing. It may be a symlink itself: that is the caller's own choice. */
  static async open(path: string): Promise<TargetDirectory> {
    const root = resolve(path)
    await onDisk('create', root, mkdir(root, { recursive: true }))
    await onDisk('write to', root, access(root, constants.W_OK | constants.X_OK))
    return new TargetDirectory(await onDisk('read', root, realpath(root)))
  }

  /** Returns the absolute path of a path that `safeLocalPath` has made. */
  pathOf(relative: string): string {
    return join(this.root, ...relative.split('/'))
  }

  /**
   * Creates the directories above a file, one by one: `mkdir -p` would follow a symlink out of the target.
   * @throws UnsafePathError when one of them is a symlink or not a directory
   */
  async makeParents(relative: string): Promise<void> {
    let path = this.root
    for (const part of relative.split('/').slice(0, -1)) {
      path = join(path, part)
      try {
        await mkdir(path)
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') await onDisk('create', path, Promise.reject(error))
        const stats = await onDisk('read', path, lstat(path))
        if (stats.isSymbolicLink()) throw new UnsafePathError(relative, `${path} is a symlink`)
        if (!stats.isDirectory()) throw new UnsafePathError(relative, `${path} is not a directory`)
      }
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
