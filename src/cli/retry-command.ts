import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { InvalidRequestError } from '../index.ts'
import { onDisk } from '../node/disk/local-file-error.ts'
import { parseAddress } from '../node/remote/address.ts'
import { readReport } from '../node/report/read-report.ts'
import { mergeReports, retryTransfer, type TransferOptions, type TransferReport } from '../node.ts'
import { openClientFor } from './connection.ts'
import { type TransferFlags, withTransferFlags } from './flags.ts'
import { runTransfers } from './run-transfer.ts'

/** The command `retry`. */
export function retryCommand(end: (code: number) => void): Command {
  return withTransferFlags(new Command('retry'))
    .summary('retry failed and unfinished files')
    .description(
      'Transfer the files that failed, were cancelled or were not found yet, according to reports printed by --json. Example: abeja-platform-client retry report.json',
    )
    .argument('<report>', 'the file with the reports; - reads standard input')
    .action(async (path: string, flags: TransferFlags) => {
      const reports = await reportsIn(path)
      if (flags.journal !== undefined && reports.length > 1) {
        throw new InvalidRequestError('--journal takes one transfer (received several reports). Pass one report.')
      }
      const transfers = await Promise.all(
        reports.map(async (report) => {
          const abeja = await openClientFor(parseAddress(report.address), flags)
          return (options: TransferOptions) => retryTransfer(abeja, report, options)
        }),
      )
      end(await runTransfers(transfers, flags))
    })
}

async function reportsIn(path: string): Promise<TransferReport[]> {
  // Windows tools begin a file with a byte order mark.
  const lines = (path === '-' ? await text(process.stdin) : await onDisk('read', path, readFile(path, 'utf8')))
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
  if (lines.length === 0) throw new InvalidRequestError(`No report found in ${path}.`)
  const reports = lines.map((line) => {
    try {
      return readReport(JSON.parse(line))
    } catch (cause) {
      const reason = cause instanceof InvalidRequestError ? ` ${cause.message}` : ''
      throw new InvalidRequestError(`${path} is not a file of reports printed by --json.${reason}`, { cause })
    }
  })
  return mergedByPlan(reports)
}

/** The reports of the parts of one plan are one transfer: only together do they show whether a part is missing. */
function mergedByPlan(reports: readonly TransferReport[]): TransferReport[] {
  const plans = new Set(reports.flatMap(({ parts }) => parts?.plan ?? []))
  const merged = [...plans].map((plan) => mergeReports(reports.filter(({ parts }) => parts?.plan === plan)))
  return [...reports.filter(({ parts }) => parts === undefined), ...merged]
}
