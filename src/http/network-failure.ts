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
  ['UND_ERR_CONNECT_TIMEOUT', 'no connection in time'],
])

/** What the operating system was doing when it failed, before there was a connection to send anything over. */
const BEFORE_CONNECTED: ReadonlyMap<string, string> = new Map([
  ['connect', 'no connection'],
  ['getaddrinfo', 'name resolution failed'],
])

const TLS_HANDSHAKE =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL_(WRONG_VERSION|UNSUPPORTED|\w*HANDSHAKE|\w*PROTOCOL_VERSION))/

/** Where the code does not tell: TLS also fails in the middle of a connection, and then the server may have acted. */
const UNSENT = /client error \(Connect\)|before secure TLS connection|wrong version number|handshake failure|bad port/

const BROKEN: ReadonlyMap<string, string> = new Map([
  ['ECONNRESET', 'the connection was reset'],
  ['EPIPE', 'the connection was closed while sending'],
  ['EPROTO', 'TLS failed'],
  ['UND_ERR_SOCKET', 'the connection was closed'],
  ['UND_ERR_HEADERS_TIMEOUT', 'no answer in time'],
  ['UND_ERR_BODY_TIMEOUT', 'the answer stood still'],
])

const REDIRECTED = /unexpected redirect|redirect count exceeded|redirect mode is set to error/i

/**
 * Reads what happened out of a rejected `fetch`. Node hides it in `cause.code`, Deno in the message, and a browser
 * tells nothing: what is not surely unsent counts as sent.
 */
export function networkFailure(error: unknown): NetworkFailure {
  const told: Told = { messages: [], codes: [], syscalls: [] }
  collect(error, told, 0)
  const text = told.messages.join(': ')
  const unsent = unsentReason(told)
  if (unsent !== undefined) return { reason: unsent, maySend: false, redirected: false }
  if (REDIRECTED.test(text)) return { reason: 'redirected', maySend: true, redirected: true }
  const known = told.codes.find((code) => BROKEN.has(code))
  const reason = known === undefined ? text || 'unknown network failure' : `${BROKEN.get(known)} (${known})`
  return { reason, maySend: !UNSENT.test(text), redirected: false }
}

interface Told {
  readonly messages: string[]
  readonly codes: string[]
  readonly syscalls: string[]
}

function unsentReason({ codes, syscalls }: Told): string | undefined {
  for (const code of codes) {
    const reason = NOT_CONNECTED.get(code) ?? (TLS_HANDSHAKE.test(code) ? 'TLS failed' : undefined)
    if (reason !== undefined) return `${reason} (${code})`
  }
  // EHOSTUNREACH, ETIMEDOUT and their like also end connections that were open.
  const syscall = syscalls.find((name) => BEFORE_CONNECTED.has(name))
  return syscall === undefined ? undefined : `${BEFORE_CONNECTED.get(syscall)} (${codes[0] ?? syscall})`
}

function collect(error: unknown, told: Told, depth: number): void {
  if (typeof error !== 'object' || error === null || depth > 5) return
  if ('message' in error && typeof error.message === 'string' && error.message !== '') told.messages.push(error.message)
  if ('code' in error && typeof error.code === 'string') told.codes.push(error.code)
  if ('syscall' in error && typeof error.syscall === 'string') told.syscalls.push(error.syscall)
  // Of several addresses that were tried: each failed before there was a connection, or this would be no list.
  if ('errors' in error && Array.isArray(error.errors)) collect(error.errors[0], told, depth + 1)
  if ('cause' in error) collect(error.cause, told, depth + 1)
}
