import { isAbejaError } from '../../index.ts'
import { Journal } from '../journal/journal.ts'
import type { FileStore } from '../remote/remote-files.ts'
import { type EarlierRun, withEarlier } from '../report/previous-run.ts'
import type { StoredOptions, TransferReport } from '../report/report.ts'
import { requireConcurrency, runTransfer } from './transfer-engine.ts'
import { TransferError } from './transfer-error.ts'
import type { Job } from './transfer-job.ts'
import type { TransferOptions } from './transfer-options.ts'

/** One transfer of a folder. */
export interface FolderRun {
  readonly direction: TransferReport['direction']
  readonly store: FileStore
  /** Absolute. */
  readonly folder: string
  readonly stored: StoredOptions
  readonly options: TransferOptions
  /** Of a retry, what it goes on from. */
  readonly earlier: EarlierRun | undefined
  /** Makes the jobs. Its signal is aborted when the transfer ends early, so that a list is not read on. */
  readonly prepare: (journal: Journal | undefined, signal: AbortSignal) => Promise<AsyncIterable<Job>>
}

/**
 * What uploads and downloads of folders have in common: the journal is opened and closed, the jobs are run, and the report
 * is made.
 */
export async function runFolder(run: FolderRun): Promise<TransferReport> {
  const { direction, store, folder, stored, options, earlier, prepare } = run
  requireConcurrency(options.concurrency)
  const { address } = store
  const reading = new AbortController()
  const abort = () => reading.abort(options.signal?.reason)
  if (options.signal?.aborted) abort()
  else options.signal?.addEventListener('abort', abort)
  let journal: Journal | undefined
  try {
    if (options.journal !== undefined) {
      const header = { direction, address, folder }
      journal = await (options.dryRun ? Journal.read : Journal.open)(options.journal, header)
    }
    const jobs = await prepare(journal, reading.signal).catch((error: unknown) => {
      // Nothing was begun yet, and that is what there is to tell.
      if (options.signal?.aborted && isAborted(error, options.signal)) return neverFound(error)
      throw error
    })
    const { files, interruption } = await runTransfer(jobs, options, () => reading.abort())
    const told = earlier ? withEarlier(direction, files, earlier) : files
    const report: TransferReport = { version: 1, direction, address, folder, options: stored, ...told }
    if (interruption) throw new TransferError(interruption.error, report)
    return report
  } finally {
    options.signal?.removeEventListener('abort', abort)
    await journal?.close()
  }
}

function isAborted(error: unknown, { reason }: AbortSignal): boolean {
  return error === reason || (isAbejaError(error) && error.name === 'AbortedError')
}

function neverFound(error: unknown): AsyncIterable<Job> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }
}
