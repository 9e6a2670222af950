import type { RequestOptions } from '../../index.ts'
import type { OnTransferEvent } from './transfer-events.ts'

/**
 * What can be chosen for a transfer. The times and counts of `RequestOptions` hold for the calls of each file, so
 * `totalTimeout` is the time of one file; `signal` ends the whole transfer, which then tells what it has done.
 */
export interface TransferOptions extends RequestOptions {
  /**
   * How many files at once. A server that says that it is too much narrows it for a while.
   * @default 16
   */
  readonly concurrency?: number | undefined
  /**
   * Whether the first file that fails ends the transfer.
   * @default false
   */
  readonly failFast?: boolean | undefined
  /**
   * Whether files are passed over whose bytes are there already, by size and MD5. A file that has changed is transferred,
   * on a download over the one that is there. Nothing is ever deleted.
   * @default false
   */
  readonly skipUnchanged?: boolean | undefined
  /**
   * Whether only the report is made of what would be done: nothing is sent and nothing written.
   * @default false
   */
  readonly dryRun?: boolean | undefined
  /**
   * The path of a journal. A transfer that ended early, by a crash too, goes on where it was when it is run again
   * with the same journal. One run at a time may use it.
   */
  readonly journal?: string | undefined
  /** Told of every file; `progressView()` is one for terminals. */
  readonly onEvent?: OnTransferEvent | undefined
}

/** The part that each call takes; `signal` is the transfer's. */
export function requestOptions({
  timeout,
  idleTimeout,
  totalTimeout,
  maxRetries,
  retry,
  headers,
  organizationId,
}: TransferOptions): RequestOptions {
  return { timeout, idleTimeout, totalTimeout, maxRetries, retry, headers, organizationId }
}
