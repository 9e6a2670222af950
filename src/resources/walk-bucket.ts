import type { BucketEntry } from './bucket-file-types.ts'

/**
 * Iterates over every file below a directory of a bucket. The documents do not say whether a list is recursive: when it
 * returns a file of a deeper directory, its subdirectories are not listed again.
 * @param list lists a directory, which is written with a leading slash
 * @param root without a slash at either end; empty for the whole bucket
 */
export async function* walkBucket(
  list: (directory: string) => AsyncIterable<BucketEntry>,
  root: string,
): AsyncGenerator<BucketEntry, void, undefined> {
  const open = [root]
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    const below = directory === '' ? '' : `${directory}/`
    const subdirectories: string[] = []
    let isRecursive = false
    for await (const entry of list(`/${directory}`)) {
      const location = entry.file_id.replace(/^\//, '')
      // A directory that lists itself, or one elsewhere, would be walked forever.
      if (!location.startsWith(below) || location === below) continue
      isRecursive ||= location.slice(below.length).replace(/\/$/, '').includes('/')
      // An entry that does not say what it is must not be left out.
      if (entry.is_file !== false) yield entry
      else subdirectories.push(location.replace(/\/$/, ''))
    }
    if (isRecursive) continue
    // One by one: a call cannot have as many arguments as a directory can have subdirectories.
    for (const subdirectory of subdirectories.reverse()) open.push(subdirectory)
  }
}
