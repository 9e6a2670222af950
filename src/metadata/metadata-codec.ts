import { InvalidRequestError, InvalidResponseError } from '../errors/errors.ts'

const PREFIX = 'x-abeja-meta-'
const SYSTEM_PREFIX = 'x-abeja-sys-meta-'

/** Decoded metadata: keys without a prefix, plain values. Keys that differ only in case are one key. */
export type Metadata = Readonly<Record<string, string>>

/** A response with metadata: your own and the platform's separately, both decoded. */
export type WithMetadata<T> = Omit<T, 'metadata'> & {
  /** Your own metadata. A value that is not a string on the platform is given as JSON text. */
  metadata: Record<string, string>
  /**
   * What the platform adds, such as `organizationid`. Most values are strings; some are JSON, such as the array
   * `validation-error`.
   */
  system_metadata: Record<string, unknown>
}

/** Encodes metadata as headers of a request. Throws `InvalidRequestError` for what no header can carry. */
export function metadataHeaders(metadata: Metadata): Record<string, string> {
  // A header name cannot hold a slash.
  return encoded(metadata, percentEncode)
}

/** Encodes metadata as the JSON body that replaces the metadata of a file. */
export function metadataBody(metadata: Metadata): Record<string, string> {
  return encoded(metadata, encodeValue)
}

/** Returns the form in which two keys are compared: the prefix and the case are ignored, because keys are sent in headers. */
export function metadataKey(key: string): string {
  return withoutPrefix(key).toLowerCase()
}

/** Returns the value of a key, ignoring prefix and case. */
export function metadataValue(metadata: Metadata, key: string): string | undefined {
  const wanted = metadataKey(key)
  return entriesOf(metadata).find(([given]) => metadataKey(given) === wanted)?.[1]
}

/** Whether stored metadata contain all that were sent. Keys are sent in headers, so they may be returned in lower case. */
export function hasMetadata(stored: Metadata, sent: Metadata): boolean {
  const values = new Map(Object.entries(stored).map(([key, value]) => [metadataKey(key), value]))
  return Object.entries(sent).every(([key, value]) => values.get(metadataKey(key)) === value)
}

/** Merges two sets of metadata; where both have a key, ignoring prefix and case, `given` wins. */
export function mergeMetadata(defaults: Metadata, given: Metadata): Metadata {
  const entries = entriesOf(given)
  const keys = new Set(entries.map(([key]) => metadataKey(key)))
  const rest = Object.entries(defaults).filter(([key]) => !keys.has(metadataKey(key)))
  return Object.fromEntries([...rest, ...entries])
}

/** Separates and decodes the metadata of a response. A value with a malformed encoding stays as it is. */
export function decodeMetadata<T extends { readonly metadata?: Readonly<Record<string, unknown>> | null }>(
  response: T,
): WithMetadata<T> {
  const own: Record<string, string> = {}
  const system: Record<string, unknown> = {}
  const given: Readonly<Record<string, unknown>> = response.metadata ?? {}
  // Written for lists of many thousand files: no entries are made, and a text without "%" is not decoded.
  for (const key of Object.keys(given)) {
    const value = given[key]
    const { plain, isSystem } = decodedKey(key)
    if (isSystem) setOwn(system, plain, typeof value === 'string' ? percentDecode(value) : value)
    else setOwn(own, plain, typeof value === 'string' ? percentDecode(value) : jsonText(value))
  }
  return { ...response, metadata: own, system_metadata: system }
}

/** A key of stored metadata, decoded and without its prefix. */
interface DecodedKey {
  readonly plain: string
  readonly isSystem: boolean
}

/** The files of a list share their keys: decoding each again would cost more than their values. */
const decodedKeys = new Map<string, DecodedKey>()
const MOST_DECODED_KEYS = 1_000

function decodedKey(key: string): DecodedKey {
  const known = decodedKeys.get(key)
  if (known) return known
  const isSystem = startsWith(key, SYSTEM_PREFIX)
  const plain = percentDecode(isSystem ? key.slice(SYSTEM_PREFIX.length) : withoutPrefix(key))
  const made = { plain, isSystem }
  if (decodedKeys.size >= MOST_DECODED_KEYS) decodedKeys.clear()
  decodedKeys.set(key, made)
  return made
}

/** Sets a property, whatever its name: assigned, "__proto__" would be lost. */
function setOwn<Value>(target: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
  else target[key] = value
}

function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw new InvalidResponseError('Unexpected response: a metadata value is nested too deeply.', { cause })
  }
}

/** The entries of a plain object, of a Map or Headers, or of pairs. Anything else would lose its content silently. */
function entriesOf(metadata: Metadata): [string, string][] {
  const given: unknown = metadata
  if (typeof given === 'object' && given !== null) {
    if (isIterable(given)) return [...given].map(pairOf)
    const prototype: unknown = Object.getPrototypeOf(given)
    if (prototype === null || Object.getPrototypeOf(prototype) === null) return Object.entries(metadata)
  }
  throw new InvalidRequestError(
    'metadata must be an object with string values (received something else). Pass { key: "value" }.',
  )
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value && typeof value[Symbol.iterator] === 'function'
}

function pairOf(entry: unknown): [string, string] {
  if (Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string') return [entry[0], entry[1]]
  throw new InvalidRequestError('metadata must be an object, or pairs of a key and a value.')
}

function encoded(metadata: Metadata, encodeKey: (key: string) => string): Record<string, string> {
  const seen = new Map<string, string>()
  const entries = entriesOf(metadata).map(([given, value]): [string, string] => {
    const key = plainKey(given)
    if (typeof value !== 'string') throw invalidKey(given, `its value must be a string (received ${typeof value})`)
    const twin = seen.get(metadataKey(key))
    if (twin !== undefined) throw invalidKey(given, `it is the same key as ${JSON.stringify(twin)}`)
    seen.set(metadataKey(key), given)
    try {
      return [PREFIX + encodeKey(key), encodeValue(value)]
    } catch (cause) {
      throw invalidKey(given, 'it contains half of a surrogate pair, which has no UTF-8 form', cause)
    }
  })
  return Object.fromEntries(entries)
}

function withoutPrefix(key: string): string {
  return startsWith(key, PREFIX) ? key.slice(PREFIX.length) : key
}

function plainKey(given: string): string {
  if (startsWith(given, SYSTEM_PREFIX)) throw invalidKey(given, 'system metadata is set by the platform')
  const key = withoutPrefix(given)
  if (key === '') throw invalidKey(given, 'a key must not be empty')
  return key
}

function startsWith(key: string, prefix: string): boolean {
  return key.startsWith(prefix) || key.slice(0, prefix.length).toLowerCase() === prefix
}

function encodeValue(text: string): string {
  return percentEncode(text).replaceAll('%2F', '/')
}

/** Encodes all but the unreserved characters of RFC 3986. `encodeURIComponent` leaves five more. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** One UTF-8 sequence of one to four percent-encoded bytes. */
const SEQUENCE =
  /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi

function percentDecode(text: string): string {
  if (!text.includes('%')) return text
  return decoded(text) ?? text.replaceAll(SEQUENCE, (sequence) => decoded(sequence) ?? sequence)
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function invalidKey(key: string, why: string, cause?: unknown): InvalidRequestError {
  return new InvalidRequestError(`Invalid metadata key ${JSON.stringify(key)}: ${why}.`, { cause })
}
