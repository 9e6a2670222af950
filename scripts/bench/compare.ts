import { fork, spawn } from 'node:child_process'
import { join } from 'node:path'
import { mapValues, type Row } from './row.ts'

/** What was measured. */
export interface Figures {
  /** Of one time the work was done: milliseconds on the wall, or of CPU. */
  readonly ms: number
  /** The most memory that the process took, over what it took when the measurement began. */
  readonly mebibytesOverIdle: number
}

/** A row as another process describes it: contenders by name alone. */
export type DescribedRow = Omit<Row, 'contenders'> & { readonly contenders: readonly string[] }

/** The figures of each contender, round by round. */
export type Rounds = Readonly<Record<string, readonly Figures[]>>

/** What is compared. */
export interface Comparison {
  /** Where the built programs are. */
  readonly folder: string
  readonly suite: string
  readonly row: DescribedRow
  /** Of the row within its suite. */
  readonly index: number
  readonly rounds: number
}

/**
 * Lets the contenders of a row do their work one after the other, round by round, each round beginning with another: what
 * else the machine does meets all of them.
 */
export async function compare({ folder, suite, row, index, rounds }: Comparison): Promise<Rounds> {
  const server = fork(join(folder, 'platform-server.mjs'), [JSON.stringify(row.platform)])
  const figures: Record<string, Figures[]> = Object.fromEntries(row.contenders.map((name) => [name, []]))
  try {
    const origin = await new Promise<string>((resolve) => server.once('message', (message) => resolve(String(message))))
    for (let round = 0; round < rounds; round++) {
      for (const name of [...row.contenders.slice(round), ...row.contenders.slice(0, round)]) {
        figures[name]?.push(
          await output<Figures>(join(folder, 'measure.mjs'), suite, String(index), row.clock, name, origin),
        )
      }
    }
  } finally {
    server.disconnect()
  }
  return figures
}

/**
 * What the measuring program can measure.
 * @param cpu whether every row is measured by CPU time
 */
export async function describeSuites(
  folder: string,
  cpu: boolean,
): Promise<Readonly<Record<string, readonly DescribedRow[]>>> {
  const suites = await output<Record<string, readonly DescribedRow[]>>(join(folder, 'measure.mjs'))
  return cpu ? mapValues(suites, (rows) => rows.map((row) => ({ ...row, clock: 'cpu' as const }))) : suites
}

/** Runs a program, and returns the JSON that it prints. */
export async function output<Printed>(program: string, ...args: readonly string[]): Promise<Printed> {
  const child = spawn(process.execPath, ['--expose-gc', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${code}`)
  return JSON.parse(text)
}
