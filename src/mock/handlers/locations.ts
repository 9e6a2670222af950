/** Why a location cannot be used for a file of a bucket, or nothing if it can. */
export function faultOfLocation(location: string): string | undefined {
  if (location === '') return 'must not be empty'
  if (location.startsWith('/') || location.endsWith('/')) return 'must not begin or end with a slash'
  const segments = location.split('/')
  if (segments.includes('')) return 'must not have two slashes in a row'
  if (segments.includes('.') || segments.includes('..')) return 'must not have a . or .. in it'
  return undefined
}

/** `aaa/bbb` for `/aaa/bbb`, as responses show it. */
export function withoutSlash(fileId: string): string {
  return fileId.replace(/^\/+/, '')
}

/**
 * What is directly in a folder: names of files, and names of folders with a slash behind. `prefix` is such a name,
 * or empty for the root.
 */
export function entriesOf(locations: Iterable<string>, prefix: string): string[] {
  const names = new Set<string>()
  for (const location of locations) {
    if (!location.startsWith(prefix)) continue
    const slash = location.indexOf('/', prefix.length)
    names.add(slash < 0 ? location : location.slice(0, slash + 1))
  }
  return [...names].sort(byCodeUnits)
}

/** The order that comparing with `<` has too, so that a position in a list can be found again. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : 1
}
