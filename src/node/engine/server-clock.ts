import type { CallEvent } from '../../http/events.ts'

/** A change of the clocks that is worth recording, in milliseconds. Network delays are below it. */
const CHANGE_MS = 5_000

/**
 * How far the server's clock is ahead of this machine's, by the `Date` headers of its responses. The dates of its files come
 * from the same clock, and this machine's may be wrong by any amount.
 */
export class ServerClock {
  readonly #onChange: (offset: number) => void
  #offset: number | undefined
  #recorded = Number.POSITIVE_INFINITY

  /** @param onChange called when the offset becomes known, and when it falls */
  constructor(onChange: (offset: number) => void) {
    this.#onChange = onChange
  }

  /**
   * The lowest offset that was seen, in milliseconds: an upload must not seem to have begun later than it did. Undefined
   * before the first response.
   */
  get offset(): number | undefined {
    return this.#offset
  }

  observe(event: CallEvent): void {
    if (event.type !== 'response') return
    const answeredAt = Date.parse(event.date ?? '')
    if (Number.isNaN(answeredAt)) return
    this.#offset = Math.min(this.#offset ?? Number.POSITIVE_INFINITY, answeredAt - Date.now())
    if (this.#offset > this.#recorded - CHANGE_MS) return
    this.#recorded = this.#offset
    this.#onChange(this.#offset)
  }

  /** Converts a time of this machine to the server's, where its clock is known. */
  convert(local: Date): Date {
    return new Date(local.getTime() + (this.#offset ?? 0))
  }
}
