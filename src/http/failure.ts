import {
  type AbejaError,
  AbortedError,
  type Attempt,
  apiErrorClass,
  ConnectionError,
  type ErrorContext,
  InvalidRequestError,
  InvalidResponseError,
  TimeoutError,
} from '../errors/errors.ts'
import type { StopReason } from './attempt-timer.ts'
import { type Call, callName } from './call.ts'
import type { Authorization } from './credential.ts'
import { networkFailure } from './network-failure.ts'
import type { BodyStart, UnusableResponse } from './read-response.ts'
import { type Redact, redactUrl, redactValue, safeHeaders, sanitizeCause } from './redaction.ts'
import { isRecord } from './response-check.ts'
import { retryAfterMs } from './retry-policy.ts'

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

const TRANSIENT_STATUSES = new Set([408, 429, 500, 502, 503, 504])

/** This much is removed from the end of a body that was cut: a secret that the cut went through is not recognised. */
const RAGGED_END = 4 * 1024

/** The status of the response is not a success. */
export function statusFailure(
  call: Call,
  response: Response,
  start: BodyStart,
  authorization: Authorization | undefined,
  redact: Redact,
): Failure {
  const { status, headers } = response
  const body = bodyOf(start, redact)
  const { error, error_description, error_detail } = isRecord(body) ? body : {}
  const wait = retryAfterMs(headers.get('retry-after'), serverTime(headers))
  const reason = oneLine(redact(`${status} ${response.statusText ?? ''}`.trim()))
  const quoted = [error, error_description].filter((part) => typeof part === 'string').join(': ')
  const quote = quoted === '' ? '' : `, ${oneLine(quoted).replace(/[.\s]+$/, '')}`
  return {
    reason,
    transient: TRANSIENT_STATUSES.has(status),
    mayHaveBeenProcessed: mayHaveBeenProcessed(status, wait),
    message: `${reason}${quote}. ${hint(call, response, authorization)}`,
    context: {
      ...responseContext(response, redact),
      code: textOf(error),
      description: textOf(error_description),
      details: error_detail,
      body,
      retryAfterMs: wait,
    },
    make: (message, context) => new (apiErrorClass(status))(message, context),
  }
}

/** A server that sends its client away, with 429 or with the time to come back, did nothing else. */
function mayHaveBeenProcessed(status: number, wait: number | undefined): boolean {
  if (status === 503) return wait === undefined
  return status < 400 || status === 408 || status >= 500
}

/** Returns the time of the server, whose clock can differ from this machine's. */
function serverTime(headers: Headers): number {
  const date = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? Date.now() : date
}

function bodyOf({ text, isCut }: BodyStart, redact: Redact): unknown {
  if (isCut) return redact(text).slice(0, -RAGGED_END)
  try {
    return redactValue(JSON.parse(text), redact)
  } catch {
    return text === '' ? undefined : redact(text)
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

const CREDENTIALS = {
  bearer: 'The token',
  user: 'The user id and personal access token',
  datasource: 'The datasource id and secret',
  none: 'No credential',
} as const

/** Returns what a person can do about a status. `authorization` is undefined for a presigned URL. */
function hint(call: Call, { status, headers }: Response, authorization: Authorization | undefined): string {
  if (status >= 300 && status < 400) {
    const target = redirectTarget(headers.get('location'), call.url)
    return `The redirect${target} is not followed, because it could carry credentials elsewhere. Check baseUrl.`
  }
  if (authorization === undefined) return 'The presigned URL was rejected. Request the file again.'
  const { kind, source } = authorization
  if (status === 401) {
    if (kind === 'none') return `No credential was sent (${source}). Pass the option credential.`
    return `${CREDENTIALS[kind]} from ${source} was rejected. Check that it is complete, current and of this platform.`
  }
  if (status === 403) return `${CREDENTIALS[kind]} from ${source} does not have permission.`
  if (status === 404) return 'Check the ids, and that they belong to this organization.'
  if (status === 405) return 'Check baseUrl: this path takes other methods.'
  if (status === 409) return 'It already exists.'
  if (status === 429) return 'Too many requests. Slow down, or allow more retries.'
  if (status >= 500) return 'The server failed. Try again later.'
  return 'Check the parameters.'
}

/** Returns no more than the origin: paths and queries of redirects carry codes and tokens. */
function redirectTarget(location: string | null, url: string): string {
  if (location === null || !URL.canParse(location, url)) return ''
  const { origin } = new URL(location, url)
  return origin === new URL(url).origin ? ' within the same server' : ` to ${origin}`
}
