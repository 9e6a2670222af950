import type {
  Bucket,
  BucketFile,
  Channel,
  ChannelFile,
  Connection,
  Datasource,
  Organization,
  Run,
  Ticket,
  Trigger,
} from './rows.ts'
import { type Change, Table } from './table.ts'

/** The rows of each table, by its name: what a snapshot holds. */
export type Rows = Readonly<Record<string, readonly unknown[]>>

/** Where changes go to outlive the process. */
export interface Journal {
  append(changes: readonly Change[]): void
  replace(rows: Rows): void
}

/** Everything the mock server knows but the bytes of files. Changes of one `transaction` are kept together or not at all. */
export class Store {
  readonly #changed = (change: Change) => void this.#changes.push(change)
  readonly organizations = new Table<Organization>('organizations', (row) => ['', row.organization_id], this.#changed)
  readonly channels = new Table<Channel>('channels', (row) => ['', row.channel_id], this.#changed)
  readonly datasources = new Table<Datasource>('datasources', (row) => ['', row.datasource_id], this.#changed)
  readonly connections = new Table<Connection>(
    'connections',
    (row) => [row.channel_id, row.datasource_id],
    this.#changed,
  )
  readonly channelFiles = new Table<ChannelFile>('channelFiles', (row) => [row.channel_id, row.file_id], this.#changed)
  readonly tickets = new Table<Ticket>('tickets', (row) => [row.channel_id, row.file_id], this.#changed)
  readonly buckets = new Table<Bucket>('buckets', (row) => ['', row.bucket_id], this.#changed)
  readonly bucketFiles = new Table<BucketFile>('bucketFiles', (row) => [row.bucket_id, row.location], this.#changed)
  readonly triggers = new Table<Trigger>('triggers', (row) => [deploymentKey(row), row.trigger_id], this.#changed)
  readonly runs = new Table<Run>('runs', (row) => [row.trigger_id, row.run_id], this.#changed)

  readonly #journal: Journal | undefined
  readonly #listeners = new Set<(changes: readonly Change[]) => void>()
  #changes: Change[] = []

  constructor(journal?: Journal) {
    this.#journal = journal
  }

  /** Runs `act`, then hands all that it changed to the journal as one entry. */
  transaction<Result>(act: () => Result): Result {
    try {
      return act()
    } finally {
      const changes = this.#changes
      this.#changes = []
      if (changes.length > 0) {
        this.#journal?.append(changes)
        this.#tell(changes)
      }
    }
  }

  /** Calls `listener` after every change, until the function it answers is called. */
  onChange(listener: (changes: readonly Change[]) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** A copy of every table. Rows are never changed in place, so the copy is cheap and safe. */
  rows(): Rows {
    return Object.fromEntries(Object.entries(this.#tables()).map(([name, table]) => [name, table.all()]))
  }

  /** Puts `rows` in the place of everything. */
  replace(rows: Rows): void {
    this.load(rows)
    this.#journal?.replace(rows)
    this.#tell([])
  }

  /** Takes over what a journal has kept, without keeping it again. */
  load(rows: Rows): void {
    for (const [name, table] of Object.entries(this.#tables())) {
      table.clear()
      for (const row of rows[name] ?? []) table.load(row)
    }
  }

  apply(change: Change): void {
    const table = this.#tables()[change.table]
    if (table === undefined) throw new Error(`unknown table ${change.table}`)
    if ('put' in change) table.load(change.put)
    else table.forget(change.remove)
  }

  #tell(changes: readonly Change[]): void {
    for (const listener of this.#listeners) listener(changes)
  }

  #tables(): Record<string, LooseTable> {
    return {
      organizations: this.organizations,
      channels: this.channels,
      datasources: this.datasources,
      connections: this.connections,
      channelFiles: this.channelFiles,
      tickets: this.tickets,
      buckets: this.buckets,
      bucketFiles: this.bucketFiles,
      triggers: this.triggers,
      runs: this.runs,
    }
  }
}

/** A table whose rows come from disk or a snapshot: its own rows, written by itself. Method syntax, to be bivariant. */
interface LooseTable {
  all(): unknown[]
  load(row: unknown): void
  forget(key: readonly [group: string, id: string]): void
  clear(): void
}

/** Triggers are found by organization and deployment together. */
export function deploymentKey(row: { organization_id: string; deployment_id: string }): string {
  return `${row.organization_id}/${row.deployment_id}`
}
