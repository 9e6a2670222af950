import { version } from '../../generated/version.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'

/** Extra headers: of the client, or of one call. `null` takes away a header of the client. */
export type ExtraHeaders = Readonly<Record<string, string | null | undefined>>

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

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/**
 * Sets extra headers, later ones over earlier ones. Throws `InvalidRequestError` for a header that would split the
 * request, and for one that the client sets itself: Authorization comes from `credential`, Content-Type from
 * `content_type`.
 */
export function setExtraHeaders(target: Headers, ...sources: readonly (ExtraHeaders | undefined)[]): void {
  for (const source of sources) {
    for (const [name, value] of Object.entries(source ?? {})) {
      if (value === undefined) continue
      requireOwnHeader(name)
      if (value === null) target.delete(name)
      else target.set(requireHeaderName(name), requireHeaderValue(name, value))
    }
  }
}

/** The headers of every call of the API: the client's own and those of the operation, then the extra ones. */
export function baseHeaders(
  own: Readonly<Record<string, string>> | undefined,
  ...extra: readonly (ExtraHeaders | undefined)[]
): Headers {
  const headers = new Headers({ accept: 'application/json', ...own })
  // A browser names itself; elsewhere the platform learns which client and version it talks to.
  if (globalThis.process?.versions) headers.set('user-agent', `abeja-platform-client/${version}`)
  setExtraHeaders(headers, ...extra)
  return headers
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
