/** What a rejected `fetch` says about the request. */
interface NetworkFailure {
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

/** The system calls that fail before there is a connection. */
const BEFORE_CONNECTED: ReadonlyMap<string, string> = new Map([
  ['connect', 'no connection'],
  ['getaddrinfo', 'name resolution failed'],
])

const TLS_HANDSHAKE =
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_SSL_(WRONG_VERSION|UNSUPPORTED|\w*HANDSHAKE|\w*PROTOCOL_VERSION))/

/** For errors whose code is ambiguous: TLS also fails on an open connection, after the request may have been processed. */
const UNSENT = /client error \(Connect\)|before secure TLS connection|wrong version number|handshake failure|bad port/

const BROKEN: ReadonlyMap<string, string> = new Map([
  ['ECONNRESET', 'the connection was reset'],
  ['EPIPE', 'the connection was closed while sending'],
  ['EPROTO', 'TLS failed'],
  ['UND_ERR_SOCKET', 'the connection was closed'],
  ['UND_ERR_HEADERS_TIMEOUT', 'no response in time'],
  ['UND_ERR_BODY_TIMEOUT', 'the response stalled'],
])

const REDIRECTED = /unexpected redirect|redirect count exceeded|redirect mode is set to error/i

/**
 * Returns the reason of a rejected `fetch`. Node has it in `cause.code`, Deno in the message, and a browser hides it: a
 * request that was not certainly unsent counts as sent.
 */
export function networkFailure(error: unknown): NetworkFailure {
  const details: ErrorDetails = { messages: [], codes: [], syscalls: [] }
  collect(error, details, 0)
  const text = details.messages.join(': ')
  const unsent = unsentReason(details)
  if (unsent !== undefined) return { reason: unsent, maySend: false, redirected: false }
  if (REDIRECTED.test(text)) return { reason: 'redirected', maySend: true, redirected: true }
  const known = details.codes.find((code) => BROKEN.has(code))
  const reason = known === undefined ? text || 'unknown network failure' : `${BROKEN.get(known)} (${known})`
  return { reason, maySend: !UNSENT.test(text), redirected: false }
}

/** What an error and its causes contain. */
interface ErrorDetails {
  readonly messages: string[]
  readonly codes: string[]
  readonly syscalls: string[]
}

function unsentReason({ codes, syscalls }: ErrorDetails): string | undefined {
  for (const code of codes) {
    const reason = NOT_CONNECTED.get(code) ?? (TLS_HANDSHAKE.test(code) ? 'TLS failed' : undefined)
    if (reason !== undefined) return `${reason} (${code})`
  }
  // EHOSTUNREACH, ETIMEDOUT and their like also end connections that were open.
  const syscall = syscalls.find((name) => BEFORE_CONNECTED.has(name))
  return syscall === undefined ? undefined : `${BEFORE_CONNECTED.get(syscall)} (${codes[0] ?? syscall})`
}

function collect(error: unknown, details: ErrorDetails, depth: number): void {
  if (typeof error !== 'object' || error === null || depth > 5) return
  if ('message' in error && typeof error.message === 'string' && error.message !== '')
    details.messages.push(error.message)
  if ('code' in error && typeof error.code === 'string') details.codes.push(error.code)
  if ('syscall' in error && typeof error.syscall === 'string') details.syscalls.push(error.syscall)
  // One error for each address that was tried: all of them failed before there was a connection.
  if ('errors' in error && Array.isArray(error.errors)) collect(error.errors[0], details, depth + 1)
  if ('cause' in error) collect(error.cause, details, depth + 1)
}
