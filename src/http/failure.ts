import type { AbejaError, Attempt, ErrorContext } from '../errors/abeja-error.ts'
import {
  AbortedError,
  ConnectionError,
  InvalidRequestError,
  InvalidResponseError,
  TimeoutError,
} from '../errors/client-errors.ts'
import type { StopReason } from './attempt-timer.ts'
import { type Call, callName } from './call.ts'
import type { UnusableResponse } from './read-response.ts'
import { type Redact, redactUrl, safeHeaders, sanitizeCause } from './redaction.ts'

/** One failed attempt. */
export interface Failure {
  /** In a few words. */
  readonly reason: string
  /** Whether another attempt may succeed. */
  readonly transient: boolean
  /** Whether the server may have processed the request. */
  readonly mayHaveBeenProcessed: boolean
  /** What happened and what can be done, in sentences. */
  readonly message: string
  /** What its error holds beside what every error holds of its call. */
  readonly context: ErrorContext
  readonly make: (message: string, context: ErrorContext) => AbejaError
}

/** What is known of the call when the error is made. */
export interface Outcome {
  readonly attempts: readonly Attempt[]
  readonly retryable: boolean
  /** Why it is not retried, when that needs saying. */
  readonly note?: string | undefined
}

/** The caller's credential function or body failed. */
export interface PreparationFailure {
  readonly message: string
  readonly cause: unknown
  /** Whether a part of the request was already sent. */
  readonly sent: boolean
}

/** Makes the error of a failure: which call, what happened, what can be done, and where. */
export function errorOf(
  call: Call,
  { message, context, make }: Failure,
  { attempts, retryable, note }: Outcome,
): AbejaError {
  const { operationId, method } = call
  const url = redactUrl(call.url)
  const count = attempts.length > 1 ? `, ${attempts.length} attempts` : ''
  const sentences = `${callName(call)}: ${message}${note === undefined ? '' : ` ${note}`} [${method} ${url}${count}]`
  return make(sentences, { ...context, operationId, method, url, attempts, retryable })
}

/** Returns a failed attempt as errors list it. */
export function attemptOf(failure: Failure, delayMs: number, durationMs: number): Attempt {
  const { context, mayHaveBeenProcessed, reason } = failure
  const { status, cause } = context
  return { ...(status === undefined ? {} : { status }), delayMs, durationMs, mayHaveBeenProcessed, reason, cause }
}

/** `fetch` rejected, or the body broke off. */
export function connectionFailure(error: unknown, redact: Redact): Failure {
  const { reason: original, maySend, redirected } = networkFailure(error)
  const reason = oneLine(redact(original))
  const hint = redirected
    ? 'A redirect is not followed where it could carry credentials, metadata or a body elsewhere. Check baseUrl.'
    : 'Check the network and baseUrl.'
  return {
    reason,
    transient: !redirected,
    mayHaveBeenProcessed: maySend,
    message: `${sentence(reason)} ${hint}`,
    context: { cause: sanitizeCause(error, redact) },
    make: (message, context) => new ConnectionError(message, context),
  }
}

/**
 * The caller aborted the attempt, or a timeout elapsed.
 * @param sent whether a part of the request may have been sent
 */
export function stoppedFailure(call: Call, stopped: StopReason, sent: boolean): Failure {
  if (stopped.kind === 'aborted') {
    return {
      reason: 'aborted',
      transient: false,
      mayHaveBeenProcessed: sent,
      message: 'Aborted by its signal.',
      context: { cause: stopped.reason },
      make: (message, context) => new AbortedError(message, context),
    }
  }
  const { kind } = stopped
  const notReady = `the credential and the body were not ready within ${call.timeout ?? call.idleTimeout} ms (${kind})`
  const reason = {
    timeout: sent ? `no complete response within ${call.timeout} ms (timeout)` : notReady,
    idleTimeout: sent ? `transfer stalled: no data for ${call.idleTimeout} ms (idleTimeout)` : notReady,
    totalTimeout: 'the time of the whole call elapsed (totalTimeout)',
  }[kind]
  return {
    reason,
    transient: kind !== 'totalTimeout',
    mayHaveBeenProcessed: sent,
    message: sentence(reason),
    context: {},
    make: (message, context) => new TimeoutError(message, kind, context),
  }
}

/** The status is a success, but the response cannot be used. */
export function responseFailure({ message: original, response, body, cut }: UnusableResponse, redact: Redact): Failure {
  const reason = oneLine(redact(original))
  return {
    reason,
    transient: cut,
    mayHaveBeenProcessed: true,
    message: sentence(reason),
    context: { ...responseContext(response, redact), body: body && redact(body) },
    make: (message, context) => new InvalidResponseError(message, context),
  }
}

/** The call could not be prepared, or its body failed while it was read. */
export function preparationFailure({ message: reason, cause, sent }: PreparationFailure): Failure {
  return {
    reason,
    transient: false,
    mayHaveBeenProcessed: sent,
    message: sentence(reason),
    context: { cause },
    make: (message, context) => new InvalidRequestError(message, context),
  }
}

/** Returns what may be shown of the status line and headers of a response. */
export function responseContext({ status, headers }: Response, redact: Redact): ErrorContext {
  return { status, headers: safeHeaders(headers, redact), requestId: requestId(headers, redact) }
}

/** Returns the platform's id of a request. */
export function requestId(headers: Headers, redact: Redact): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('x-abeja-request-id')
  return id === null ? undefined : redact(id)
}

const LONGEST_QUOTE = 500

/** Makes somebody else's words safe within a message: of bounded length, and without line breaks that forge a log. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/\p{Control}+/gu, ' ')
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line
}

/** Starts with a capital letter and ends in one full stop. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/[.\s]+$/, '')}.`
}

/** What a rejected `fetch` tells. */
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
