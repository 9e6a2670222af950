import { AbortedError, InvalidRequestError, PaginationLoopError, TimeoutError } from '../errors/errors.ts'
import type { ApiClient } from '../http/api-client.ts'
import { withResponseListener } from '../http/api-promise.ts'
import { NO_TIME, type RequestOptions, remainingTime } from '../http/call.ts'
import { knownKeys } from '../validation/known-keys.ts'
import { ItemIterator } from './item-iterator.ts'

/** One page of a list. */
export interface Page<Item, Envelope> {
  readonly items: readonly Item[]
  /** Continues after this page with `byPage({ from })`, also in another process; undefined on the last page. */
  readonly cursor: string | undefined
  /** The whole response, with the metadata as they came. */
  readonly envelope: Envelope
  /** The response that the page came in. Its body has been read already. Not enumerable: JSON of a page leaves it out. */
  readonly response: Response | undefined
}

/** How one list of the API is paged through. A cursor is whatever the list pages by, as a string. */
export interface PageSource<Item, Envelope> {
  fetch(cursor: string | undefined, options: RequestOptions): Promise<Envelope>
  items(envelope: Envelope): readonly Item[]
  /** Returns what no two items of a list have in common. */
  id(item: Item): string
  /** Returns the cursor of the next page; undefined when this was the last. */
  next(envelope: NoInfer<Envelope>): string | undefined
}

/** So many empty pages in a row are taken for a list that never ends. A filter can leave some pages empty. */
const MOST_EMPTY_PAGES = 1_000

/**
 * A list of the API. Nothing is requested before it is read, and nothing more once reading stops.
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

  /**
   * Every item of every page.
   * @throws PaginationLoopError when the list would never end
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    const timed = this.#remainingTime()
    const { signal, totalTimeout = Number.POSITIVE_INFINITY } = timed()
    const hasLimit = totalTimeout !== Number.POSITIVE_INFINITY
    return new ItemIterator(this.#pages(timed, undefined), () => {
      if (hasLimit || signal?.aborted) requireTime(timed())
    })
  }

  /**
   * The pages, each with the cursor that continues after it.
   * @param options.from the `cursor` of a page: starts after it
   * @throws PaginationLoopError when the list would never end
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
    let previous: readonly Item[] = []
    let emptyPages = 0
    for (let cursor = from; ; ) {
      let response: Response | undefined
      const options = withResponseListener(timed(), (received) => {
        response = received
      })
      const envelope = await this.#source.fetch(cursor, options)
      const next = this.#source.next(envelope)
      const items = this.#source.items(envelope)
      if (next !== undefined && this.#isSame(items, previous)) throw endless('the same page twice in a row')
      emptyPages = items.length === 0 ? emptyPages + 1 : 0
      if (emptyPages > MOST_EMPTY_PAGES) throw endless(`${emptyPages} empty pages in a row`)
      if (cursor !== undefined) seen.add(cursor)
      const page = { items, cursor: next, envelope, response }
      yield Object.defineProperty(page, 'response', { enumerable: false })
      if (next === undefined) return
      if (seen.has(next)) throw endless('a cursor that it had returned before')
      previous = items
      cursor = next
    }
  }

  #isSame(items: readonly Item[], previous: readonly Item[]): boolean {
    if (items.length === 0 || items.length !== previous.length) return false
    return previous.every((item, index) => {
      const other = items[index]
      return other !== undefined && this.#source.id(other) === this.#source.id(item)
    })
  }

  /**
   * The items as an array.
   * @param options.limit the most items to take; no further page is requested once they are there
   * @throws PaginationLoopError when the list would never end
   */
  async toArray(options: { limit?: number | undefined } = {}): Promise<Item[]> {
    const given = knownKeys(options, ['limit'], 'option', InvalidRequestError)
    const limit = given.limit ?? Number.POSITIVE_INFINITY
    if (typeof limit !== 'number' || !(limit >= 0))
      throw new InvalidRequestError(`limit must be a number, 0 or more (received ${String(limit)}).`)
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

function endless(what: string): PaginationLoopError {
  return new PaginationLoopError(`The list would never end: the API returned ${what}.`)
}

/** Throws when the caller has ended the iteration or its time has elapsed, also within a page that has been received. */
function requireTime({ signal, totalTimeout }: RequestOptions): void {
  if (signal?.aborted) throw new AbortedError('The list was aborted by its signal.', { cause: signal.reason })
  if (totalTimeout !== NO_TIME) return
  throw new TimeoutError('The time of the whole list elapsed (totalTimeout).', 'totalTimeout')
}
