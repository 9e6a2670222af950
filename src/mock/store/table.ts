import { type Order, SortedRows } from './sorted-rows.ts'

/** One change of a table, in a form that a journal can keep: a row that was put, or the key of one that was removed. */
export type Change = { table: string; put: unknown } | { table: string; remove: readonly [group: string, id: string] }

/** A group is kept in this many orders at most. */
const ordersPerGroup = 8

interface Group<Row> {
  /** In the order in which they were first put. */
  readonly rows: Map<string, Row>
  readonly sorted: Map<string, SortedRows<Row>>
}

/** Rows, each in a group (a channel's files) under an id. */
export class Table<Row> {
  readonly #groups = new Map<string, Group<Row>>()
  readonly #name: string
  readonly #keyOf: (row: Row) => readonly [group: string, id: string]
  readonly #changed: (change: Change, undo: () => void) => void

  /** `changed` is called for each change, with a function that takes it back. */
  constructor(
    name: string,
    keyOf: (row: Row) => readonly [group: string, id: string],
    changed: (change: Change, undo: () => void) => void,
  ) {
    this.#name = name
    this.#keyOf = keyOf
    this.#changed = changed
  }

  get(group: string, id: string): Row | undefined {
    return this.#groups.get(group)?.rows.get(id)
  }

  /** The rows of a group, as a list of its own. */
  group(group: string): Row[] {
    return [...this.each(group)]
  }

  /** The rows of a group one by one, for those who do not need all of them. */
  each(group: string): Iterable<Row> {
    return this.#groups.get(group)?.rows.values() ?? []
  }

  /** The rows of a group in an order, which is kept from then on. */
  sorted(name: string, order: Order<Row>): SortedRows<Row> {
    const group = this.#groups.get(name)
    if (group === undefined) return new SortedRows(order, [])
    const kept = group.sorted.get(order.id)
    if (kept) return kept
    const [oldest] = group.sorted.size >= ordersPerGroup ? group.sorted.keys() : []
    if (oldest !== undefined) group.sorted.delete(oldest)
    const rows = new SortedRows(order, group.rows.values())
    group.sorted.set(order.id, rows)
    return rows
  }

  count(group: string): number {
    return this.#groups.get(group)?.rows.size ?? 0
  }

  all(): Row[] {
    return [...this.#groups.values()].flatMap(({ rows }) => [...rows.values()])
  }

  put(row: Row): Row {
    const key = this.#keyOf(row)
    const former = this.get(...key)
    this.load(row)
    this.#changed({ table: this.#name, put: row }, () => (former ? this.load(former) : this.forget(key)))
    return row
  }

  remove(row: Row): void {
    const key = this.#keyOf(row)
    const former = this.get(...key)
    this.forget(key)
    this.#changed({ table: this.#name, remove: key }, () => former && this.load(former))
  }

  /** Puts a row without reporting a change: it comes from a journal or a snapshot. */
  load(row: Row): void {
    const [name, id] = this.#keyOf(row)
    const group = this.#groups.get(name) ?? { rows: new Map(), sorted: new Map() }
    this.#groups.set(name, group)
    const former = group.rows.get(id)
    group.rows.set(id, row)
    for (const sorted of group.sorted.values()) {
      if (former) sorted.remove(former)
      sorted.add(row)
    }
  }

  forget([name, id]: readonly [group: string, id: string]): void {
    const group = this.#groups.get(name)
    const former = group?.rows.get(id)
    if (group === undefined || former === undefined) return
    group.rows.delete(id)
    for (const sorted of group.sorted.values()) sorted.remove(former)
    if (group.rows.size === 0) this.#groups.delete(name)
  }

  clear(): void {
    this.#groups.clear()
  }
}
