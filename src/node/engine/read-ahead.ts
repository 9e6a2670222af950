/**
 * Reads an iterable ahead, so that a page of a list is requested while the previous one is processed. Pauses while `size`
 * items are waiting.
 */
export class ReadAhead<Item> {
  readonly #iterator: AsyncIterator<Item>
  readonly #size: number
  readonly #waiting: Item[] = []
  #ended: { readonly error?: unknown } | undefined
  #stopped = false
  #wake: (() => void) | undefined
  #more: (() => void) | undefined

  constructor(items: AsyncIterable<Item>, size: number) {
    this.#iterator = items[Symbol.asyncIterator]()
    this.#size = size
    void this.#read()
  }

  /** Whether the iterable has ended and all its items were taken. */
  get isComplete(): boolean {
    return this.#ended !== undefined && !('error' in this.#ended) && this.#waiting.length === 0
  }

  /**
   * Returns the next item; undefined at the end, and after `stop`.
   * @throws the error of the iterable, once the items before it were taken
   */
  async next(): Promise<Item | undefined> {
    while (this.#waiting.length === 0 && !this.#ended && !this.#stopped) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    const item = this.#waiting.shift()
    this.#more?.()
    if (item === undefined && this.#ended && 'error' in this.#ended) throw this.#ended.error
    return item
  }

  /** Stops reading. `next` still returns the items that have been read. */
  stop(): void {
    this.#stopped = true
    this.#more?.()
    this.#wake?.()
  }

  async #read(): Promise<void> {
    try {
      while (!this.#stopped) {
        const { done, value } = await this.#iterator.next()
        if (done) {
          this.#ended = {}
          return
        }
        // An item that arrives after `stop` is discarded.
        if (this.#stopped) break
        this.#waiting.push(value)
        this.#wake?.()
        if (this.#waiting.length >= this.#size && !this.#stopped) {
          await new Promise<void>((resolve) => {
            this.#more = resolve
          })
        }
      }
      await this.#iterator.return?.()
      this.#ended = { error: new Error('stopped') }
    } catch (error) {
      this.#ended = { error }
    } finally {
      this.#wake?.()
    }
  }
}
