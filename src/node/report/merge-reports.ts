import { InvalidRequestError } from '../../index.ts'
import { readReport } from './read-report.ts'
import type { ReportParts, TransferReport, TransferredFiles } from './report.ts'

type Outcome = Exclude<keyof TransferredFiles, 'complete'>

/** From the best to the worst. */
const OUTCOMES: readonly Outcome[] = ['succeeded', 'skipped', 'failed', 'cancelled']

/**
 * Joins the reports of the parts of one plan, or of several runs of one transfer. A file that several reports name has the
 * best outcome: a part that failed once and succeeded later has succeeded. `retryTransfer` takes the result.
 *
 * @returns the report; `complete` is false when one of the reports is not complete, or a part of the plan is missing
 * @throws InvalidRequestError for no report, an invalid one, or reports of different transfers
 * @example
 * const report = mergeReports(await Promise.all(parts.map((part) => runPart(abeja, part))))
 */
export function mergeReports(reports: Iterable<TransferReport>): TransferReport {
  const all = Array.from(reports, readReport)
  const [first] = all
  if (!first) throw new InvalidRequestError('reports must hold at least one report.')
  for (const report of all) requireSameTransfer(first, report)
  const { direction, address, directory, options } = first
  const parts = mergedParts(all)
  const isWhole = parts === undefined || parts.numbers.length === parts.total
  const complete = isWhole && all.every((report) => report.complete)
  return { version: 2, direction, address, directory, options, ...mergedFiles(all), complete, ...(parts && { parts }) }
}

/** The files keep the order of the reports. */
function mergedFiles(reports: readonly TransferReport[]): Pick<TransferReport, Outcome> {
  const best = new Map<string, { readonly rank: number; readonly index: number }>()
  const keyOf = ({ path, id }: { readonly path: string; readonly id?: string }, { direction }: TransferReport) =>
    direction === 'upload' ? path : (id ?? path)
  for (const [index, report] of reports.entries()) {
    for (const [rank, outcome] of OUTCOMES.entries()) {
      for (const record of report[outcome]) {
        const key = keyOf(record, report)
        const known = best.get(key)
        // Of two failures the later one says more.
        const isBetter = !known || rank < known.rank || (rank === known.rank && rank >= OUTCOMES.indexOf('failed'))
        if (isBetter) best.set(key, { rank, index })
      }
    }
  }
  const collect = <Kind extends Outcome>(outcome: Kind): TransferReport[Kind][number][] => {
    const rank = OUTCOMES.indexOf(outcome)
    return reports.flatMap((report, index) => {
      const records: readonly TransferReport[Kind][number][] = report[outcome]
      return records.filter((record) => {
        const chosen = best.get(keyOf(record, report))
        return chosen?.rank === rank && chosen.index === index
      })
    })
  }
  return {
    succeeded: collect('succeeded'),
    failed: collect('failed'),
    skipped: collect('skipped'),
    cancelled: collect('cancelled'),
  }
}

function mergedParts(reports: readonly TransferReport[]): ReportParts | undefined {
  const all = reports.flatMap(({ parts }) => parts ?? [])
  const [first] = all
  if (!first) return undefined
  const numbers = [...new Set(all.flatMap((parts) => parts.numbers))].sort((one, other) => one - other)
  const total = all.find((parts) => parts.total !== undefined)?.total
  return { plan: first.plan, numbers, ...(total !== undefined && { total }) }
}

function requireSameTransfer(first: TransferReport, report: TransferReport): void {
  const other = (['direction', 'address', 'directory'] as const).find((name) => report[name] !== first[name])
  if (other !== undefined) {
    throw new InvalidRequestError(`reports must be of one ${other} (received ${first[other]} and ${report[other]}).`)
  }
  if (report.parts?.plan === first.parts?.plan) return
  throw new InvalidRequestError('reports must be of the parts of one plan.')
}
