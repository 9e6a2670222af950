import type { TransferEvent } from '../engine/transfer-options.ts'

/** Counts the files and bytes of a transfer. */
export class TransferTally {
  readonly #startedAt: number
  readonly #now: () => number
  /** The transferred bytes of each file in progress. */
  readonly #inProgress = new Map<string, number>()
  #found = 0
  #ended = 0
  #failed = 0
  #cancelled = 0
  #moved = 0

  /** @param now returns milliseconds since any moment */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
    this.#startedAt = now()
  }

  /** The number of files found so far. */
  get found(): number {
    return this.#found
  }

  /** The number of files that succeeded, failed or were skipped. A cancelled file does not count. */
  get ended(): number {
    return this.#ended
  }

  /** The number of transferred bytes. */
  get bytes(): number {
    return this.#moved + [...this.#inProgress.values()].reduce((sum, bytes) => sum + bytes, 0)
  }

  /** Bytes per second, since the start. */
  get rate(): number {
    const seconds = (this.#now() - this.#startedAt) / 1000
    return seconds > 0 ? this.bytes / seconds : 0
  }

  /** The number of failed and cancelled files, as text. */
  get note(): string {
    const counts = { failed: this.#failed, cancelled: this.#cancelled }
    return Object.entries(counts)
      .flatMap(([name, count]) => (count === 0 ? [] : [`${count} ${name}`]))
      .join(', ')
  }

  add(event: TransferEvent): void {
    if (event.type === 'found') this.#found += 1
    else if (event.type === 'progress') this.#inProgress.set(event.path, event.transferred)
    else if (event.type !== 'started' && event.type !== 'throttled') this.#end(event)
  }

  #end(event: Extract<TransferEvent, { record: unknown }>): void {
    this.#inProgress.delete(event.path)
    if (event.type === 'cancelled') this.#cancelled += 1
    else this.#ended += 1
    if (event.type === 'failed') this.#failed += 1
    if (event.type === 'succeeded') this.#moved += event.record.bytes ?? 0
  }
}
