import type { TimeoutKind } from '../errors/errors.ts'
import { LONGEST_TIMER_MS, onAbort } from './abort.ts'

/** The limits of one attempt, in milliseconds. `deadlineAt` is a time of `performance.now()`. */
export interface AttemptLimits {
  readonly timeout?: number | undefined
  readonly idleTimeout?: number | undefined
  readonly deadlineAt?: number | undefined
}

/** Why an attempt was ended. */
export type StopReason = { readonly kind: TimeoutKind } | { readonly kind: 'aborted'; readonly reason: unknown }

/**
 * Ends one attempt when the caller aborts or a timeout elapses. It owns every timer and listener of the attempt; the code
 * that creates it must call `stop`, which releases them.
 */
export class AttemptTimer {
  readonly #controller = new AbortController()
  readonly #release: (() => void) | undefined
  readonly #timers: ReturnType<typeof setTimeout>[] = []
  readonly #idleTimeout: number | undefined
  readonly #waiting = new Set<(reason: unknown) => void>()
  #lastByteAt = 0
  #idleTimer: ReturnType<typeof setTimeout> | undefined
  #stopped: StopReason | undefined

  constructor(limits: AttemptLimits, caller: AbortSignal | undefined) {
    this.#idleTimeout = limits.idleTimeout
    if (caller?.aborted) {
      this.#end({ kind: 'aborted', reason: caller.reason })
      return
    }
    this.#release = caller && onAbort(caller, () => this.#end({ kind: 'aborted', reason: caller.reason }))
    if (limits.timeout !== undefined) this.#start('timeout', limits.timeout)
    if (limits.deadlineAt !== undefined) this.#start('totalTimeout', limits.deadlineAt - performance.now())
    if (limits.idleTimeout !== undefined) this.touch()
  }

  /** Aborted when the attempt must end. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Why the attempt was ended; undefined while it goes on. */
  get stopped(): StopReason | undefined {
    return this.#stopped
  }

  /** Restarts the idle timeout: data was transferred, or reading continues. */
  touch(): void {
    const limit = this.#idleTimeout
    if (limit === undefined || this.#stopped) return
    this.#lastByteAt = performance.now()
    if (this.#idleTimer === undefined) this.#watchIdle(limit, limit)
  }

  /** Suspends the idle timeout while the reader of the body is not reading. */
  rest(): void {
    clearTimeout(this.#idleTimer)
    this.#idleTimer = undefined
  }

  /**
   * Waits for work that may not listen to the signal. When the attempt ends first, the promise rejects at once, and a late
   * result is passed to `discard`.
   */
  race<T>(work: Promise<T>, discard?: (late: T) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      // Not a listener of the signal: those cost more than everything else in a call.
      if (this.#stopped) reject(this.signal.reason)
      else this.#waiting.add(reject)
      work.then(
        (value) => {
          this.#waiting.delete(reject)
          if (this.#stopped) discard?.(value)
          else resolve(value)
        },
        (error: unknown) => {
          this.#waiting.delete(reject)
          reject(error)
        },
      )
    })
  }

  /** Releases the timers and the listener. It does not abort the signal. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.rest()
    this.#release?.()
  }

  #start(kind: TimeoutKind, ms: number): void {
    if (ms > LONGEST_TIMER_MS) return
    this.#timers.push(setTimeout(() => this.#end({ kind }), Math.max(0, ms)))
  }

  // Recording the time of the last byte is far cheaper than a new timer for each chunk of a large body.
  #watchIdle(limit: number, wait: number): void {
    if (limit > LONGEST_TIMER_MS) return
    this.#idleTimer = setTimeout(() => {
      const left = limit - (performance.now() - this.#lastByteAt)
      if (left <= 0) this.#end({ kind: 'idleTimeout' })
      else this.#watchIdle(limit, left)
    }, wait)
  }

  #end(stopped: StopReason): void {
    if (this.#stopped) return
    this.#stopped = stopped
    this.stop()
    this.#controller.abort(stopped.kind === 'aborted' ? stopped.reason : undefined)
    for (const reject of this.#waiting) reject(this.signal.reason)
    this.#waiting.clear()
  }
}
