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
  readonly #changed = (change: Change, undo: () => void) => {
    this.#changes.push(change)
    this.#undo.push(undo)
  }
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
  #undo: (() => void)[] = []
  #afterCommit: (() => void)[] = []
  #isInTransaction = false

  constructor(journal?: Journal) {
    this.#journal = journal
  }

  /**
   * Runs `change`, then hands all that it changed to the journal as one entry. When either throws, nothing has changed.
   */
  transaction<Result>(change: () => Result): Result {
    this.#isInTransaction = true
    try {
      const result = change()
      const changes = this.#changes
      if (changes.length > 0) this.#journal?.append(changes)
      const afterCommit = this.#afterCommit
      this.#endTransaction()
      if (changes.length > 0) this.#tell(changes)
      for (const act of afterCommit) act()
      return result
    } catch (error) {
      for (const undo of this.#undo.toReversed()) undo()
      throw error
    } finally {
      this.#endTransaction()
    }
  }

  /** Calls `act` once the running transaction has been kept, and never if it fails; outside of one, at once. */
  afterCommit(act: () => void): void {
    if (this.#isInTransaction) this.#afterCommit.push(act)
    else act()
  }

  #endTransaction(): void {
    this.#changes = []
    this.#undo = []
    this.#afterCommit = []
    this.#isInTransaction = false
  }

  /** Calls `listener` after every change, until the returned function is called. */
  onChange(listener: (changes: readonly Change[]) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** A copy of every table. Rows are never changed in place, so the copy is cheap and safe. */
  rows(): Rows {
    return Object.fromEntries(Object.entries(this.#tables()).map(([name, table]) => [name, table.all()]))
  }

  /** Puts `rows` in the place of everything, or throws and changes nothing. */
  replace(rows: Rows): void {
    this.#journal?.replace(rows)
    this.load(rows)
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
