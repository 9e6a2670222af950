import type { IncomingHttpHeaders } from 'node:http'

/** What preconditions compare: the current representation, if there is one. */
export interface Validators {
  /** Strong, in quotes. */
  readonly etag: string
  /** Milliseconds since 1970. */
  readonly lastModified: number
}

/**
 * The status with which the preconditions of a request end it, in the order of RFC 9110, section 13.2.2. Without one the
 * method is performed.
 */
export function failedPrecondition(
  method: string,
  headers: IncomingHttpHeaders,
  current: Validators | undefined,
): 304 | 412 | undefined {
  const isRead = method === 'GET' || method === 'HEAD'
  const unmodifiedSince = httpDate(headers['if-unmodified-since'])
  const modifiedSince = httpDate(headers['if-modified-since'])
  if (headers['if-match'] !== undefined) {
    if (!isListed(headers['if-match'], current, false)) return 412
  } else if (unmodifiedSince !== undefined && current && secondsOf(current) > unmodifiedSince) return 412
  if (headers['if-none-match'] !== undefined) {
    if (isListed(headers['if-none-match'], current, true)) return isRead ? 304 : 412
  } else if (isRead && modifiedSince !== undefined && current && secondsOf(current) <= modifiedSince) return 304
  return undefined
}

/** Whether a `Range` is to be heeded: without `If-Range`, or when its validator is still the current one. */
export function rangeApplies(condition: string | string[] | undefined, { etag, lastModified }: Validators): boolean {
  if (condition === undefined || condition === etag) return true
  return httpDate(String(condition)) === Math.floor(lastModified / 1000)
}

/** Whether a list of entity tags, or `*`, holds the current one. A weak tag matches in a weak comparison only. */
function isListed(list: string, current: Validators | undefined, isWeak: boolean): boolean {
  if (current === undefined) return false
  if (list.trim() === '*') return true
  const tags = list.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? []
  return tags.some((tag) => (isWeak ? tag.replace(/^W\//, '') : tag) === current.etag)
}

function secondsOf({ lastModified }: Validators): number {
  return Math.floor(lastModified / 1000)
}

/** An HTTP date in seconds since 1970. Anything else is ignored, as RFC 9110 demands. */
function httpDate(text: string | undefined): number | undefined {
  if (text === undefined || !/^[A-Z][a-z]+,? .*\d\d:\d\d:\d\d(?: GMT| \d{4})$/.test(text)) return undefined
  const time = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000)
}
