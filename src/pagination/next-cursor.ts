import { InvalidRequestError } from '../errors/errors.ts'
import { boolean, count, isRecord, type JsonObject, UnexpectedMember, unexpected } from '../http/response-check.ts'

/**
 * Returns the cursor that comes after a page; undefined on the last page. A list must never end early without an error,
 * so a page that cannot be the last throws `UnexpectedMember` when it has no cursor that the client knows.
 */
export type NextCursor = (page: JsonObject) => string | undefined

/** Channels, buckets and datasources: `offset` and `limit` identify the page, `has_next` announces another. */
export const nextOffset: NextCursor = ({ has_next, limit, offset }) => {
  boolean(has_next, 'has_next')
  if (has_next === false) return undefined
  count(offset, 'offset')
  count(limit, 'limit')
  return String(Number(offset) + Number(limit))
}

/** Channel files and trigger runs: an opaque token; null, empty or missing at the end. An empty page can have one. */
export const nextToken: NextCursor = (page) => {
  const token = cursorIn(page, 'next_page_token')
  if (token === undefined) requireLastPage(page, ['next_page_token'])
  return token
}

/** Triggers: the API returns all of them at once. */
export const noCursor: NextCursor = (page) => {
  requireLastPage(page, [])
  return undefined
}

/** No file id contains two slashes in a row, so this cursor is never taken for one. */
const START_AFTER = 'start_after//'

/**
 * Bucket files: the documented `last_file_id`, or the `next_start_after` that the platform's command line uses. The
 * page after the last file is empty, and can repeat the cursor.
 * @param itemsPerPage the page size that the caller requested
 */
export function nextBucketFile(itemsPerPage: number | undefined): NextCursor {
  return (page) => {
    const items = Array.isArray(page.files) ? page.files.length : 0
    if (items === 0) return undefined
    const lastFile = cursorIn(page, 'last_file_id')
    if (lastFile !== undefined) return lastFile
    const startAfter = cursorIn(page, 'next_start_after')
    if (startAfter !== undefined) return START_AFTER + startAfter
    requireLastPage(page, ['last_file_id', 'next_start_after'])
    if (itemsPerPage !== undefined && items >= itemsPerPage) {
      const members = Object.keys(page).join(', ')
      throw new UnexpectedMember(
        `the page is full (${items} items) and may not be the last, but has neither last_file_id nor next_start_after (members found: ${members})`,
      )
    }
    return undefined
  }
}

/** Returns the query of the page of bucket files at a cursor. */
export function bucketFileCursor(
  cursor: string | undefined,
): { last_file_id?: string; start_after?: string } | undefined {
  if (cursor === undefined) return undefined
  if (!cursor.startsWith(START_AFTER)) return { last_file_id: cursor }
  return { start_after: cursor.slice(START_AFTER.length) }
}

/**
 * Returns the query of a page of channel files: a token must be the only parameter, because it contains the others.
 * Throws `InvalidRequestError` when the caller passes one together with another parameter.
 */
export function tokenQuery<Query extends { readonly next_page_token?: string | undefined }>(
  params: Query,
  cursor: string | undefined,
): Query | { next_page_token: string } {
  if (cursor !== undefined) return { next_page_token: cursor }
  const { next_page_token, ...others } = params
  if (next_page_token === undefined) return params
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  if (given.length === 0) return params
  const names = given.map(([name]) => name).join(', ')
  throw new InvalidRequestError(
    `next_page_token must be the only parameter (received ${names} as well). Omit either the token or the others.`,
  )
}

function cursorIn(page: JsonObject, name: string): string | undefined {
  const value = page[name]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') throw unexpected(name, 'a string or null', value)
  return value
}

const LIKE_A_CURSOR = /next|cursor|marker|token|continu|more|truncated|after|^last(?!.*(modified|updated))/i
const BACKWARDS = /^prev/i

/** Throws when a page announces another one in a way that the client does not know. */
function requireLastPage(page: JsonObject, known: readonly string[]): void {
  const found = Object.entries(page).flatMap(([name, value]) =>
    known.includes(name) ? [] : cursorsIn(name, value).concat(isRecord(value) ? nestedCursors(name, value) : []),
  )
  if (found.length === 0) return
  throw new UnexpectedMember(
    `the page has no cursor that this client knows, but seems not to be the last (members found: ${found.join(', ')})`,
  )
}

function nestedCursors(parent: string, members: JsonObject): string[] {
  return Object.entries(members).flatMap(([name, value]) => cursorsIn(name, value).map((found) => `${parent}.${found}`))
}

function cursorsIn(name: string, value: unknown): string[] {
  const isSet = Boolean(value) && !isRecord(value) && !(Array.isArray(value) && value.length === 0)
  return isSet && LIKE_A_CURSOR.test(name) && !BACKWARDS.test(name) ? [name] : []
}
