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

/** What is known of the call when the error is made. */
export interface Outcome {
  readonly attempts: readonly Attempt[]
  readonly retryable: boolean
  /** Why it is not tried again, when that needs saying. */
  readonly note: string | undefined
}

/** One failed attempt. */
export interface Failure {
  readonly reason: string
  readonly cause?: unknown
  readonly status?: number
  /** Whether another attempt may fare better. */
  readonly transient: boolean
  /** Whether the server may have acted. */
  readonly mayHaveActed: boolean
  readonly retryAfterMs?: number | undefined
  readonly toError: (outcome: Outcome) => AbejaError
}

/** Something of the caller's failed: the credential function, or the body. */
export interface Unprepared {
  readonly message: string
  readonly cause: unknown
  /** Whether a part of the request was sent already. */
  readonly sent: boolean
}

/** `fetch` rejected, or the body broke off. */
export function connectionFailure(call: Call, error: unknown, redact: Redact): Failure {
  const { reason: told, maySend, redirected } = networkFailure(error)
  const reason = oneLine(redact(told))
  const cause = safeCause(error, redact)
  const next = redirected
    ? 'A redirect is not followed where it could carry credentials, metadata or a body elsewhere: check the base URL.'
    : 'Check the network and the base URL.'
  return {
    reason,
    cause,
    transient: !redirected,
    mayHaveActed: maySend,
    toError: (outcome) =>
      new ConnectionError(sentence(call, `${reason}. ${next}`, outcome), { ...context(call, outcome), cause }),
  }
}

/**
 * The clock ended the attempt.
 * @param sent whether a part of the request may have left
 */
export function stoppedFailure(call: Call, stopped: Stopped, sent: boolean): Failure {
  if (stopped.kind === 'aborted') {
    const { reason: cause } = stopped
    const toError = (outcome: Outcome) =>
      new AbortedError(sentence(call, 'aborted by its signal.', outcome), { ...context(call, outcome), cause })
    return { reason: 'aborted', cause, transient: false, mayHaveActed: sent, toError }
  }
  const { kind } = stopped
  const unready = `the credential and the body were not ready within ${call.timeout ?? call.idleTimeout} ms (${kind})`
  const reason = {
    timeout: sent ? `no whole answer within ${call.timeout} ms (timeout)` : unready,
    idleTimeout: sent ? `no byte moved for ${call.idleTimeout} ms (idleTimeout)` : unready,
    deadline: 'the time of the whole call ran out (deadline)',
  }[kind]
  return {
    reason,
    transient: kind !== 'deadline',
    mayHaveActed: sent,
    toError: (outcome) => new TimeoutError(sentence(call, `${reason}.`, outcome), kind, context(call, outcome)),
  }
}

/** A success by its status, but no usable answer. */
export function answerFailure(call: Call, answer: UnusableAnswer, redact: Redact): Failure {
  const { response, body, cut } = answer
  const reason = oneLine(redact(answer.message))
  return {
    reason,
    status: response.status,
    transient: cut,
    mayHaveActed: true,
    toError: (outcome) =>
      new InvalidResponseError(sentence(call, `${reason}.`, outcome), {
        ...context(call, outcome),
        status: response.status,
        headers: safeHeaders(response.headers, redact),
        body: body === undefined ? undefined : redact(body),
        requestId: requestId(response.headers, redact),
      }),
  }
}

/** The call could not be prepared, or its body failed while it was read. */
export function preparationFailure(call: Call, { message, cause, sent }: Unprepared): Failure {
  return {
    reason: message,
    cause,
    transient: false,
    mayHaveActed: sent,
    toError: (outcome) =>
      new InvalidRequestError(sentence(call, `${message}.`, outcome), { ...context(call, outcome), cause }),
  }
}

/** The platform's id of a request. */
export function requestId(headers: Headers, redact: Redact): string | undefined {
  const id = headers.get('x-request-id')
  return id === null ? undefined : redact(id)
}

/** What every error tells of its call. */
export function context(call: Call, { attempts, retryable }: Outcome): ErrorContext {
  const { operationId, method } = call
  return { operationId, method, url: redactUrl(call.url), attempts, retryable }
}

/** The message of an error: which call, what happened, what can be done, and where. */
export function sentence(call: Call, what: string, { attempts, note }: Outcome): string {
  const count = attempts.length > 1 ? `, ${attempts.length} attempts` : ''
  return `${callName(call)}: ${what}${note === undefined ? '' : ` ${note}`} [${call.method} ${redactUrl(call.url)}${count}]`
}

const LONGEST_QUOTE = 500

/** The words of another within a message of ours: of a bounded length, and without line breaks that forge a log. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/\p{Control}+/gu, ' ')
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line
}
