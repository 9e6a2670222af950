import { join, relative } from 'node:path'
import { failureView } from '../node/progress/progress-view.ts'
import {
  type FileRecord,
  progressView,
  TransferError,
  type TransferEvent,
  type TransferOptions,
  type TransferReport,
} from '../node.ts'
import { EXIT } from './exit-codes.ts'
import { type TransferFlags, transferOptions } from './flags.ts'
import { inTermsOfFlags } from './output.ts'

/** Transfers that one command runs one after the other. */
export type Transfers = readonly ((options: TransferOptions) => Promise<TransferReport>)[]

/** What asks a program to stop: Ctrl-C, a supervisor, a terminal that closes. A second one ends it at once. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs transfers and shows their progress. A signal stops them in order: no file is left half, and the report is printed.
 * @returns the exit code
 */
export async function runTransfers(transfers: Transfers, flags: TransferFlags): Promise<number> {
  const controller = new AbortController()
  const interrupt = () => controller.abort()
  for (const signal of SIGNALS) process.once(signal, interrupt)
  const view = flags.quiet ? failureView() : progressView()
  const reports: TransferReport[] = []
  let failure: unknown
  try {
    const onEvent = (event: TransferEvent) => view.onEvent(inTerms(event))
    const options = { ...(await transferOptions(flags)), signal: controller.signal, onEvent }
    for (const transfer of transfers) {
      if (controller.signal.aborted) break
      const report = await transfer(options)
      reports.push(report)
      if (flags.failFast && report.failed.length > 0) break
    }
  } catch (error) {
    if (error instanceof TransferError) reports.push(error.report)
    failure = error
  } finally {
    view.finish()
    for (const signal of SIGNALS) process.off(signal, interrupt)
  }
  printReports(reports, flags)
  if (controller.signal.aborted) return EXIT.interrupted
  if (failure !== undefined) throw failure
  return reports.some(({ failed, cancelled }) => failed.length + cancelled.length > 0) ? EXIT.someFailed : EXIT.done
}

function printReports(reports: readonly TransferReport[], { json }: TransferFlags): void {
  if (json) {
    for (const report of reports) process.stdout.write(`${JSON.stringify(report)}\n`)
    return
  }
  const count = (kind: 'succeeded' | 'skipped' | 'failed' | 'cancelled') =>
    reports.reduce((sum, report) => sum + report[kind].length, 0)
  const parts = (['succeeded', 'skipped', 'failed', 'cancelled'] as const).map((kind) => `${count(kind)} ${kind}`)
  const [report, ...others] = reports
  const [file, ...otherFiles] = report?.succeeded ?? []
  if (report && file && others.length + otherFiles.length === 0) process.stdout.write(`${movement(report, file)}\n`)
  process.stdout.write(`${parts.join(', ')}\n`)
}

/** From where to where the only file of a transfer went: which name it has depends on how the target was written. */
function movement({ address, direction, directory, options }: TransferReport, { id = '', path }: FileRecord): string {
  const local = relative('', join(directory, options.source ?? path))
  const [place = address] = /^\w+:\/\/[^/]+/.exec(address) ?? []
  const remote = `${place}/${id.replace(/^\//, '')}`
  return direction === 'upload' ? `uploaded ${local} to ${remote}` : `downloaded ${remote} to ${local}`
}

/** A failure as the command line names it: the view shows nothing but the message. */
function inTerms(event: TransferEvent): TransferEvent {
  return event.type === 'failed' ? { ...event, error: new Error(inTermsOfFlags(event.error.message)) } : event
}
