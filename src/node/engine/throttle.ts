/** Answers that come in the same burst as the one that narrowed do not narrow once more. In milliseconds. */
const BURST_MS = 100

/** A server that asks for more is not waited for so long: the file that met it fails. In milliseconds. */
const LONGEST_PAUSE_MS = 60_000

interface Waiting {
  readonly admit: () => void
}

/**
 * How many may work at once: up to `widest`, fewer after the server has said that it is too much, and more again, one by
 * one, as answers come. Additive increase, multiplicative decrease, as TCP does it.
 */
export class Throttle {
  readonly #widest: number
  readonly #waiting: Waiting[] = []
  #width: number
  #active = 0
  #pausedUntil = 0
  #burstUntil = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(widest: number) {
    this.#widest = widest
    this.#width = widest
  }

  /** How many may work at once now. */
  get width(): number {
    return Math.floor(this.#width)
  }

  /**
   * Waits for a place. Resolves early when the signal is aborted: then, too, a place is held.
   * @param first whether to go before those that have not begun yet
   */
  acquire(signal: AbortSignal, first = false): Promise<void> {
    return new Promise((resolve) => {
      const admit = () => {
        signal.removeEventListener('abort', leave)
        this.#active += 1
        resolve()
      }
      const waiting: Waiting = { admit }
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        // A timer that nobody waits for would keep the process alive.
        if (this.#waiting.length === 0) this.#stopTimer()
        admit()
      }
      if (signal.aborted) return admit()
      signal.addEventListener('abort', leave)
      if (first) this.#waiting.unshift(waiting)
      else this.#waiting.push(waiting)
      this.#admit()
    })
  }

  /** Gives a place back. */
  release(): void {
    this.#active -= 1
    this.#admit()
  }

  /** Gives the place back while waiting, and takes one again: before those that have not begun yet. */
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    this.release()
    await sleep(ms, signal)
    await this.acquire(signal, true)
  }

  /** The server says that it is too much: nobody begins for `ms` milliseconds, and then only half as many. */
  narrow(ms: number): boolean {
    const now = performance.now()
    this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(ms, LONGEST_PAUSE_MS))
    const isNew = now >= this.#burstUntil
    this.#burstUntil = Math.max(this.#burstUntil, this.#pausedUntil, now + (isNew ? BURST_MS : 0))
    if (isNew) this.#width = Math.max(1, Math.floor(this.#width / 2))
    return isNew
  }

  /** Somebody got a good answer. */
  widen(): void {
    this.#width = Math.min(this.#widest, this.#width + 1 / this.#width)
    this.#admit()
  }

  #admit(): void {
    while (this.#waiting.length > 0 && this.#active < this.width) {
      const left = this.#pausedUntil - performance.now()
      if (left > 0) {
        this.#timer ??= setTimeout(() => {
          this.#stopTimer()
          this.#admit()
        }, left)
        return
      }
      this.#waiting.shift()?.admit()
    }
  }

  #stopTimer(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', finish)
  })
}
