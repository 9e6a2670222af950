import { access, constants, lstat, mkdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { codeOf, onDisk, UnsafePathError } from './local-file-error.ts'
import { pathIdentity } from './safe-path.ts'

/** A folder that files are written into, and nothing outside of it. */
export class TargetFolder {
  /** Absolute, without symlinks. */
  readonly root: string

  private constructor(root: string) {
    this.root = root
  }

  /** Opens the folder, and makes it when it is missing. It may be a symlink itself: that is the caller's own choice. */
  static async open(path: string): Promise<TargetFolder> {
    const root = resolve(path)
    await onDisk('create', root, mkdir(root, { recursive: true }))
    await onDisk('write to', root, access(root, constants.W_OK | constants.X_OK))
    return new TargetFolder(await onDisk('read', root, realpath(root)))
  }

  /** Where a path of `safeLocalPath` stands. */
  pathOf(relative: string): string {
    return join(this.root, ...relative.split('/'))
  }

  /**
   * Makes the folders above a file, one by one: `mkdir -p` would follow a symlink out of the folder.
   * @throws UnsafePathError when one of them is a symlink or no folder
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
        if (!stats.isDirectory()) throw new UnsafePathError(relative, `${path} is no folder`)
      }
    }
  }

  /**
   * Looks whether the folder of a file still is where it should be.
   * @throws UnsafePathError when something was put in its place
   */
  async check(relative: string): Promise<void> {
    const parent = dirname(this.pathOf(relative))
    const real = await onDisk('read', parent, realpath(parent))
    const isInside = real === this.root || real.startsWith(this.root.endsWith(sep) ? this.root : this.root + sep)
    // A disk that does not tell case apart answers the case it has.
    if (!isInside || pathIdentity(real) !== pathIdentity(parent))
      throw new UnsafePathError(relative, `${parent} leads to ${real}`)
  }
}
