import type { Clock } from '../clock.ts'

/**
 * The time of a workspace. It runs with the time of the server until it is set, advanced or frozen: then lifetimes end,
 * URLs expire and runs go on without waiting.
 *
 * @example
 * mock.clock.advance(24 * 60 * 60 * 1000) // a day later
 */
export class MockClock {
  readonly #source: Clock
  #offset = 0
  #frozenAt: number | undefined
  readonly #listeners = new Set<() => void>()

  constructor(source: Clock) {
    this.#source = source
  }

  /** The time in milliseconds since 1970. */
  readonly now: Clock = () => this.#frozenAt ?? this.#source() + this.#offset

  get frozen(): boolean {
    return this.#frozenAt !== undefined
  }

  /** Sets the time: milliseconds since 1970, a `Date`, or a text such as `2024-01-31T09:30:00Z`. Throws a RangeError for anything else. */
  set(time: number | string | Date): void {
    this.#moveTo(timeOf(time))
  }

  /** Moves the time by milliseconds, backwards if they are negative. Throws a RangeError if the result is not a date. */
  advance(milliseconds: number): void {
    this.#moveTo(timeOf(this.now() + milliseconds))
  }

  /** Stops the time. It can still be set and advanced. */
  freeze(): void {
    this.#frozenAt = this.now()
    this.#changed()
  }

  /** Lets a frozen time continue. */
  resume(): void {
    if (this.#frozenAt === undefined) return
    this.#offset = this.#frozenAt - this.#source()
    this.#frozenAt = undefined
    this.#changed()
  }

  /** Returns to the time of the server. */
  reset(): void {
    this.#offset = 0
    this.#frozenAt = undefined
    this.#changed()
  }

  /** @internal Calls `listener` whenever the time is set, advanced, frozen, resumed or reset. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #moveTo(time: number): void {
    if (this.#frozenAt === undefined) this.#offset = time - this.#source()
    else this.#frozenAt = time
    this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** The years that have four digits in responses. */
const earliest = Date.parse('1970-01-01T00:00:00Z')
const latest = Date.parse('9999-01-01T00:00:00Z')

function timeOf(time: unknown): number {
  const milliseconds = typeof time === 'string' ? Date.parse(time) : Number(time instanceof Date ? time : (time ?? NaN))
  if (typeof time === 'boolean' || !(milliseconds >= earliest && milliseconds <= latest)) {
    throw new RangeError(
      `time must be a date from 1970 to 9998, such as 2024-01-31T09:30:00Z (received ${String(time)})`,
    )
  }
  return Math.floor(milliseconds)
}
