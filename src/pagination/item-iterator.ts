/**
 * Iterates over the items of pages. Items of a loaded page are returned at once: an async generator would take three turns of
 * the microtask queue for each, which cost more than everything else that is done for an item of a long list.
 */
export class ItemIterator<Item> implements AsyncIterableIterator<Item> {
  readonly #pages: AsyncGenerator<{ readonly items: readonly Item[] }, void, undefined>
  readonly #check: () => void
  #items: Iterator<Item> = [][Symbol.iterator]()
  #loading: Promise<void> | undefined
  #isOver = false

  /** @param check called before each item is returned; throws when the iteration must end */
  constructor(pages: AsyncGenerator<{ readonly items: readonly Item[] }, void, undefined>, check: () => void) {
    this.#pages = pages
    this.#check = check
  }

  next(): Promise<IteratorResult<Item, void>> {
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined })
    // Called again before the first call has its item: each gets its own, in order.
    if (this.#loading) return this.#loading.catch(() => {}).then(() => this.next())
    const result = this.#items.next()
    if (result.done) {
      this.#loading = this.#load()
      return this.#loading.then(() => this.next())
    }
    try {
      this.#check()
    } catch (error) {
      return this.throw(error)
    }
    return Promise.resolve(result)
  }

  async return(): Promise<IteratorResult<Item, void>> {
    this.#isOver = true
    await this.#pages.return()
    return { done: true, value: undefined }
  }

  async throw(error: unknown): Promise<IteratorResult<Item, void>> {
    await this.return()
    throw error
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #load(): Promise<void> {
    try {
      const { done, value } = await this.#pages.next()
      if (done) this.#isOver = true
      else this.#items = value.items[Symbol.iterator]()
    } catch (error) {
      this.#isOver = true
      throw error
    } finally {
      this.#loading = undefined
    }
  }
}
