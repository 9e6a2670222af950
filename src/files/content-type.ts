import type { OpenedContent } from './upload-body.ts'

const UNKNOWN = 'application/octet-stream'

/**
 * The content type of an upload: the given one; else what the content knows; else what its name ends in; else
 * `application/octet-stream`. The table of names is loaded only when it is asked: it is larger than all of the client.
 */
export async function contentTypeOf(given: string | undefined, { type, name }: OpenedContent): Promise<string> {
  const known = given || type
  if (known) return known
  return name === undefined ? UNKNOWN : contentTypeOfName(name)
}

/** The content type that a file name stands for. */
export async function contentTypeOfName(name: string): Promise<string> {
  const base = name.slice(name.lastIndexOf('/') + 1)
  if (!base.includes('.')) return UNKNOWN
  try {
    const { lookup } = await import('mrmime')
    return lookup(base) ?? UNKNOWN
  } catch {
    // A service worker cannot load anything later: an upload must not fail for its type.
    return UNKNOWN
  }
}
