import { InvalidRequestError } from '../errors/client-errors.ts'

const PREFIX = 'x-abeja-meta-'
const SYSTEM_PREFIX = 'x-abeja-sys-meta-'

/** Metadata as a program uses it: plain keys without a prefix, plain values. */
export type Metadata = Readonly<Record<string, string>>

/** What an answer that carries metadata becomes: yours and the platform's apart, both decoded. */
export type WithMetadata<T> = Omit<T, 'metadata'> & {
  /** Your own metadata. */
  metadata: Record<string, string>
  /** What the platform adds, such as `organizationid`. Values keep their JSON type; strings are decoded. */
  system_metadata: Record<string, unknown>
}

/** Metadata as headers of a request. Throws `InvalidRequestError` for what no header can carry. */
export function metadataHeaders(metadata: Metadata): Record<string, string> {
  // A header name cannot hold a slash, and does not tell upper case from lower.
  return encoded(
    metadata,
    (key) => percentEncode(key),
    (key) => key.toLowerCase(),
  )
}

/** Metadata as the JSON body that replaces the metadata of a file. */
export function metadataBody(metadata: Metadata): Record<string, string> {
  return encoded(metadata, encodeValue, (key) => key)
}

/** Takes the metadata of an answer apart. What is badly encoded stays as it is. */
export function decodeMetadata<T extends { readonly metadata?: Readonly<Record<string, unknown>> }>(
  answer: T,
): WithMetadata<T> {
  const own: [string, string][] = []
  const system: [string, unknown][] = []
  for (const [key, value] of Object.entries(answer.metadata ?? {})) {
    const decodedValue = typeof value === 'string' ? percentDecode(value) : value
    if (startsWith(key, SYSTEM_PREFIX)) {
      system.push([percentDecode(key.slice(SYSTEM_PREFIX.length)), decodedValue])
    } else {
      const text = typeof decodedValue === 'string' ? decodedValue : JSON.stringify(decodedValue)
      own.push([percentDecode(withoutPrefix(key)), text])
    }
  }
  // fromEntries, and no assignment: a key can be "__proto__".
  return { ...answer, metadata: Object.fromEntries(own), system_metadata: Object.fromEntries(system) }
}

function encoded(
  metadata: Metadata,
  encodeKey: (key: string) => string,
  identity: (key: string) => string,
): Record<string, string> {
  const seen = new Map<string, string>()
  const entries = Object.entries(metadata).map(([given, value]): [string, string] => {
    const key = plainKey(given)
    if (typeof value !== 'string') throw refused(given, `its value is ${typeof value}, not a string`)
    const twin = seen.get(identity(key))
    if (twin !== undefined) throw refused(given, `it is the same key as ${JSON.stringify(twin)}`)
    seen.set(identity(key), given)
    try {
      return [PREFIX + encodeKey(key), encodeValue(value)]
    } catch (cause) {
      throw refused(given, 'it holds half of a surrogate pair, which has no UTF-8 form', cause)
    }
  })
  return Object.fromEntries(entries)
}

/** A key without its prefix. */
export function withoutPrefix(key: string): string {
  return startsWith(key, PREFIX) ? key.slice(PREFIX.length) : key
}

function plainKey(given: string): string {
  if (startsWith(given, SYSTEM_PREFIX)) throw refused(given, 'system metadata is set by the platform alone')
  const key = withoutPrefix(given)
  if (key === '') throw refused(given, 'a key must not be empty')
  return key
}

function startsWith(key: string, prefix: string): boolean {
  return key.slice(0, prefix.length).toLowerCase() === prefix
}

function encodeValue(text: string): string {
  return percentEncode(text).replaceAll('%2F', '/')
}

/** RFC 3986: all but the unreserved characters. `encodeURIComponent` leaves five more. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** One UTF-8 sequence of one to four encoded bytes. */
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

function refused(key: string, why: string, cause?: unknown): InvalidRequestError {
  return new InvalidRequestError(
    `The metadata key ${JSON.stringify(key)} was refused before anything was sent: ${why}.`,
    { cause },
  )
}
