import { LONGEST_TIMER_MS } from './abort.ts'
import type { Call } from './call.ts'

/** Whether and when a failed call is sent again. */
export interface RetryDecision {
  /** In milliseconds; undefined when the call is not sent again. */
  readonly pauseMs: number | undefined
  /** Whether the caller may safely make the call again later. */
  readonly retryable: boolean
  /** Why the call is not sent again, when that is not obvious. */
  readonly note: string | undefined
}

/** The longest pause of a call without a total timeout. */
const LONGEST_WAIT_MS = 60_000

const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 8_000

/** What the decision needs to know of a failed attempt. */
interface FailedAttempt {
  readonly transient: boolean
  readonly mayHaveBeenProcessed: boolean
  readonly context: { readonly retryAfterMs?: number | undefined }
}

/** Decides after attempt number `attempts` (1 for the first). */
export function decideRetry(call: Call, failure: FailedAttempt, attempts: number): RetryDecision {
  if (!failure.transient) return { pauseMs: undefined, retryable: false, note: undefined }
  if (call.body?.once !== undefined) {
    const note = `Not retried: the body is ${call.body.once} and can be sent only once. Pass a function that opens it.`
    return { pauseMs: undefined, retryable: false, note }
  }
  if (failure.mayHaveBeenProcessed && !call.idempotent) {
    const note = 'Not retried: the operation is not idempotent and may have been processed.'
    return { pauseMs: undefined, retryable: false, note }
  }
  if (attempts > call.maxRetries) return { pauseMs: undefined, retryable: true, note: undefined }
  const { retryAfterMs } = failure.context
  const pauseMs = retryAfterMs ?? backoffMs(attempts)
  const left = call.deadlineAt - performance.now()
  const longest = left === Number.POSITIVE_INFINITY ? LONGEST_WAIT_MS : Math.min(left, LONGEST_TIMER_MS)
  if (pauseMs <= longest) return { pauseMs, retryable: true, note: undefined }
  const why = retryAfterMs === undefined ? 'totalTimeout would elapse first' : `the server asks to wait ${pauseMs} ms`
  return { pauseMs: undefined, retryable: true, note: `Not retried: ${why}.` }
}

/**
 * Returns the pause before retry number `retry` (1 for the first), in milliseconds: full jitter over an exponential bound,
 * so that many clients that failed together do not come back together.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
function backoffMs(retry: number): number {
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (retry - 1))
}

/**
 * Returns how long a `Retry-After` header asks to wait, in milliseconds: it is a number of seconds or an HTTP date.
 * Undefined when it is missing or neither.
 * @param now the time of the server, in milliseconds since 1970
 */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER)
  // Date.parse also takes what is not a date ("3 x" is a day in 2001); an HTTP date starts with the name of the day.
  const isDate = /^[A-Za-z]{3,9},? /.test(text)
  // The oldest of the three forms names no zone, and is GMT as well.
  const date = isDate ? Date.parse(/GMT$/.test(text) ? text : `${text} GMT`) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
