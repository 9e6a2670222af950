import type { Dirent, Stats } from 'node:fs'
import { lstat, opendir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LocalFileError, onDisk } from './local-file-error.ts'

/** What is walked over. */
export interface WalkOptions {
  /**
   * Whether a file is taken, by its path relative to the folder, with `/`. A folder is asked for with a slash at the end
   * of its path; one that is not taken is not entered.
   */
  readonly filter?: ((path: string) => boolean) | undefined
  /**
   * Whether files and folders whose name starts with a dot are taken.
   * @default false
   */
  readonly dotFiles?: boolean | undefined
  /**
   * Whether symlinks are followed. A folder that contains itself is not entered again.
   * @default false
   */
  readonly followSymlinks?: boolean | undefined
}

/** A file, something that is not transferred, or something that could not be read. */
export type Walked =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: 'symlink' | 'special' }
  | { readonly kind: 'unreadable'; readonly path: string; readonly error: LocalFileError }

interface Folder {
  readonly path: string
  /** The folders above it, each as device and inode: only with symlinks a folder can be among its own. */
  readonly above: readonly string[]
}

/**
 * Walks a folder, file by file, in the order the system has them; folders come after the files beside them. Nothing is
 * read ahead, and a folder of a million files is not held in memory.
 * @param from a folder below it, with a slash at the end, to walk that one alone
 * @throws LocalFileError when the folder itself cannot be read
 */
export async function* walkDirectory(
  root: string,
  options: WalkOptions,
  from = '',
): AsyncGenerator<Walked, void, undefined> {
  const { filter = () => true, dotFiles = false, followSymlinks = false } = options
  const top = resolve(root)
  const open: Folder[] = [{ path: from, above: followSymlinks ? await identities(top, from) : [] }]
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const found: Folder[] = []
    try {
      for await (const entry of entriesOf(join(top, folder.path))) {
        if (entry.name.startsWith('.') && !dotFiles) continue
        const path = `${folder.path}${entry.name}`
        const link = entry.isSymbolicLink()
        if (link && !followSymlinks) {
          if (filter(path)) yield { kind: 'skipped', path, reason: 'symlink' }
          continue
        }
        const target = link ? await stated(join(top, path)) : entry
        if (target instanceof LocalFileError) {
          if (filter(path)) yield { kind: 'unreadable', path, error: target }
        } else if (target.isDirectory()) {
          const own = followSymlinks ? await identity(join(top, path)) : ''
          if (folder.above.includes(own)) yield { kind: 'skipped', path, reason: 'symlink' }
          else if (filter(`${path}/`)) found.push({ path: `${path}/`, above: own ? [...folder.above, own] : [] })
        } else if (!filter(path)) continue
        else if (target.isFile()) yield { kind: 'file', path }
        else yield { kind: 'skipped', path, reason: 'special' }
      }
    } catch (error) {
      if (folder.path === '' || !(error instanceof LocalFileError)) throw error
      yield { kind: 'unreadable', path: folder.path, error }
    }
    // One by one: so many arguments as a folder can have folders are too many for a call.
    for (const one of found.reverse()) open.push(one)
  }
}

/**
 * Looks once more at a path that an earlier walk has found; of a folder, at all that is below it. What is to be skipped is
 * skipped again, and what was a link that could not be followed may be a file now.
 */
export async function* walkAgain(
  root: string,
  path: string,
  options: WalkOptions,
): AsyncGenerator<Walked, void, undefined> {
  const plain = path.replace(/\/$/, '')
  const full = join(resolve(root), plain)
  try {
    const link = (await onDisk('read', full, lstat(full))).isSymbolicLink()
    if (link && !options.followSymlinks) {
      yield { kind: 'skipped', path: plain, reason: 'symlink' }
      return
    }
    const target = await onDisk('read', full, stat(full))
    if (target.isDirectory()) yield* walkDirectory(root, options, `${plain}/`)
    else if (target.isFile()) yield { kind: 'file', path: plain }
    else yield { kind: 'skipped', path: plain, reason: 'special' }
  } catch (error) {
    if (!(error instanceof LocalFileError)) throw error
    yield { kind: 'unreadable', path, error }
  }
}

async function* entriesOf(path: string): AsyncGenerator<Dirent, void, undefined> {
  const folder = await onDisk('read', path, opendir(path, { bufferSize: 128 }))
  try {
    for (;;) {
      const entry = await onDisk('read', path, folder.read())
      if (entry === null) return
      yield entry
    }
  } finally {
    await folder.close()
  }
}

async function stated(path: string): Promise<Stats | Dirent | LocalFileError> {
  return onDisk('read', path, stat(path)).catch((error: LocalFileError) => error)
}

/** Of a folder below the top, and of all above it. */
function identities(top: string, path: string): Promise<string[]> {
  const parts = path.split('/')
  return Promise.all(parts.map((_, index) => identity(join(top, ...parts.slice(0, index)))))
}

async function identity(path: string): Promise<string> {
  const { dev, ino } = await onDisk('read', path, stat(path, { bigint: true }))
  return `${dev}:${ino}`
}
