import { failureView } from '../node/progress/progress-view.ts'
import { progressView, TransferError, type TransferOptions, type TransferReport } from '../node.ts'
import { EXIT } from './exit-codes.ts'
import { type TransferFlags, transferOptions } from './flags.ts'

/** Some transfers, one after the other, as one verb. */
export type Transfers = readonly ((options: TransferOptions) => Promise<TransferReport>)[]

/**
 * Runs transfers and shows them. Ctrl-C ends them in order: what is done is told, and what is under way leaves nothing half.
 * @returns what the process ends with
 */
export async function runTransfers(transfers: Transfers, flags: TransferFlags): Promise<number> {
  const controller = new AbortController()
  const interrupt = () => controller.abort()
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const view = flags.quiet ? failureView() : progressView()
  const reports: TransferReport[] = []
  let failure: unknown
  try {
    const options = { ...transferOptions(flags), signal: controller.signal, onEvent: view.onEvent }
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
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
  tell(reports, flags)
  if (controller.signal.aborted) return EXIT.interrupted
  if (failure !== undefined) throw failure
  return reports.some(({ failed, cancelled }) => failed.length + cancelled.length > 0) ? EXIT.someFailed : EXIT.done
}

function tell(reports: readonly TransferReport[], { json }: TransferFlags): void {
  if (json) {
    for (const report of reports) process.stdout.write(`${JSON.stringify(report)}\n`)
    return
  }
  const count = (kind: 'succeeded' | 'skipped' | 'failed' | 'cancelled') =>
    reports.reduce((sum, report) => sum + report[kind].length, 0)
  const parts = (['succeeded', 'skipped', 'failed', 'cancelled'] as const).map((kind) => `${count(kind)} ${kind}`)
  process.stdout.write(`${parts.join(', ')}\n`)
}
