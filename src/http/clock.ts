import type { TimeoutKind } from '../errors/client-errors.ts'
import { onAbort } from './on-abort.ts'

/** The limits of one attempt, in milliseconds. `deadlineAt` is a time of `performance.now()`. */
export interface ClockLimits {
  readonly timeout?: number | undefined
  readonly idleTimeout?: number | undefined
  readonly deadlineAt?: number | undefined
}

/** Why the clock ended the attempt. */
export type Stopped = { readonly kind: TimeoutKind } | { readonly kind: 'aborted'; readonly reason: unknown }

/** Larger values make a timer fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * Ends one attempt when the caller aborts or a limit runs out. It owns every timer and listener of the attempt, and
 * `stop` releases them all: whoever makes a clock stops it.
 */
export class Clock {
  readonly #controller = new AbortController()
  readonly #release: (() => void) | undefined
  readonly #timers: ReturnType<typeof setTimeout>[] = []
  readonly #idleTimeout: number | undefined
  readonly #waiting = new Set<(reason: unknown) => void>()
  #lastMove = 0
  #idleTimer: ReturnType<typeof setTimeout> | undefined
  #stopped: Stopped | undefined

  constructor(limits: ClockLimits, caller: AbortSignal | undefined) {
    this.#idleTimeout = limits.idleTimeout
    if (caller?.aborted) {
      this.#end({ kind: 'aborted', reason: caller.reason })
      return
    }
    this.#release = caller && onAbort(caller, () => this.#end({ kind: 'aborted', reason: caller.reason }))
    if (limits.timeout !== undefined) this.#arm('timeout', limits.timeout)
    if (limits.deadlineAt !== undefined) this.#arm('totalTimeout', limits.deadlineAt - performance.now())
    if (limits.idleTimeout !== undefined) this.touch()
  }

  /** Aborted when the attempt must end. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Why the attempt was ended, when it was. */
  get stopped(): Stopped | undefined {
    return this.#stopped
  }

  /** Says that a byte moved, or is waited for again: the idle time starts anew. */
  touch(): void {
    const limit = this.#idleTimeout
    if (limit === undefined || this.#stopped) return
    this.#lastMove = performance.now()
    if (this.#idleTimer === undefined) this.#watchIdle(limit, limit)
  }

  /** Says that no byte is waited for, because the reader takes its time: the idle time stands still. */
  rest(): void {
    clearTimeout(this.#idleTimer)
    this.#idleTimer = undefined
  }

  /**
   * Waits for something that does not listen to the signal itself. When the clock ends first, the promise rejects at
   * once, and what comes late goes to `discard`.
   */
  race<T>(work: Promise<T>, discard?: (late: T) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      // Not a listener of the signal: those cost more than all else of a call.
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

  /** Releases the timers and the listener. The signal is not aborted by it. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.rest()
    this.#release?.()
  }

  #arm(kind: TimeoutKind, ms: number): void {
    if (ms > LONGEST_TIMER_MS) return
    this.#timers.push(setTimeout(() => this.#end({ kind }), Math.max(0, ms)))
  }

  // Moving the last time is far cheaper than setting a timer anew for each chunk of a large body.
  #watchIdle(limit: number, wait: number): void {
    if (limit > LONGEST_TIMER_MS) return
    this.#idleTimer = setTimeout(() => {
      const left = limit - (performance.now() - this.#lastMove)
      if (left <= 0) this.#end({ kind: 'idleTimeout' })
      else this.#watchIdle(limit, left)
    }, wait)
  }

  #end(stopped: Stopped): void {
    if (this.#stopped) return
    this.#stopped = stopped
    this.stop()
    this.#controller.abort(stopped.kind === 'aborted' ? stopped.reason : undefined)
    for (const reject of this.#waiting) reject(this.signal.reason)
    this.#waiting.clear()
  }
}
