import { version } from '../../generated/version.ts'
import { InvalidRequestError } from '../errors/errors.ts'

/** The value of a header; sent as text. */
export type HeaderValue = string | number | boolean

/** Extra headers, of the client or of one call: an object, `Headers`, a `Map` or pairs. `null` removes a header of the client. */
export type ExtraHeaders =
  | Readonly<Record<string, HeaderValue | null | undefined>>
  | Iterable<readonly [string, HeaderValue | null | undefined]>

/** Headers as they are sent, by their names in lower case. A plain object: building `Headers` for each call costs time. */
export type HeaderRecord = Readonly<Record<string, string>>

/** Headers that the client sets, or that belong to the connection. */
const RESERVED =
  /^(authorization|connection|content-(length|type)|expect|host|keep-alive|te|trailer|transfer-encoding|upgrade)$/i

const TOKEN = /^(?!__proto__$)[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * Returns the headers with extra ones over them. Throws `InvalidRequestError` for a header that would split the request,
 * and for one that the client sets itself: Authorization comes from `credential`, Content-Type from `content_type`.
 */
export function withExtraHeaders(headers: HeaderRecord, extra: ExtraHeaders | null | undefined): HeaderRecord {
  if (extra === undefined || extra === null) return headers
  const merged = { ...headers }
  for (const [name, value] of entriesOf(extra, 'headers')) {
    if (value === undefined) continue
    checkOwnHeader(name)
    if (value === null) delete merged[name.toLowerCase()]
    else merged[requireHeaderName(name).toLowerCase()] = requireHeaderValue(name, headerText(name, value))
  }
  return merged
}

/**
 * Returns the entries of an object, `Headers`, a `Map` or pairs. Throws `InvalidRequestError` for anything else, whose
 * entries would be lost silently.
 */
export function entriesOf<Value>(
  given: Readonly<Record<string, Value>> | Iterable<readonly [string, Value]>,
  name: string,
): (readonly [string, Value])[] {
  if (typeof given === 'object' && given !== null) {
    if (!isIterable(given)) {
      const prototype: unknown = Object.getPrototypeOf(given)
      if (prototype === null || Object.getPrototypeOf(prototype) === null) return Object.entries(given)
    } else {
      const entries = [...given]
      if (entries.every((entry) => Array.isArray(entry) && typeof entry[0] === 'string')) return entries
    }
  }
  throw new InvalidRequestError(`${name} must be an object, a Map or a list of pairs of a name and a value.`)
}

function isIterable<Value>(given: object | Iterable<Value>): given is Iterable<Value> {
  return Symbol.iterator in given
}

/** Returns the headers with checked ones of an operation over them. */
export function withOwnHeaders(headers: HeaderRecord, own: HeaderRecord | undefined): HeaderRecord {
  if (own === undefined) return headers
  const merged = { ...headers }
  for (const name in own) merged[name.toLowerCase()] = own[name] ?? ''
  return merged
}

/** Returns the headers of every call of a client. */
export function clientHeaders(extra: ExtraHeaders | null | undefined): HeaderRecord {
  // A browser sets its own.
  const agent = globalThis.process?.versions?.node && { 'user-agent': `abeja-platform-client/${version}` }
  return withExtraHeaders({ accept: 'application/json', ...agent }, extra)
}

/** Throws for a header that the caller must not set. */
export function checkOwnHeader(name: unknown): void {
  if (typeof name !== 'string' || !RESERVED.test(name)) return
  const instead = name.toLowerCase() === 'authorization' ? ' Use the option credential.' : ''
  throw new InvalidRequestError(`The header ${name} is set by the client and cannot be an extra header.${instead}`)
}

/** Returns a valid header name, and throws otherwise. */
export function requireHeaderName(name: string): string {
  if (TOKEN.test(name)) return name
  throw new InvalidRequestError(
    `Invalid header name ${JSON.stringify(name)}: it has characters that no header may have.`,
  )
}

/** Returns a valid header value, and throws otherwise. The message does not show the value: it can be a secret. */
export function requireHeaderValue(name: string, value: string): string {
  if (typeof value === 'string' && VALUE.test(value)) return value
  throw new InvalidRequestError(
    `Invalid value of ${name}: it must be text without line breaks, control characters and characters outside Latin-1.`,
  )
}

function headerText(name: string, value: HeaderValue): string {
  const isText = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
  if (isText) return String(value)
  throw new InvalidRequestError(`Invalid value of ${name}: it must be a string (received ${typeof value}).`)
}
