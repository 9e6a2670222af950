import { AbortedError, InvalidRequestError, PaginationLoopError, TimeoutError } from '../errors/client-errors.ts'
import type { ApiClient } from '../http/api-client.ts'
import { NO_TIME, type RequestOptions, remainingTime } from '../http/request-options.ts'
import { knownKeys } from '../validation/known-keys.ts'
import { ItemIterator } from './item-iterator.ts'

/** One page of a list. */
export interface Page<Item, Envelope> {
  readonly items: readonly Item[]
  /** Gives the page after this one to `byPage({ from })`, also in another process; undefined on the last page. */
  readonly cursor: string | undefined
  /** The whole answer, metadata not decoded. */
  readonly envelope: Envelope
}

/** How one list of the API is walked. A cursor is whatever the list pages by, as a string. */
export interface PageSource<Item, Envelope> {
  fetch(cursor: string | undefined, options: RequestOptions): Promise<Envelope>
  items(envelope: Envelope): readonly Item[]
  /** Returns the cursor of the next page; undefined when this was the last. */
  next(envelope: NoInfer<Envelope>): string | undefined
}

/**
 * A list of the API, however it pages. Nothing is asked for before it is read, and nothing more when reading stops.
 *
 * @example
 * for await (const channel of abeja.channels.list()) console.log(channel.name)
 * const firstTen = await abeja.channels.list().toArray({ limit: 10 })
 */
export class Paged<Item, Envelope = unknown> implements AsyncIterable<Item> {
  readonly #source: PageSource<Item, Envelope>
  readonly #remainingTime: () => () => RequestOptions

  /** @internal */
  constructor(client: ApiClient, source: PageSource<Item, Envelope>, options: RequestOptions | null | undefined) {
    this.#source = source
    this.#remainingTime = () => remainingTime(options, client.transport.settings.totalTimeout)
  }

  /** Every item of every page. */
  [Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    const timed = this.#remainingTime()
    const { signal, totalTimeout = Number.POSITIVE_INFINITY } = timed()
    const hasLimit = totalTimeout !== Number.POSITIVE_INFINITY
    return new ItemIterator(this.#pages(timed, undefined), () => {
      if (hasLimit || signal?.aborted) requireTime(timed())
    })
  }

  /**
   * Page by page, with the cursor that continues after each.
   * @param options.from the `cursor` of a page: starts after it
   * @throws PaginationLoopError when the API hands out a cursor twice
   */
  byPage(options: { from?: string | undefined } = {}): AsyncGenerator<Page<Item, Envelope>, void, undefined> {
    const { from } = knownKeys(options, ['from'], 'option', InvalidRequestError)
    return this.#pages(this.#remainingTime(), from)
  }

  async *#pages(
    timed: () => RequestOptions,
    from: string | undefined,
  ): AsyncGenerator<Page<Item, Envelope>, void, undefined> {
    const seen = new Set<string>()
    for (let cursor = from; ; ) {
      const envelope = await this.#source.fetch(cursor, timed())
      const next = this.#source.next(envelope)
      if (cursor !== undefined) seen.add(cursor)
      yield { items: this.#source.items(envelope), cursor: next, envelope }
      if (next === undefined) return
      if (seen.has(next)) {
        throw new PaginationLoopError('The API handed out a cursor it had handed out before: the list would never end.')
      }
      cursor = next
    }
  }

  /**
   * The items as an array.
   * @param options.limit the most items to take; no further page is asked for once they are there
   */
  async toArray(options: { limit?: number | undefined } = {}): Promise<Item[]> {
    const given = knownKeys(options, ['limit'], 'option', InvalidRequestError)
    const limit = given.limit ?? Number.POSITIVE_INFINITY
    if (!(limit >= 0)) throw new InvalidRequestError(`limit must be a number, 0 or more (received ${String(limit)}).`)
    const items: Item[] = []
    if (limit === 0) return items
    const timed = this.#remainingTime()
    for await (const page of this.#pages(timed, undefined)) {
      requireTime(timed())
      for (const item of page.items) {
        items.push(item)
        if (items.length >= limit) return items
      }
    }
    return items
  }
}

/** Throws when the caller has ended the iteration, or its time is up: a page that is there already is not read on. */
function requireTime({ signal, totalTimeout }: RequestOptions): void {
  if (signal?.aborted) throw new AbortedError('The list was ended by its signal.', { cause: signal.reason })
  if (totalTimeout === NO_TIME)
    throw new TimeoutError('The time of the whole list ran out (totalTimeout).', 'totalTimeout')
}
