import type { CallEvent } from '../../http/events.ts'
import { isAbejaError, type RequestOptions } from '../../index.ts'
import { OwnFiles } from '../disk/own-files.ts'
import { transferFetch } from '../http-fetch/transfer-fetch.ts'
import { Journal } from '../journal/journal.ts'
import type { FileStore } from '../remote/remote-files.ts'
import { type PreviousRun, withPrevious } from '../report/previous-run.ts'
import type { ReportParts, StoredOptions, TransferReport } from '../report/report.ts'
import { ServerClock } from './server-clock.ts'
import { TransferEngine } from './transfer-engine.ts'
import { TransferError } from './transfer-error.ts'
import type { TransferJob } from './transfer-job.ts'
import type { TransferOptions } from './transfer-options.ts'

/** The transfer of one directory. */
export interface DirectoryTransfer {
  readonly direction: TransferReport['direction']
  readonly store: FileStore
  /** Absolute. */
  readonly directory: string
  readonly stored: StoredOptions
  readonly options: TransferOptions
  /** The run that a retry continues. */
  readonly previous: PreviousRun | undefined
  /** Of the parts of a plan. */
  readonly parts?: ReportParts | undefined
  readonly prepare: (context: DirectoryContext) => Promise<AsyncIterable<TransferJob>>
}

/** What a transfer is prepared with. */
export interface DirectoryContext {
  readonly store: FileStore
  readonly journal: Journal | undefined
  readonly own: OwnFiles
  readonly clock: ServerClock
  /** Hooks of the calls that do not belong to one file. */
  readonly hooks: RequestOptions['hooks']
  /** Aborted when the transfer ends early. */
  readonly signal: AbortSignal
}

/** Runs what uploads and downloads of directories have in common: the journal, the jobs and the report. */
export async function transferDirectory(transfer: DirectoryTransfer): Promise<TransferReport> {
  const { direction, store, directory, stored, options, previous, parts, prepare } = transfer
  const { address } = store
  let journal: Journal | undefined
  const clock = new ServerClock((offset) => journal?.recordClock(offset))
  const fetch = transferFetch()
  const engine = new TransferEngine({ ...options, clock, fetch })
  try {
    if (options.journal !== undefined) {
      const header = { direction, address, directory }
      journal = options.dryRun
        ? await Journal.read(options.journal, header)
        : await Journal.open(options.journal, header, { onLost: (error) => engine.end(error) })
    }
    const own = await OwnFiles.find(journal?.ownPaths ?? [])
    const hooks = { fetch, onEvent: (event: CallEvent) => clock.observe(event) }
    const context = { store, journal, own, clock, hooks, signal: engine.signal }
    const jobs = await prepare(context).catch((error: unknown) => {
      // Nothing has begun yet: that is what the report says.
      if (options.signal?.aborted && isAborted(error, options.signal)) return rejecting(error)
      throw error
    })
    const { files, interruption } = await engine.run(jobs)
    const all = previous ? withPrevious(direction, files, previous) : files
    const report: TransferReport = {
      version: 2,
      direction,
      address,
      directory,
      options: stored,
      ...all,
      ...(parts && { parts }),
    }
    if (interruption) throw new TransferError(interruption.error, report)
    return report
  } finally {
    engine.close()
    await journal?.close()
  }
}

function isAborted(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || (isAbejaError(error) && error.name === 'AbortedError')
}

function rejecting(error: unknown): AsyncIterable<TransferJob> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }
}
