import { REQUEST_OPTIONS } from '../../http/call.ts'
import type { AbejaError, RequestOptions } from '../../index.ts'
import type { KeysOf } from '../../validation/known-keys.ts'
import type { FailedRecord, FileRecord, SkippedRecord, UnfinishedRecord } from '../report/report.ts'

/**
 * The options of a transfer. The times and counts of `RequestOptions` apply to the calls of each file: `totalTimeout` is
 * that of one file. `signal` ends the whole transfer, which then returns the report of what it has done.
 */
export interface TransferOptions extends RequestOptions {
  /**
   * How many files are transferred at once, at most. It is decreased while the server is overloaded (429, or 503 with
   * `Retry-After`) or the system has no free file handle.
   * @default 32
   */
  readonly concurrency?: number | undefined
  /**
   * Whether the first file that fails ends the transfer.
   * @default false
   */
  readonly failFast?: boolean | undefined
  /**
   * Whether files are skipped whose bytes are already there, by size and MD5. A file that has changed is transferred, and
   * replaces the local one on a download. Nothing is ever deleted.
   * @default false
   */
  readonly skipUnchanged?: boolean | undefined
  /**
   * Whether only the report is made of what would be done: nothing is sent or written.
   * @default false
   */
  readonly dryRun?: boolean | undefined
  /**
   * The path of a journal. A transfer that ended early, also by a crash, continues where it was when it is run again with
   * the same journal. While it runs no other transfer can use the journal.
   */
  readonly journal?: string | undefined
  /** Called with each transfer event; `progressView()` makes one for terminals. What it throws is ignored. */
  readonly onEvent?: OnTransferEvent | undefined
}

export const TRANSFER_OPTIONS: KeysOf<TransferOptions> = {
  ...REQUEST_OPTIONS,
  concurrency: true,
  dryRun: true,
  failFast: true,
  journal: true,
  onEvent: true,
  skipUnchanged: true,
}

/** What happens in a transfer. */
export type TransferEvent =
  /** A file was found. How many there are is known when the walk or the list has ended. */
  | { readonly type: 'found'; readonly path: string }
  | { readonly type: 'started'; readonly path: string }
  /** At most some 20 times a second for each file. `transferred` and `total` are bytes. */
  | {
      readonly type: 'progress'
      readonly path: string
      readonly transferred: number
      readonly total: number | undefined
      readonly attempt: number
    }
  | { readonly type: 'succeeded'; readonly path: string; readonly record: FileRecord }
  | {
      readonly type: 'failed'
      readonly path: string
      readonly record: FailedRecord
      /** An `AbejaError`, unless a callback failed with another. */
      readonly error: AbejaError | Error
    }
  | { readonly type: 'skipped'; readonly path: string; readonly record: SkippedRecord }
  | { readonly type: 'cancelled'; readonly path: string; readonly record: UnfinishedRecord }
  /**
   * The server is overloaded, or the system has no free file handle: no file is started for `pauseMs` milliseconds, then
   * `concurrency` at once.
   */
  | { readonly type: 'throttled'; readonly pauseMs: number; readonly concurrency: number }

/** Called with each transfer event. What it throws, or rejects with, does not change the transfer. */
export type OnTransferEvent = (event: TransferEvent) => void

/** The options of each call; `signal` is the transfer's. */
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
