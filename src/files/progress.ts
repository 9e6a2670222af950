/** How far a transfer is. */
export interface Progress {
  /** In bytes. It never goes down, also when an attempt starts anew. */
  readonly transferred: number
  /** In bytes, when it is known. `transferred` reaches it only when the transfer has succeeded. */
  readonly total: number | undefined
  /** 1 for the first attempt; a resumed download counts on. */
  readonly attempt: number
}

/** Told at most some 20 times a second. An exception in it changes nothing. */
export type OnProgress = (progress: Progress) => void

const INTERVAL_MS = 50

/** Turns moved bytes into calls of `onProgress`. */
export class ProgressMeter {
  readonly #onProgress: OnProgress | undefined
  #total: number | undefined
  #attempt = 0
  #moved = 0
  #highest = 0
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(onProgress: OnProgress | undefined) {
    this.#onProgress = onProgress
  }

  /** An attempt starts at a position, with this many bytes to move in all, as far as is known. */
  start(total: number | undefined, position = 0): void {
    this.#total = total
    this.#moved = position
    this.#attempt += 1
  }

  move(count: number): void {
    this.#moved += count
    this.#highest = Math.max(this.#highest, this.#moved)
    const isComplete = this.#total !== undefined && this.#highest >= this.#total
    if (isComplete || performance.now() - this.#toldAt < INTERVAL_MS) return
    this.#tell()
  }

  /** The transfer has succeeded. */
  finish(): void {
    this.#total ??= this.#highest
    this.#tell()
  }

  #tell(): void {
    this.#toldAt = performance.now()
    try {
      this.#onProgress?.({ transferred: this.#highest, total: this.#total, attempt: this.#attempt })
    } catch {
      // A listener only watches: what goes wrong in it must not change the transfer.
    }
  }
}
