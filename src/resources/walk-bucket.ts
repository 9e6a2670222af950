import type { BucketEntry } from './bucket-file-types.ts'

/**
 * Every file below a folder of a bucket. The documents leave open whether a list stays in its folder or goes down: when it
 * tells a file of a deeper folder it goes down by itself, and its folders are not listed once more.
 * @param list lists a folder, which is written with a slash in front
 * @param root without a slash at either end; empty for the whole bucket
 */
export async function* walkBucket(
  list: (folder: string) => AsyncIterable<BucketEntry>,
  root: string,
): AsyncGenerator<BucketEntry, void, undefined> {
  const open = [root]
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const below = folder === '' ? '' : `${folder}/`
    const folders: string[] = []
    let goesDown = false
    for await (const entry of list(`/${folder}`)) {
      const location = entry.file_id.replace(/^\//, '')
      // A folder that names itself, or something elsewhere, would be walked for ever.
      if (!location.startsWith(below) || location === below) continue
      goesDown ||= location.slice(below.length).replace(/\/$/, '').includes('/')
      // An entry that does not say what it is must not be left out.
      if (entry.is_file !== false) yield entry
      else folders.push(location.replace(/\/$/, ''))
    }
    if (goesDown) continue
    // One by one: so many arguments as a folder can have folders are too many for a call.
    for (const one of folders.reverse()) open.push(one)
  }
}
