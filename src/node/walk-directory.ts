import type { Dirent, Stats } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
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
 * @throws LocalFileError when the folder itself cannot be read
 */
export async function* walkDirectory(root: string, options: WalkOptions): AsyncGenerator<Walked, void, undefined> {
  const { filter = () => true, dotFiles = false, followSymlinks = false } = options
  const top = resolve(root)
  const open: Folder[] = [{ path: '', above: followSymlinks ? [await identity(top)] : [] }]
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
        if (target instanceof LocalFileError) yield { kind: 'unreadable', path, error: target }
        else if (target.isDirectory()) {
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
    open.push(...found.reverse())
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

async function identity(path: string): Promise<string> {
  const { dev, ino } = await onDisk('read', path, stat(path, { bigint: true }))
  return `${dev}:${ino}`
}
