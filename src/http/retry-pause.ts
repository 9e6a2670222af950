import { backoffMs } from './backoff.ts'
import type { Call } from './call.ts'
import type { Failure } from './failure.ts'

/** Whether and when a failed call is made again. */
export interface RetryDecision {
  /** In milliseconds; undefined when the call is not made again. */
  readonly pauseMs: number | undefined
  readonly retryable: boolean
  /** Why not, when it is not plain. */
  readonly note: string | undefined
}

/** A server that asks for more than this is not waited for, unless the total timeout of the call allows it. */
const LONGEST_WAIT_MS = 60_000

/** A longer timer fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Decides after attempt number `attempts` (1 for the first). */
export function retryPause(call: Call, failure: Failure, attempts: number): RetryDecision {
  const no = (note?: string, retryable = false): RetryDecision => ({ pauseMs: undefined, retryable, note })
  if (!failure.transient) return no()
  if (call.body?.once !== undefined) {
    return no(`Not retried: the body is ${call.body.once}, which can be sent once. Pass a function that opens it.`)
  }
  if (failure.mayHaveBeenProcessed && !call.idempotent) {
    return no('Not retried: the operation is not idempotent and may have been processed.')
  }
  if (attempts > call.maxRetries) return no(undefined, true)
  const pauseMs = failure.told.retryAfterMs ?? backoffMs(attempts)
  const left = call.deadlineAt - performance.now()
  const longest = left === Number.POSITIVE_INFINITY ? LONGEST_WAIT_MS : Math.min(left, LONGEST_TIMER_MS)
  if (pauseMs <= longest) return { pauseMs, retryable: true, note: undefined }
  const why =
    failure.told.retryAfterMs === undefined
      ? 'the total timeout would elapse first'
      : `the server asks to wait ${pauseMs} ms`
  return no(`Not retried: ${why}.`, true)
}
