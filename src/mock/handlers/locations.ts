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
