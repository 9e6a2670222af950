import { delay, onAbort } from '../../http/abort.ts'

/** Rejections that come in the same burst as the one that decreased the limit do not decrease it again. In milliseconds. */
const BURST_MS = 100

/** The longest pause: a file whose server asks for more fails. In milliseconds. */
const LONGEST_PAUSE_MS = 60_000

/**
 * Limits how many work at once: up to `most`, half as many after an overload, and then one more for each round of
 * successes. Additive increase and multiplicative decrease, as in TCP.
 */
export class Throttle {
  readonly #most: number
  /** Admits the next one, in order. */
  readonly #waiting: (() => void)[] = []
  #limit: number
  #active = 0
  #pausedUntil = 0
  #burstUntil = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(most: number) {
    this.#most = most
    this.#limit = most
  }

  /** How many may work at once now. */
  get limit(): number {
    return Math.floor(this.#limit)
  }

  /**
   * Waits for a place. Resolves early when the signal is aborted, also then with a place.
   * @param first whether to go before those that have not begun yet
   */
  acquire(signal: AbortSignal, first = false): Promise<void> {
    return new Promise((resolve) => {
      let release: (() => void) | undefined
      const admit = () => {
        release?.()
        this.#active += 1
        resolve()
      }
      if (signal.aborted) return admit()
      release = onAbort(signal, () => {
        this.#waiting.splice(this.#waiting.indexOf(admit), 1)
        // An unused timer would keep the process alive.
        if (this.#waiting.length === 0) this.#stopTimer()
        admit()
      })
      if (first) this.#waiting.unshift(admit)
      else this.#waiting.push(admit)
      this.#admit()
    })
  }

  /** Gives a place back. */
  release(): void {
    this.#active -= 1
    this.#admit()
  }

  /** Gives the place back while waiting, and takes one again before those that have not begun yet. */
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    this.release()
    await delay(ms, signal)
    await this.acquire(signal, true)
  }

  /**
   * Halves the limit, and pauses for `ms` milliseconds.
   * @returns false when this belongs to the burst that has decreased it already
   */
  decrease(ms: number): boolean {
    const now = performance.now()
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(ms, LONGEST_PAUSE_MS))
    const isNew = now >= this.#burstUntil
    this.#burstUntil = Math.max(this.#burstUntil, this.#pausedUntil, now + (isNew ? BURST_MS : 0))
    if (isNew) this.#limit = Math.max(1, Math.floor(this.#limit / 2))
    return isNew
  }

  /** Raises the limit after a success: by one when as many as are admitted at once have succeeded. */
  increase(): void {
    this.#limit = Math.min(this.#most, this.#limit + 1 / this.#limit)
    this.#admit()
  }

  #admit(): void {
    while (this.#waiting.length > 0 && this.#active < this.limit) {
      const left = this.#pausedUntil - performance.now()
      if (left > 0) {
        this.#timer ??= setTimeout(() => {
          this.#stopTimer()
          this.#admit()
        }, left)
        return
      }
      this.#waiting.shift()?.()
    }
  }

  #stopTimer(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
