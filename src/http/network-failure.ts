/** What a rejected `fetch` tells. */
export interface NetworkFailure {
  readonly reason: string
  /** Whether the request can have reached the server. */
  readonly maySend: boolean
  readonly redirected: boolean
}

const NOT_CONNECTED: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'the host name is not known'],
  ['EAI_AGAIN', 'name resolution failed'],
  ['ECONNREFUSED', 'connection refused'],
  ['ConnectionRefused', 'connection refused'],
  ['EHOSTUNREACH', 'the host is not reachable'],
  ['ENETUNREACH', 'the network is not reachable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection in time'],
  ['EPROTO', 'TLS failed'],
])

const TLS_HANDSHAKE =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL_(WRONG_VERSION|UNSUPPORTED|\w*HANDSHAKE|\w*PROTOCOL_VERSION))/

const BROKEN: ReadonlyMap<string, string> = new Map([
  ['ECONNRESET', 'the connection was reset'],
  ['EPIPE', 'the connection was closed while sending'],
  ['UND_ERR_SOCKET', 'the connection was closed'],
  ['UND_ERR_HEADERS_TIMEOUT', 'no answer in time'],
  ['UND_ERR_BODY_TIMEOUT', 'the answer stood still'],
])

/**
 * Reads what happened out of a rejected `fetch`. Node hides it in `cause.code`, Deno in the message, and a browser
 * tells nothing: what is not surely unsent counts as sent.
 */
export function networkFailure(error: unknown): NetworkFailure {
  const messages: string[] = []
  const codes: string[] = []
  collect(error, messages, codes, 0)
  const text = messages.join(': ')
  if (text.includes('redirect')) return { reason: 'redirected', maySend: true, redirected: true }
  for (const code of codes) {
    const reason = NOT_CONNECTED.get(code) ?? (TLS_HANDSHAKE.test(code) ? 'TLS failed' : undefined)
    if (reason !== undefined) return { reason: `${reason} (${code})`, maySend: false, redirected: false }
  }
  const unsent = text.includes('client error (Connect)') || text.includes('before secure TLS connection')
  const known = codes.find((code) => BROKEN.has(code))
  const reason = known === undefined ? text || 'unknown network failure' : `${BROKEN.get(known)} (${known})`
  return { reason, maySend: !unsent, redirected: false }
}

function collect(error: unknown, messages: string[], codes: string[], depth: number): void {
  if (typeof error !== 'object' || error === null || depth > 5) return
  if ('message' in error && typeof error.message === 'string' && error.message !== '') messages.push(error.message)
  if ('code' in error && typeof error.code === 'string') codes.push(error.code)
  if ('errors' in error && Array.isArray(error.errors)) collect(error.errors[0], messages, codes, depth + 1)
  if ('cause' in error) collect(error.cause, messages, codes, depth + 1)
}
