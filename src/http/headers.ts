import { version } from '../../generated/version.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'

/** Extra headers: of the client, or of one call. `null` takes away a header of the client. */
export type ExtraHeaders = Readonly<Record<string, string | null | undefined>>

/** Headers as they are sent, by their names in lower case. A plain object: building a `Headers` for each call costs. */
export type HeaderRecord = Readonly<Record<string, string>>

/** What the client itself decides, and what belongs to the connection. */
const RESERVED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

const TOKEN = /^(?!__proto__$)[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * The headers with extra ones over them. Throws `InvalidRequestError` for a header that would split the request, and
 * for one that the client sets itself: Authorization comes from `credential`, Content-Type from `content_type`.
 */
export function withExtraHeaders(headers: HeaderRecord, extra: ExtraHeaders | undefined): HeaderRecord {
  if (extra === undefined) return headers
  const merged = { ...headers }
  for (const [name, value] of Object.entries(extra)) {
    if (value === undefined) continue
    requireOwnHeader(name)
    if (value === null) delete merged[name.toLowerCase()]
    else merged[requireHeaderName(name).toLowerCase()] = requireHeaderValue(name, value)
  }
  return merged
}

/** The headers with those of an operation over them, which are checked already. */
export function withOwnHeaders(headers: HeaderRecord, own: HeaderRecord | undefined): HeaderRecord {
  if (own === undefined) return headers
  const merged = { ...headers }
  for (const name in own) merged[name.toLowerCase()] = own[name] ?? ''
  return merged
}

/** The headers of every call of a client. */
export function clientHeaders(extra: ExtraHeaders | undefined): HeaderRecord {
  // A browser names itself; elsewhere the platform learns which client and version it talks to.
  const agent = globalThis.process?.versions?.node && { 'user-agent': `abeja-platform-client/${version}` }
  return withExtraHeaders({ accept: 'application/json', ...agent }, extra)
}

/** Throws for a header that is not the caller's to set, however it is written. */
export function requireOwnHeader(name: string): void {
  const lower = name.toLowerCase()
  if (!RESERVED.has(lower)) return
  const instead = lower === 'authorization' ? ': use the option credential' : ''
  throw new InvalidRequestError(`The header ${name} is set by the client and cannot be an extra one${instead}.`)
}

/** Returns the name when a header can carry it, and throws otherwise. */
export function requireHeaderName(name: string): string {
  if (TOKEN.test(name)) return name
  throw new InvalidRequestError(`The header name ${JSON.stringify(name)} holds characters that no header may have.`)
}

/** Returns the value when a header can carry it, and throws otherwise. */
export function requireHeaderValue(name: string, value: string): string {
  if (VALUE.test(value)) return value
  throw new InvalidRequestError(
    `The value of ${name} holds a line break, a control character or one outside Latin-1, which no header can carry.`,
  )
}
