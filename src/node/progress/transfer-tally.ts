import type { TransferEvent } from '../engine/transfer-options.ts'

/** Adds up what happens in a transfer. */
export class TransferTally {
  readonly #startedAt: number
  readonly #now: () => number
  /** Of the files that are under way: how far each is. */
  readonly #underWay = new Map<string, number>()
  #found = 0
  #ended = 0
  #failed = 0
  #cancelled = 0
  #moved = 0

  /** @param now in milliseconds, from any moment on */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
    this.#startedAt = now()
  }

  /** How many files were found so far. */
  get found(): number {
    return this.#found
  }

  /** How many files succeeded, failed or were skipped. A cancelled one has not ended. */
  get ended(): number {
    return this.#ended
  }

  /** How many bytes were moved. */
  get bytes(): number {
    return this.#moved + [...this.#underWay.values()].reduce((sum, bytes) => sum + bytes, 0)
  }

  /** Bytes a second, from the beginning on. */
  get rate(): number {
    const seconds = (this.#now() - this.#startedAt) / 1000
    return seconds > 0 ? this.bytes / seconds : 0
  }

  /** What a person should know beside the numbers. */
  get note(): string {
    const counts = { failed: this.#failed, cancelled: this.#cancelled }
    return Object.entries(counts)
      .flatMap(([name, count]) => (count === 0 ? [] : [`${count} ${name}`]))
      .join(', ')
  }

  add(event: TransferEvent): void {
    if (event.type === 'found') this.#found += 1
    else if (event.type === 'progress') this.#underWay.set(event.path, event.transferred)
    else if (event.type !== 'started' && event.type !== 'throttled') this.#end(event)
  }

  #end(event: Extract<TransferEvent, { record: unknown }>): void {
    this.#underWay.delete(event.path)
    if (event.type === 'cancelled') this.#cancelled += 1
    else this.#ended += 1
    if (event.type === 'failed') this.#failed += 1
    if (event.type === 'succeeded') this.#moved += event.record.bytes ?? 0
  }
}
