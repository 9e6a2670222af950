import { callListener } from '../validation/call-listener.ts'

/** The progress of a transfer. */
export interface Progress {
  /** In bytes. It never decreases, even when an attempt starts from the beginning. */
  readonly transferred: number
  /** In bytes, when it is known. `transferred` reaches it only when the transfer has succeeded. */
  readonly total: number | undefined
  /** 1 for the first attempt; a resumed download counts on. */
  readonly attempt: number
}

/** Called at most about 20 times a second. Errors that it throws, and rejections, are ignored. */
export type OnProgress = (progress: Progress) => void

const INTERVAL_MS = 50

/** Counts transferred bytes and calls `onProgress`. */
export class ProgressMeter {
  readonly #onProgress: OnProgress | null | undefined
  #total: number | undefined
  #attempt = 0
  #moved = 0
  #highest = 0
  #reportedAt = Number.NEGATIVE_INFINITY

  constructor(onProgress: OnProgress | null | undefined) {
    this.#onProgress = onProgress
  }

  /**
   * Starts an attempt.
   * @param total the bytes of the whole transfer, when known
   * @param position the bytes that were already transferred
   */
  start(total: number | undefined, position = 0): void {
    this.#total = total
    this.#moved = position
    this.#attempt += 1
  }

  move(count: number): void {
    this.#moved += count
    this.#highest = Math.max(this.#highest, this.#moved)
    const isComplete = this.#total !== undefined && this.#highest >= this.#total
    if (isComplete || performance.now() - this.#reportedAt < INTERVAL_MS) return
    this.#report()
  }

  /** Must be called when the transfer has succeeded. */
  finish(): void {
    this.#total ??= this.#highest
    this.#report()
  }

  #report(): void {
    this.#reportedAt = performance.now()
    callListener(this.#onProgress, { transferred: this.#highest, total: this.#total, attempt: this.#attempt })
  }
}
