import type { PlatformOptions } from './platform-server.ts'

/** What the work of a contender needs. */
export interface Setting {
  readonly origin: string
  /** An empty folder, removed afterwards. */
  readonly folder: string
}

/** Prepares a contender, and returns what is measured. */
export type Contender = (setting: Setting) => Promise<() => Promise<unknown>>

/** The figure of a contender is at most so many times that of another, so much above it, or its memory is bounded. */
export type Goal =
  | { readonly of: string; readonly times: number; readonly against: string }
  | { readonly of: string; readonly microsecondsAbove: number; readonly against: string }
  | { readonly of: string; readonly mebibytesOverIdle: number }

/** One kind of work, done by each contender. */
export interface Row {
  readonly name: string
  readonly platform: PlatformOptions
  readonly contenders: Readonly<Record<string, Contender>>
  /** How often the work is done before it is measured. */
  readonly warmUps: number
  /** How often it is done while it is measured: the figure is that of one time. */
  readonly times: number
  /** Wall-clock time, or the CPU time of the process. */
  readonly clock: 'wall' | 'cpu'
  readonly goals: readonly Goal[]
  /** How many files are worked on, where time and memory are reported for each of them. */
  readonly files?: number
}

export const CHANNEL = '1230000000000'
export const FILE = '20240515T180605-f4acc798-9afa-40a1-b500-ebce42a4fa3f'

/** The values of a record, each made into another. */
export function mapValues<Value, Mapped>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Mapped,
): Readonly<Record<string, Mapped>> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}

/** Works on items, so many at once. */
export async function lanes<Item>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const left = items[Symbol.iterator]()
  const lane = async () => {
    for (let next = left.next(); !next.done; next = left.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: width }, lane))
}
