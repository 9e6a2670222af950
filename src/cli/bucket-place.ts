import { type AbejaClient, type BucketFile, type BucketStore, isApiError } from '../index.ts'

/** A file of a bucket, and the directory that it is in. */
export interface FileInBucket {
  readonly store: BucketStore
  /** Below that directory. */
  readonly name: string
  readonly file: BucketFile
}

/** Splits the location of a file; undefined for the path of a directory, which is empty or ends with a slash. */
export function locationOf(path: string): { readonly directory: string; readonly name: string } | undefined {
  if (path === '' || path.endsWith('/')) return undefined
  const cut = path.lastIndexOf('/')
  return { directory: path.slice(0, Math.max(0, cut)), name: path.slice(cut + 1) }
}

/** Returns the file at a path of a bucket; undefined for a directory, which only the platform knows. */
export async function fileInBucket(abeja: AbejaClient, id: string, path: string): Promise<FileInBucket | undefined> {
  const location = locationOf(path)
  if (location === undefined) return undefined
  const { directory, name } = location
  const store = abeja.buckets.files.in(id, directory)
  try {
    const file = await store.get(name)
    return file.is_file ? { store, name, file } : undefined
  } catch (error) {
    if (isApiError(error) && error.status === 404) return undefined
    throw error
  }
}

/** Returns the error for a path that is neither. A bucket has no empty directories. */
export function nothingThere({ address }: BucketStore): Error {
  return new Error(`There is nothing at ${address}: neither a file of that name nor a file below it.`)
}
