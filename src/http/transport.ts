import type { AbejaError, Attempt } from '../errors/abeja-error.ts'
import { type AttemptEvent, attemptOnce, type Success } from './attempt.ts'
import type { Call } from './call.ts'
import type { Stopped } from './clock.ts'
import { delay } from './delay.ts'
import type { AbejaEvent } from './events.ts'
import { errorOf, type Failure, stoppedFailure } from './failure.ts'
import type { SendSettings } from './outgoing-request.ts'
import type { AnswerReader } from './read-answer.ts'
import { redactUrl } from './redaction.ts'
import { retryPause } from './retry-pause.ts'

/** What the transport needs of the client's configuration. */
export interface TransportSettings extends SendSettings {
  readonly onEvent: ((event: AbejaEvent) => void) | undefined
  /** Waits before a failed call is made again, in place of a plain timer. Resolves early when the signal is aborted. */
  readonly pause?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined
}

/** An event without what is the same for all events of a call. */
type CallEvent<E extends AbejaEvent = AbejaEvent> = E extends AbejaEvent
  ? Omit<E, 'callId' | 'operationId' | 'method' | 'url'>
  : never

/** Makes a call until it has a whole answer, or an error that tells everything there is to know. */
export class Transport {
  readonly #settings: TransportSettings

  constructor(settings: TransportSettings) {
    this.#settings = settings
  }

  async exchange<T>(call: Call, read: AnswerReader<T>): Promise<Success<T>> {
    const startedAt = performance.now()
    const attempts: Attempt[] = []
    for (let delayMs = 0; ; ) {
      const attemptAt = performance.now()
      const stopped = stoppedBefore(call, attemptAt)
      if (stopped) {
        const outcome = { attempts, retryable: false, note: undefined }
        throw this.#failed(call, startedAt, attempts, errorOf(call, stoppedFailure(call, stopped, false), outcome))
      }
      const attempt = attempts.length + 1
      const emit = this.#settings.onEvent && ((event: AttemptEvent) => this.emit(call, { ...event, attempt }))
      const result = await attemptOnce(call, read, this.#settings, emit)
      if ('response' in result) return result
      attempts.push(attemptOf(result, delayMs, performance.now() - attemptAt))
      const decision = retryPause(call, result, attempt)
      const error = errorOf(call, result, { attempts: [...attempts], ...decision })
      if (decision.pauseMs === undefined) throw this.#failed(call, startedAt, attempts, error)
      delayMs = decision.pauseMs
      this.emit(call, { type: 'retry', attempt, reason: result.reason, delayMs, error })
      await this.pause(delayMs, call.signal)
    }
  }

  #failed(call: Call, startedAt: number, attempts: readonly Attempt[], error: AbejaError): AbejaError {
    const durationMs = performance.now() - startedAt
    this.emit(call, { type: 'failure', attempt: attempts.length, durationMs, error })
    return error
  }

  /** Waits before a failed call is made again, in milliseconds. Resolves early when the signal is aborted. */
  pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return (this.#settings.pause ?? delay)(ms, signal)
  }

  /** Tells the client's `onEvent`. A listener only watches: what goes wrong in it must not change the call. */
  emit(call: Call, event: CallEvent): void {
    const { onEvent } = this.#settings
    if (!onEvent) return
    const { id, operationId, method, url } = call
    try {
      const told: unknown = onEvent({ ...event, callId: id, operationId, method, url: redactUrl(url) })
      if (told instanceof Promise) told.catch(() => {})
    } catch {}
  }
}

/** What keeps a call from being tried at all. */
function stoppedBefore({ signal, deadlineAt }: Call, now: number): Stopped | undefined {
  if (signal?.aborted) return { kind: 'aborted', reason: signal.reason }
  return now < deadlineAt ? undefined : { kind: 'totalTimeout' }
}

/** A failed attempt as errors tell it. */
export function attemptOf(
  { told, mayHaveBeenProcessed, reason }: Failure,
  delayMs: number,
  durationMs: number,
): Attempt {
  const { status, cause } = told
  return { ...(status === undefined ? {} : { status }), delayMs, durationMs, mayHaveBeenProcessed, reason, cause }
}
