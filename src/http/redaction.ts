import type { HeaderRecord } from './headers.ts'

/**
 * Errors and events show only these. Allow-lists rather than deny-lists, so that unknown names stay hidden, as in the
 * sanitizer of Azure's core-rest-pipeline.
 */
const SAFE_QUERY_NAMES =
  /^(conflict_target|end|filter_archived|items_per_page|lifetime|limit|offset|scan_forward|sort|start|target_dir|timezone)$/

const SAFE_HEADER_NAMES =
  /^(accept-ranges|allow|content-(encoding|length|range|type)|date|etag|last-modified|retry-after|server|x-(abeja-)?request-id)$/

/** Replaces what must not be shown. */
export const REDACTED = 'REDACTED'

/** Returns the URL without user info and fragment; only query values whose name is on the allow-list are shown. */
export function redactUrl(url: string): string {
  if (!/[?@#]/.test(url)) return url
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return REDACTED
  }
  const query = queryPairs(url).map(({ name, value, isSafe }) => {
    // Without a value, the name itself can be the secret.
    if (value === '' && !isSafe) return REDACTED
    return `${encodeURIComponent(name)}=${isSafe ? encodeURIComponent(value) : REDACTED}`
  })
  return `${parsed.origin}${parsed.pathname}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** Returns the values of a query that must not be shown, both encoded and decoded. */
function hiddenQueryValues(url: string): string[] {
  return queryPairs(url).flatMap(({ name, value, raw, isSafe }) =>
    isSafe ? [] : [value === '' ? name : value, raw.slice(raw.indexOf('=') + 1)],
  )
}

function queryPairs(url: string) {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  return query.split('&').flatMap((raw) => {
    const [pair] = new URLSearchParams(raw)
    if (!pair) return []
    const [name, value] = pair
    return [{ name, value, raw, isSafe: SAFE_QUERY_NAMES.test(name) }]
  })
}

/** Returns the headers that may be shown. */
export function safeHeaders(headers: Headers, redact: Redact): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const [name, value] of headers) if (SAFE_HEADER_NAMES.test(name)) shown[name] = redact(value)
  return shown
}

/** Removes secrets from a text: servers, proxies and the errors of `fetch` repeat what they received. */
export type Redact = (text: string) => string

/** What one call sent, and what a response may therefore repeat. */
interface SentRequest {
  readonly url: string
  readonly headers: HeaderRecord
}

/** Removing anything shorter would remove ordinary words. */
const SHORTEST_SECRET = 6

/** The headers whose values are not secret; those of any other header, added by the caller, may be. */
const PLAIN_HEADER = /^(accept|accept-encoding|content-length|content-type|if-range|range|user-agent|x-abeja-meta-.*)$/

const ADDRESS = /https?:(?:\\?\/){2}[^\s"'<>]+/gi
// With a digit in it: "Basic authentication" is prose.
const CREDENTIAL = /\b(bearer|basic)\s+(?=[^\s"]*\d)[\w.~+/=-]{8,}/gi
const SECRET_FIELD = /("secret"\s*:\s*")(?:[^"\\]|\\.)*/g

/** Returns a redactor for what came back from a call: it knows the secrets of the call, and what others look like. */
export function redactorOf(
  { url, headers }: SentRequest,
  authorization: { readonly secrets: readonly string[] } | undefined,
): Redact {
  const extra = Object.entries(headers).flatMap(([name, value]) => (PLAIN_HEADER.test(name) ? [] : [value]))
  const secrets = [...(authorization?.secrets ?? []), ...hiddenQueryValues(url), ...extra]
  const known = [...new Set(secrets.filter(({ length }) => length >= SHORTEST_SECRET).flatMap(waysToWrite))]
  // The longest first: one can be a part of another.
  known.sort((a, b) => b.length - a.length)
  const shownUrl = redactUrl(url)
  return (text) => {
    const withoutUrl = shownUrl === url ? text : text.replaceAll(url, shownUrl)
    return known
      .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), withoutUrl)
      .replaceAll(ADDRESS, (address) => redactUrl(address.replaceAll('\\/', '/')))
      .replaceAll(CREDENTIAL, `$1 ${REDACTED}`)
      .replaceAll(SECRET_FIELD, `$1${REDACTED}`)
  }
}

/** Redacts every text within a parsed JSON value. */
export function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact))
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    redact(key),
    key === 'secret' ? REDACTED : redactValue(item, redact),
  ])
  return Object.fromEntries(entries)
}

function waysToWrite(secret: string): string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), secret.replaceAll('/', '\\/')]
}

/** An error is inspected down to this depth; what is deeper is not shown. */
const DEEPEST = 6

/**
 * Returns the `cause` of an error of this package: the given error when it is plain and contains no secret of the call,
 * otherwise a copy with its name, code, stack and redacted message. A custom `fetch` may throw errors that contain the whole
 * request.
 */
export function sanitizeCause(cause: unknown, redact: Redact): unknown {
  return isHarmless(cause, redact, 0) ? cause : sanitizedCopy(cause, redact, redact, 0)
}

/**
 * Returns a copy of an error that code of the caller threw. Its message keeps only plain words and short numbers, because
 * the secrets in it are not known.
 */
export function sanitizeUnknownError(error: unknown): Error {
  return sanitizedCopy(error, plainWords, (frames) => frames, 0)
}

/** Returns the message of a thrown value, without a full stop at its end. */
export function messageOf(error: unknown): string {
  const isError = typeof error === 'object' && error !== null && 'message' in error
  const message = isError ? String(error.message) : typeof error === 'string' ? error : 'a value that is not an error'
  return message.replace(/\.\s*$/, '')
}

function isHarmless(value: unknown, redact: Redact, depth: number): boolean {
  if (typeof value === 'string') return redact(value) === value
  if (typeof value === 'function') return false
  if (typeof value !== 'object' || value === null) return true
  const isError = value instanceof Error
  const prototype: unknown = Object.getPrototypeOf(value)
  // Anything else, such as a Request, can show more than its own properties.
  if (depth > DEEPEST || !(isError || Array.isArray(value) || prototype === Object.prototype)) return false
  const keys = new Set<PropertyKey>([...Reflect.ownKeys(value), ...(isError ? ['name', 'message', 'stack'] : [])])
  return [...keys].every(
    (key) => isHarmless(key, redact, depth) && isHarmless(Reflect.get(value, key), redact, depth + 1),
  )
}

function sanitizedCopy(error: unknown, words: Redact, frames: Redact, depth: number): Error {
  const { name, code } = labelOf(error)
  const message = words(messageOf(error))
  const inner = error instanceof Error && error.cause !== undefined && depth < DEEPEST ? error.cause : undefined
  const cause = inner === undefined ? undefined : { cause: sanitizedCopy(inner, words, frames, depth + 1) }
  const stack = `${name}: ${message}${frames(framesOf(error))}`
  return Object.assign(new Error(message, cause), { name, stack }, code === undefined ? undefined : { code })
}

/** Returns the class and the code of an error, when they have the usual form. */
function labelOf(error: unknown): { name: string; code: string | undefined } {
  if (!(error instanceof Error)) return { name: 'Error', code: undefined }
  const code = 'code' in error ? String(error.code) : ''
  return {
    name: /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : 'Error',
    code: /^[A-Z][A-Z0-9_]{0,40}$/.test(code) ? code : undefined,
  }
}

/** Returns the frames of a stack, without the message above them. */
function framesOf(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return ''
  const after = error.stack.indexOf(error.message) + error.message.length
  const frames = error.stack
    .slice(after)
    .split('\n')
    .filter((line) => /^ +at /.test(line))
  return frames.map((line) => `\n${line}`).join('')
}

const WORD = /[^\s"'`(){}[\],;:=<>]+/gu
const PLAIN_WORD = /^(?:\p{Lu}?\p{Ll}+(?:[-.’]\p{Ll}+)*|\p{Lo}+|[A-Z_]+|\d{1,5}(?:\.\d{1,3})*)[.!?…。]*$/u
const LONGEST_WORD = 24

/** Keeps only plain words and short numbers: a token is neither. */
function plainWords(text: string): string {
  return text.replaceAll(WORD, (word) => (word.length <= LONGEST_WORD && PLAIN_WORD.test(word) ? word : REDACTED))
}
