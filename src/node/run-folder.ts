import type { FileStore } from './file-store.ts'
import type { Job } from './job.ts'
import { Journal } from './journal.ts'
import type { StoredOptions, TransferReport } from './report.ts'
import { requireConcurrency, runTransfer } from './transfer.ts'
import { TransferError } from './transfer-error.ts'
import type { TransferOptions } from './transfer-options.ts'

/**
 * What uploads and downloads of folders have in common: the journal is opened and closed, the jobs are run, and the report
 * is made.
 * @param prepare makes the jobs. Its signal is aborted when the transfer ends early, so that a list is not read on
 */
export async function runFolder(
  direction: TransferReport['direction'],
  store: FileStore,
  folder: string,
  stored: StoredOptions,
  options: TransferOptions,
  prepare: (journal: Journal | undefined, signal: AbortSignal) => Promise<AsyncIterable<Job>>,
): Promise<TransferReport> {
  requireConcurrency(options.concurrency)
  const { address } = store
  const reading = new AbortController()
  const abort = () => reading.abort(options.signal?.reason)
  if (options.signal?.aborted) abort()
  else options.signal?.addEventListener('abort', abort)
  let journal: Journal | undefined
  try {
    const wanted = options.dryRun ? undefined : options.journal
    journal = wanted === undefined ? undefined : await Journal.open(wanted, { direction, address, folder })
    const jobs = await prepare(journal, reading.signal)
    const { files, interruption } = await runTransfer(jobs, options, () => reading.abort())
    const report: TransferReport = { version: 1, direction, address, folder, options: stored, ...files }
    if (interruption) throw new TransferError(interruption.error, report)
    return report
  } finally {
    options.signal?.removeEventListener('abort', abort)
    await journal?.close()
  }
}
