import type { AbejaError, Attempt } from '../errors/abeja-error.ts'
import { callListener } from '../validation/call-listener.ts'
import { delay } from './abort.ts'
import { type AttemptEvent, attemptOnce, type Success } from './attempt.ts'
import type { StopReason } from './attempt-timer.ts'
import type { ClientSettings } from './call.ts'
import { type Call, type CallRequest, makeCall } from './call.ts'
import type { CallEvent } from './events.ts'
import { attemptOf, errorOf, stoppedFailure } from './failure.ts'
import type { ResponseReader } from './read-response.ts'
import { redactUrl } from './redaction.ts'
import type { RequestOptions } from './request-options.ts'
import { decideRetry } from './retry-policy.ts'

/** Sends a call until it has a complete response, or an error that holds everything there is to know. */
export class Transport {
  readonly settings: ClientSettings

  constructor(settings: ClientSettings) {
    this.settings = settings
  }

  /** Sends a request until its response is read, with retries and timeouts. */
  request<T>(
    request: CallRequest,
    options: RequestOptions,
    movesFile: boolean,
    read: ResponseReader<T>,
  ): Promise<Success<T> & { readonly call: Call }> {
    return this.#exchange(makeCall(request, options, this.settings, movesFile), read)
  }

  async #exchange<T>(call: Call, read: ResponseReader<T>): Promise<Success<T> & { readonly call: Call }> {
    const startedAt = performance.now()
    const attempts: Attempt[] = []
    const isObserved = this.settings.onEvent !== undefined || call.hooks?.onEvent !== undefined
    for (let delayMs = 0; ; ) {
      const attemptAt = performance.now()
      const stopped = stoppedBefore(call, attemptAt)
      if (stopped) {
        const error = errorOf(call, stoppedFailure(call, stopped, false), { attempts, retryable: false })
        throw this.#failed(call, startedAt, attempts, error)
      }
      const attempt = attempts.length + 1
      const emit = isObserved ? (event: AttemptEvent) => this.emit(call, { ...event, attempt }) : undefined
      const result = await attemptOnce(call, read, this.settings, emit)
      if ('response' in result) {
        call.hooks?.onResponse?.(result.response)
        return { ...result, call }
      }
      attempts.push(attemptOf(result, delayMs, performance.now() - attemptAt))
      const decision = decideRetry(call, result, attempt)
      const error = errorOf(call, result, { attempts: [...attempts], ...decision })
      if (decision.pauseMs === undefined) throw this.#failed(call, startedAt, attempts, error)
      delayMs = decision.pauseMs
      this.emit(call, { type: 'retry', attempt, reason: result.reason, delayMs, error })
      await this.pause(call, delayMs, call.signal)
    }
  }

  #failed(call: Call, startedAt: number, attempts: readonly Attempt[], error: AbejaError): AbejaError {
    const durationMs = performance.now() - startedAt
    this.emit(call, { type: 'failure', attempt: attempts.length, durationMs, error })
    return error
  }

  /** Waits before a failed call is sent again, in milliseconds. Resolves early when the signal is aborted. */
  pause({ hooks }: Call, ms: number, signal: AbortSignal | undefined): Promise<void> {
    return (hooks?.pause ?? delay)(ms, signal)
  }

  /** Calls the hooks of the call and the client's `onEvent`. */
  emit({ hooks, id, operationId, method, url }: Call, event: CallEvent): void {
    const { onEvent } = this.settings
    hooks?.onEvent?.(event)
    if (onEvent) callListener(onEvent, { ...event, callId: id, operationId, method, url: redactUrl(url) })
  }
}

/** Returns what keeps a call from being tried at all. */
function stoppedBefore({ signal, deadlineAt }: Call, now: number): StopReason | undefined {
  if (signal?.aborted) return { kind: 'aborted', reason: signal.reason }
  return now < deadlineAt ? undefined : { kind: 'totalTimeout' }
}
