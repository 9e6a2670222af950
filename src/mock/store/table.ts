/** One change of a table, in a form that a journal can keep: a row that was put, or the key of one that went. */
export type Change = { table: string; put: unknown } | { table: string; remove: readonly [group: string, id: string] }

/** Rows in the order they were first put, each in a group (a channel's files) under an id. */
export class Table<Row> {
  readonly #groups = new Map<string, Map<string, Row>>()
  readonly #name: string
  readonly #keyOf: (row: Row) => readonly [group: string, id: string]
  readonly #changed: (change: Change) => void

  constructor(
    name: string,
    keyOf: (row: Row) => readonly [group: string, id: string],
    changed: (change: Change) => void,
  ) {
    this.#name = name
    this.#keyOf = keyOf
    this.#changed = changed
  }

  get(group: string, id: string): Row | undefined {
    return this.#groups.get(group)?.get(id)
  }

  /** The rows of a group, as a list of its own. */
  group(group: string): Row[] {
    return [...(this.#groups.get(group)?.values() ?? [])]
  }

  count(group: string): number {
    return this.#groups.get(group)?.size ?? 0
  }

  all(): Row[] {
    return [...this.#groups.values()].flatMap((rows) => [...rows.values()])
  }

  put(row: Row): Row {
    this.load(row)
    this.#changed({ table: this.#name, put: row })
    return row
  }

  remove(row: Row): void {
    const key = this.#keyOf(row)
    this.forget(key)
    this.#changed({ table: this.#name, remove: key })
  }

  /** Puts a row without telling of a change: it comes from a journal or a snapshot. */
  load(row: Row): void {
    const [group, id] = this.#keyOf(row)
    const rows = this.#groups.get(group) ?? new Map<string, Row>()
    rows.set(id, row)
    this.#groups.set(group, rows)
  }

  forget([group, id]: readonly [group: string, id: string]): void {
    const rows = this.#groups.get(group)
    rows?.delete(id)
    if (rows?.size === 0) this.#groups.delete(group)
  }

  clear(): void {
    this.#groups.clear()
  }
}
