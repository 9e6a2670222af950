import type { AbejaError, Attempt, ErrorContext } from '../errors/abeja-error.ts'
import { apiErrorClass } from '../errors/api-error.ts'
import {
  AbortedError,
  ConnectionError,
  InvalidRequestError,
  InvalidResponseError,
  TimeoutError,
} from '../errors/client-errors.ts'
import type { Authorization } from './authorization.ts'
import { type Call, callName } from './call.ts'
import type { Stopped } from './clock.ts'
import { networkFailure } from './network-failure.ts'
import { nextStep } from './next-step.ts'
import { isRecord, type UnusableAnswer } from './read-answer.ts'
import { redactUrl, safeHeaders, urlSecrets, withoutSecrets } from './redaction.ts'
import { retryAfterMs } from './retry-after.ts'

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

const TRANSIENT_STATUSES = new Set([408, 429, 500, 502, 503, 504])

/** The server answered with a status that is no success. `text` is the start of its body. */
export function statusFailure(call: Call, response: Response, text: string, authorization: Authorization): Failure {
  const { status, headers } = response
  const secrets = call.authorized ? authorization.secrets : urlSecrets(call.url)
  const clean = withoutSecrets(text, secrets)
  const body = parsed(clean)
  const told = isRecord(body) ? body : {}
  const wait = retryAfterMs(headers.get('retry-after'), Date.now())
  const reason = `${status} ${response.statusText}`.trim()
  const said = [textOf(told.error), textOf(told.error_description)].filter((part) => part !== undefined).join(': ')
  return {
    reason,
    status,
    transient: TRANSIENT_STATUSES.has(status),
    mayHaveActed: status === 408 || (status >= 500 && !(status === 503 && wait !== undefined)),
    retryAfterMs: wait,
    toError: (outcome) => {
      const next = nextStep(status, call.authorized ? authorization : undefined, response)
      const message = sentence(call, `${reason}${said === '' ? '' : `, ${said}`}. ${next}`, outcome)
      return new (apiErrorClass(status))(message, {
        ...context(call, outcome),
        status,
        error: textOf(told.error),
        error_description: textOf(told.error_description),
        error_detail: told.error_detail,
        headers: safeHeaders(headers),
        body,
        requestId: requestId(headers),
        retryAfterMs: wait,
      })
    },
  }
}

/** `fetch` rejected, or the body broke off. */
export function connectionFailure(call: Call, cause: unknown): Failure {
  const { reason, maySend, redirected } = networkFailure(cause)
  const next = redirected
    ? 'A redirect is not followed, because it would carry credentials or metadata elsewhere: check the base URL.'
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

/** The clock ended the attempt. */
export function stoppedFailure(call: Call, stopped: Stopped): Failure {
  if (stopped.kind === 'aborted') {
    const { reason: cause } = stopped
    const toError = (outcome: Outcome) =>
      new AbortedError(sentence(call, 'aborted by its signal.', outcome), { ...context(call, outcome), cause })
    return { reason: 'aborted', cause, transient: false, mayHaveActed: true, toError }
  }
  const { kind } = stopped
  const reason = {
    timeout: `no whole answer within ${call.timeout} ms (timeout)`,
    idleTimeout: `no byte moved for ${call.idleTimeout} ms (idleTimeout)`,
    deadline: 'the time of the whole call ran out (deadline)',
  }[kind]
  return {
    reason,
    transient: kind !== 'deadline',
    mayHaveActed: true,
    toError: (outcome) => new TimeoutError(sentence(call, `${reason}.`, outcome), kind, context(call, outcome)),
  }
}

/** A success by its status, but no usable answer. */
export function answerFailure(call: Call, { message, response, body, cut, cause }: UnusableAnswer): Failure {
  return {
    reason: message,
    cause,
    status: response.status,
    transient: cut,
    mayHaveActed: true,
    toError: (outcome) =>
      new InvalidResponseError(sentence(call, `${message}.`, outcome), {
        ...context(call, outcome),
        status: response.status,
        headers: safeHeaders(response.headers),
        body,
        requestId: requestId(response.headers),
        cause,
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
export function requestId(headers: Headers): string | undefined {
  return headers.get('x-request-id') ?? undefined
}

function context(call: Call, { attempts, retryable }: Outcome): ErrorContext {
  const { operationId, method } = call
  return { operationId, method, url: redactUrl(call.url), attempts, retryable }
}

function sentence(call: Call, what: string, { attempts, note }: Outcome): string {
  const count = attempts.length > 1 ? `, ${attempts.length} attempts` : ''
  return `${callName(call)}: ${what}${note === undefined ? '' : ` ${note}`} [${call.method} ${redactUrl(call.url)}${count}]`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text === '' ? undefined : text
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
