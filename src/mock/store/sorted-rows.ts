/** What a row is compared by: the last part differs from row to row. */
export type SortKey = readonly (string | number)[]

/** An order of rows. Its id is the same for the same order. */
export interface Order<Row> {
  readonly id: string
  keyOf(row: Row): SortKey
  compare(a: SortKey, b: SortKey): number
}

interface Entry<Row> {
  readonly key: SortKey
  readonly row: Row
}

/** Rows kept in an order, so that a page of them costs what it holds, however many there are. */
export class SortedRows<Row> {
  readonly #order: Order<Row>
  readonly #entries: Entry<Row>[]

  constructor(order: Order<Row>, rows: Iterable<Row>) {
    this.#order = order
    this.#entries = Array.from(rows, (row) => ({ key: order.keyOf(row), row }))
    this.#entries.sort((a, b) => order.compare(a.key, b.key))
  }

  /** The rows after a key, or all of them. */
  *after(key: SortKey | null): Generator<Row> {
    const start = key === null ? 0 : this.#indexOf((entry) => this.#order.compare(entry.key, key) > 0)
    for (let index = start; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index]
      if (entry) yield entry.row
    }
  }

  /** The first row whose key is not before `key`. */
  firstFrom(key: SortKey): Row | undefined {
    return this.#entries[this.#indexFrom(key)]?.row
  }

  add(row: Row): void {
    const key = this.#order.keyOf(row)
    this.#entries.splice(this.#indexFrom(key), 0, { key, row })
  }

  remove(row: Row): void {
    const index = this.#indexFrom(this.#order.keyOf(row))
    if (this.#entries[index]?.row === row) this.#entries.splice(index, 1)
  }

  #indexFrom(key: SortKey): number {
    return this.#indexOf((entry) => this.#order.compare(entry.key, key) >= 0)
  }

  /** The first index from which on `isPast` holds. */
  #indexOf(isPast: (entry: Entry<Row>) => boolean): number {
    let [low, high] = [0, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const entry = this.#entries[middle]
      if (entry && isPast(entry)) high = middle
      else low = middle + 1
    }
    return low
  }
}
