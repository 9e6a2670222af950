import type { Dirent, Stats } from 'node:fs'
import { lstat, opendir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { delay } from '../../http/abort.ts'
import { isOutOfFileHandles, LocalFileError, onDisk } from './local-file-error.ts'

/** Whether a file or directory is taken. */
export type PathFilter = (path: string) => boolean | Promise<boolean>

/** What is walked. */
export interface WalkOptions {
  /**
   * Whether a file is taken, by its path relative to the directory, with `/` and in Unicode's composed form (NFC), whatever
   * form the disk has. A directory is asked for with a slash at the end of its path; one that is not taken is not entered.
   * When the filter throws or rejects, that file or directory fails.
   */
  readonly filter?: PathFilter | undefined
  /**
   * Whether files and directories whose name starts with a dot are taken.
   * @default false
   */
  readonly dotFiles?: boolean | undefined
  /**
   * Whether symlinks are followed. A directory that contains itself is not entered again.
   * @default false
   */
  readonly followSymlinks?: boolean | undefined
}

/** A file, something that is not transferred, or something that could not be read. */
export type Walked =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: 'symlink' | 'special' }
  | { readonly kind: 'unreadable'; readonly path: string; readonly error: unknown }

interface Directory {
  readonly kind: 'directory'
  readonly path: string
  /** The directories above it, each as device and inode: only with symlinks a directory can be among its own. */
  readonly above: readonly string[]
}

/** The pauses before a directory is opened again while the system has no free file handle, in milliseconds. */
const HANDLE_PAUSES = [50, 200, 800, 2_000, 4_000]

/**
 * Walks a directory, file by file, in the order of the file system; directories come after the files beside them. Nothing is
 * read ahead: a directory of a million files is not held in memory. A directory or link that cannot be read is one
 * unreadable entry.
 * @param from a directory below it, with a slash at the end, to walk that one alone
 * @throws LocalFileError when the directory itself cannot be read
 */
export async function* walkDirectory(
  root: string,
  options: WalkOptions,
  from = '',
): AsyncGenerator<Walked, void, undefined> {
  const top = resolve(root)
  const above = options.followSymlinks ? await identities(top, from) : []
  const open: Directory[] = [{ kind: 'directory', path: from, above }]
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    const found: Directory[] = []
    try {
      for await (const entry of entriesOf(join(top, directory.path))) {
        const one = await entryOf(top, directory, entry, options)
        if (one?.kind === 'directory') found.push(one)
        else if (one) yield one
      }
    } catch (error) {
      if (directory.path === '' || !(error instanceof LocalFileError)) throw error
      yield { kind: 'unreadable', path: directory.path, error }
    }
    // One by one: a directory can have more directories than a call can have arguments.
    for (const one of found.reverse()) open.push(one)
  }
}

/** Whether a filter takes a path. */
export function isTaken(filter: PathFilter | undefined, path: string): boolean | Promise<boolean> {
  return filter === undefined || filter(path.normalize('NFC'))
}

async function entryOf(
  top: string,
  { path: parent, above }: Directory,
  entry: Dirent,
  { filter, dotFiles = false, followSymlinks = false }: WalkOptions,
): Promise<Walked | Directory | undefined> {
  if (entry.name.startsWith('.') && !dotFiles) return undefined
  const path = `${parent}${entry.name}`
  const full = join(top, path)
  const isLink = entry.isSymbolicLink()
  try {
    if (isLink && !followSymlinks) {
      return (await isTaken(filter, path)) ? { kind: 'skipped', path, reason: 'symlink' } : undefined
    }
    const target = isLink ? await statOrError(full) : entry
    if (target instanceof LocalFileError) {
      return (await isTaken(filter, path)) ? { kind: 'unreadable', path, error: target } : undefined
    }
    if (target.isDirectory()) {
      const own = followSymlinks ? await identity(full) : undefined
      if (own !== undefined && above.includes(own)) return { kind: 'skipped', path, reason: 'symlink' }
      if (!(await isTaken(filter, `${path}/`))) return undefined
      return { kind: 'directory', path: `${path}/`, above: own === undefined ? [] : [...above, own] }
    }
    if (!(await isTaken(filter, path))) return undefined
    return target.isFile() ? { kind: 'file', path } : { kind: 'skipped', path, reason: 'special' }
  } catch (error) {
    return { kind: 'unreadable', path: entry.isDirectory() ? `${path}/` : path, error }
  }
}

/**
 * Looks again at a path that an earlier walk has found; of a directory, at all that is below it. What is to be skipped is
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
    const isLink = (await onDisk('read', full, lstat(full))).isSymbolicLink()
    if (isLink && !options.followSymlinks) {
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
  const directory = await openPatiently(path)
  try {
    for (;;) {
      const entry = await onDisk('read', path, directory.read())
      if (entry === null) return
      yield entry
    }
  } finally {
    await directory.close()
  }
}

async function openPatiently(path: string) {
  for (const pauseMs of HANDLE_PAUSES) {
    try {
      return await onDisk('read', path, opendir(path, { bufferSize: 128 }))
    } catch (error) {
      if (!isOutOfFileHandles(error)) throw error
      await delay(pauseMs, undefined)
    }
  }
  return onDisk('read', path, opendir(path, { bufferSize: 128 }))
}

async function statOrError(path: string): Promise<Stats | LocalFileError> {
  return onDisk('read', path, stat(path)).catch((error: LocalFileError) => error)
}

/** Of a directory below the top, and of all above it. */
function identities(top: string, path: string): Promise<string[]> {
  const parts = path.split('/')
  return Promise.all(parts.map((_, index) => identity(join(top, ...parts.slice(0, index)))))
}

async function identity(path: string): Promise<string> {
  const { dev, ino } = await onDisk('read', path, stat(path, { bigint: true }))
  return `${dev}:${ino}`
}
