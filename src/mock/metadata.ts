import type { IncomingHttpHeaders } from 'node:http'

/** Keys without their prefix, and values, both decoded. */
export type Metadata = Readonly<Record<string, string>>

export const metadataPrefix = 'x-abeja-meta-'
const systemPrefix = 'x-abeja-sys-meta-'

/** The metadata among the headers of a request. */
export function metadataOfHeaders(headers: IncomingHttpHeaders): Metadata {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(metadataPrefix) ? [[keyOf(name), decode(utf8(String(value)))]] : [],
  )
  return Object.fromEntries(pairs)
}

/** The metadata in a JSON body. Keys of the platform are passed over: a client may send back what it was given. */
export function metadataOfJson(body: Readonly<Record<string, string>>): Metadata {
  const own = Object.entries(body).filter(([name]) => !name.toLowerCase().startsWith(systemPrefix))
  return Object.fromEntries(own.map(([name, value]) => [keyOf(name), decode(value)]))
}

/** The names in a JSON body that are not metadata keys. */
export function foreignKeys(body: Readonly<Record<string, string>>): string[] {
  const prefixes = [metadataPrefix, systemPrefix]
  return Object.keys(body).filter((name) => !prefixes.some((prefix) => name.toLowerCase().startsWith(prefix)))
}

/** The form of responses: encoded, the platform's own keys beside the user's. */
export function encodeMetadata(metadata: Metadata, system: Metadata = {}): Record<string, string> {
  const encoded = (prefix: string, pairs: Metadata) =>
    Object.entries(pairs).map(([key, value]) => [`${prefix}${encodeKey(key)}`, encodeValue(value)])
  return Object.fromEntries([...encoded(systemPrefix, system), ...encoded(metadataPrefix, metadata)])
}

/** A key as a query names it: with the prefix or without, encoded or not. */
export function keyOf(name: string): string {
  const bare = name.toLowerCase().startsWith(metadataPrefix) ? name.slice(metadataPrefix.length) : name
  return decode(bare)
}

/** The value of a key, which comes from a request: `constructor` is not metadata. */
export function metadataValue(metadata: Metadata, key: string): string | undefined {
  return Object.hasOwn(metadata, key) ? metadata[key] : undefined
}

/** Percent-encoding undone. A bad escape stays as it is, and so does `+`. */
export function decode(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
}

function encodeKey(key: string): string {
  // JSON can contain half a surrogate pair, which has no UTF-8: a Buffer replaces it.
  const text = /\p{Surrogate}/u.test(key) ? Buffer.from(key).toString() : key
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, hexEscape)
}

function encodeValue(value: string): string {
  return encodeKey(value).replaceAll('%2F', '/')
}

function hexEscape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** Node reads headers as Latin-1. Whoever sends UTF-8 as it is, against the rules, is understood all the same. */
function utf8(value: string): string {
  const bytes = Buffer.from(value, 'latin1')
  const text = bytes.toString('utf8')
  return text.includes('\uFFFD') ? value : text
}
