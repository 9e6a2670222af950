import type { DescribedRow, Rounds } from './compare.ts'
import type { Goal } from './row.ts'

/** The medians of a suite, a row each, as a Markdown table; below it what became of the goals. */
export function report(rows: readonly DescribedRow[], results: readonly Rounds[]): string {
  const names = [...new Set(rows.flatMap(({ contenders }) => contenders))]
  const cells = rows.map((row, index) => [
    row.name,
    ...names.map((name) => (row.contenders.includes(name) ? figureText(row, results[index]?.[name] ?? []) : '–')),
  ])
  const goals = rows.flatMap((row, index) => goalRows(row, results[index] ?? {}))
  const figures = table(['', ...names], cells)
  return goals.length === 0 ? figures : `${figures}\n${table(['', 'goal', 'measured', 'rounds', 'met'], goals)}`
}

export function table(head: readonly string[], cells: readonly (readonly string[])[]): string {
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |\n`
  return line(head) + line(head.map(() => '---')) + cells.map(line).join('')
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function figureText({ goals, files }: DescribedRow, rounds: Rounds[string]): string {
  const ms = median(rounds.map((figures) => figures.ms))
  if (ms < 1) return `${(ms * 1000).toFixed(1)} µs`
  const memory = median(rounds.map(({ mebibytesOverIdle }) => mebibytesOverIdle))
  if (files) return `${((ms * 1000) / files).toFixed(0)} µs and ${((memory * 1024) / files).toFixed(2)} KiB a file`
  return goals.some((goal) => 'mebibytesOverIdle' in goal)
    ? `${ms.toFixed(0)} ms, ${memory.toFixed(0)} MiB`
    : `${ms.toFixed(0)} ms`
}

function goalRows(row: DescribedRow, results: Rounds): string[][] {
  return row.goals.flatMap((goal) => {
    const values = valuesOf(goal, results)
    if (!values) return []
    const { limit, text } = describe(goal)
    const [lowest, highest] = [Math.min(...values), Math.max(...values)]
    const measured = median(values)
    return [
      [
        `${row.name}: ${goal.of}`,
        text(limit),
        text(measured),
        `${text(lowest)} – ${text(highest)}`,
        measured <= limit ? 'yes' : '**no**',
      ],
    ]
  })
}

/** Round by round; undefined where a contender is missing. */
function valuesOf(goal: Goal, results: Rounds): number[] | undefined {
  const own = results[goal.of]
  if (!own) return undefined
  if ('mebibytesOverIdle' in goal) return own.map(({ mebibytesOverIdle }) => mebibytesOverIdle)
  const other = results[goal.against]
  if (!other) return undefined
  const pairs = own.map(({ ms }, round): [number, number] => [ms, other[round]?.ms ?? Number.NaN])
  return pairs.map(([ms, against]) => ('times' in goal ? ms / against : (ms - against) * 1000))
}

function describe(goal: Goal): { limit: number; text: (value: number) => string } {
  if ('times' in goal) return { limit: goal.times, text: (value) => `${value.toFixed(2)} × ${goal.against}` }
  if ('mebibytesOverIdle' in goal) return { limit: goal.mebibytesOverIdle, text: (value) => `${value.toFixed(0)} MiB` }
  return { limit: goal.microsecondsAbove, text: (value) => `${value.toFixed(1)} µs over ${goal.against}` }
}
