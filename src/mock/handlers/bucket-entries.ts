import type { BucketFile } from '../store/rows.ts'
import type { Order } from '../store/sorted-rows.ts'
import type { Store } from '../store/store.ts'
import { compare } from './sort.ts'

/** Compares code units, as `<` does, so that a position in a list can be found again. */
const byLocation: Order<BucketFile> = {
  id: 'location',
  keyOf: ({ location }) => [location],
  compare: (a, b) => compare(a[0], b[0]),
}

/**
 * What is directly in a folder, by name: files, and the names of folders with a trailing slash. `folder` is such a name,
 * or empty for the root. Begins after the entry or location `after`. Costs what is taken of it, as it jumps over the
 * contents of each folder.
 */
export function* entriesIn(
  store: Store,
  bucketId: string,
  folder: string,
  after: string,
): Generator<BucketFile | string> {
  const files = store.bucketFiles.sorted(bucketId, byLocation)
  for (let from = after < folder ? folder : behind(after, folder); ; ) {
    const file = files.firstFrom([from])
    if (!file?.location.startsWith(folder)) return
    const subfolder = subfolderOf(file.location, folder)
    yield subfolder ?? file
    from = behind(subfolder ?? file.location, folder)
  }
}

/** The first location that can be in the entry after the one of `location`. */
function behind(location: string, folder: string): string {
  const subfolder = location.startsWith(folder) ? subfolderOf(location, folder) : undefined
  // `0` is the character after the slash.
  return subfolder === undefined ? `${location}\0` : `${subfolder.slice(0, -1)}0`
}

function subfolderOf(location: string, folder: string): string | undefined {
  const slash = location.indexOf('/', folder.length)
  return slash < 0 ? undefined : location.slice(0, slash + 1)
}
