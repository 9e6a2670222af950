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
import { networkFailure } from './network-failure.ts'
import type { UnusableResponse } from './read-response.ts'
import { type Redact, redactUrl, safeHeaders } from './redaction.ts'
import { sanitizeCause } from './sanitize-cause.ts'

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
