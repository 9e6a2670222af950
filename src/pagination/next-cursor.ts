import { InvalidRequestError } from '../errors/client-errors.ts'

/** The three ways the API pages, each as "which cursor comes after this answer". */

/** Channels and buckets: `offset` and `limit` say which page this is, `has_next` whether there is another. */
export function nextOffset(envelope: {
  readonly offset: number
  readonly limit: number
  readonly has_next: boolean
}): string | undefined {
  return envelope.has_next ? String(envelope.offset + envelope.limit) : undefined
}

/** Channel files and trigger runs: an opaque token, null, empty or absent at the end. A page can be empty and have one. */
export function nextToken(envelope: { readonly next_page_token?: string | null }): string | undefined {
  return envelope.next_page_token || undefined
}

/** Bucket files: the id of the last file; the page after the last file is empty. */
export function nextLastFile(envelope: {
  readonly last_file_id?: string | null
  readonly files: readonly unknown[]
}): string | undefined {
  return envelope.files.length === 0 ? undefined : envelope.last_file_id || undefined
}

/**
 * The query of a page of a list with tokens: a token goes alone, because it stands for all the other parameters.
 * Throws `InvalidRequestError` when the caller gives one together with another parameter.
 */
export function tokenQuery<Query extends { readonly next_page_token?: string }>(
  params: Query,
  cursor: string | undefined,
): Query | { next_page_token: string } {
  if (cursor !== undefined) return { next_page_token: cursor }
  const { next_page_token, ...others } = params
  if (next_page_token === undefined) return params
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  if (given.length === 0) return params
  const names = given.map(([name]) => name).join(', ')
  throw new InvalidRequestError(`next_page_token stands for the whole list: leave out ${names}, or the token.`)
}
