import type { AbejaError, Attempt, ErrorContext } from '../errors/abeja-error.ts'
import {
  AbortedError,
  ConnectionError,
  InvalidRequestError,
  InvalidResponseError,
  TimeoutError,
} from '../errors/client-errors.ts'
import { type Call, callName } from './call.ts'
import type { Stopped } from './clock.ts'
import { networkFailure } from './network-failure.ts'
import type { UnusableAnswer } from './read-answer.ts'
import { redactUrl, safeHeaders } from './redaction.ts'
import type { Redact } from './redactor.ts'
import { safeCause } from './safe-cause.ts'

/** One failed attempt. */
export interface Failure {
  /** In a few words. */
  readonly reason: string
  /** Whether another attempt may fare better. */
  readonly transient: boolean
  /** Whether the server may have acted. */
  readonly mayHaveBeenProcessed: boolean
  /** What happened and what can be done, in sentences. */
  readonly message: string
  /** What its error tells beside what every error tells of its call. */
  readonly told: ErrorContext
  readonly make: (message: string, context: ErrorContext) => AbejaError
}

/** What is known of the call when the error is made. */
export interface Outcome {
  readonly attempts: readonly Attempt[]
  readonly retryable: boolean
  /** Why it is not tried again, when that needs saying. */
  readonly note: string | undefined
}

/** Something of the caller's failed: the credential function, or the body. */
export interface Unprepared {
  readonly message: string
  readonly cause: unknown
  /** Whether a part of the request was sent already. */
  readonly sent: boolean
}

/** The error of a failure: which call, what happened, what can be done, and where. */
export function errorOf(
  call: Call,
  { message, told, make }: Failure,
  { attempts, retryable, note }: Outcome,
): AbejaError {
  const { operationId, method } = call
  const url = redactUrl(call.url)
  const count = attempts.length > 1 ? `, ${attempts.length} attempts` : ''
  const sentences = `${callName(call)}: ${message}${note === undefined ? '' : ` ${note}`} [${method} ${url}${count}]`
  return make(sentences, { ...told, operationId, method, url, attempts, retryable })
}

/** `fetch` rejected, or the body broke off. */
export function connectionFailure(error: unknown, redact: Redact): Failure {
  const { reason: told, maySend, redirected } = networkFailure(error)
  const reason = oneLine(redact(told))
  const next = redirected
    ? 'A redirect is not followed where it could carry credentials, metadata or a body elsewhere: check the base URL.'
    : 'Check the network and the base URL.'
  return {
    reason,
    transient: !redirected,
    mayHaveBeenProcessed: maySend,
    message: `${reason}. ${next}`,
    told: { cause: safeCause(error, redact) },
    make: (message, context) => new ConnectionError(message, context),
  }
}

/**
 * The clock ended the attempt.
 * @param sent whether a part of the request may have left
 */
export function stoppedFailure(call: Call, stopped: Stopped, sent: boolean): Failure {
  if (stopped.kind === 'aborted') {
    return {
      reason: 'aborted',
      transient: false,
      mayHaveBeenProcessed: sent,
      message: 'aborted by its signal.',
      told: { cause: stopped.reason },
      make: (message, context) => new AbortedError(message, context),
    }
  }
  const { kind } = stopped
  const unready = `the credential and the body were not ready within ${call.timeout ?? call.idleTimeout} ms (${kind})`
  const reason = {
    timeout: sent ? `no whole answer within ${call.timeout} ms (timeout)` : unready,
    idleTimeout: sent ? `no byte moved for ${call.idleTimeout} ms (idleTimeout)` : unready,
    totalTimeout: 'the time of the whole call ran out (totalTimeout)',
  }[kind]
  return {
    reason,
    transient: kind !== 'totalTimeout',
    mayHaveBeenProcessed: sent,
    message: `${reason}.`,
    told: {},
    make: (message, context) => new TimeoutError(message, kind, context),
  }
}

/** A success by its status, but no usable answer. */
export function answerFailure({ message: said, response, body, cut }: UnusableAnswer, redact: Redact): Failure {
  const reason = oneLine(redact(said))
  return {
    reason,
    transient: cut,
    mayHaveBeenProcessed: true,
    message: `${reason}.`,
    told: { ...answerTold(response, redact), body: body && redact(body) },
    make: (message, context) => new InvalidResponseError(message, context),
  }
}

/** The call could not be prepared, or its body failed while it was read. */
export function preparationFailure({ message: reason, cause, sent }: Unprepared): Failure {
  return {
    reason,
    transient: false,
    mayHaveBeenProcessed: sent,
    message: `${reason}.`,
    told: { cause },
    make: (message, context) => new InvalidRequestError(message, context),
  }
}

/** What of the head of an answer may be told. */
export function answerTold({ status, headers }: Response, redact: Redact): ErrorContext {
  return { status, headers: safeHeaders(headers, redact), requestId: requestId(headers, redact) }
}

/** The platform's id of a request. */
export function requestId(headers: Headers, redact: Redact): string | undefined {
  const id = headers.get('x-request-id')
  return id === null ? undefined : redact(id)
}

const LONGEST_QUOTE = 500

/** The words of another within a message of ours: of a bounded length, and without line breaks that forge a log. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/\p{Control}+/gu, ' ')
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line
}
