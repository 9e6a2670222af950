/**
 * Reads an iterable ahead, so that a slow page of a list is on its way while the last one is worked through, and stops
 * reading when `size` items wait.
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

  /** Whether the iterable has come to its end, and everything it gave was taken. */
  get isComplete(): boolean {
    return this.#ended !== undefined && !('error' in this.#ended) && this.#waiting.length === 0
  }

  /**
   * The next item; undefined at the end, and once it was stopped.
   * @throws what the iterable throws, once the items before it were taken
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

  /** Reads no further, and waits for nothing. What was read already still comes out of `next`. */
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
        // One that comes after the stop is nobody's any more.
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
