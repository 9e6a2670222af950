import type { AbejaError } from '../../index.ts'
import type { FailedRecord, FileRecord, SkippedRecord, UnfinishedRecord } from '../report/report.ts'

/** What happens in a transfer. */
export type TransferEvent =
  /** A file was found: the count of all is known when the walk has ended. */
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
      /** An `AbejaError` unless something in this program itself failed. */
      readonly error: AbejaError | Error
    }
  | { readonly type: 'skipped'; readonly path: string; readonly record: SkippedRecord }
  | { readonly type: 'cancelled'; readonly path: string; readonly record: UnfinishedRecord }
  /** The server said that it is too much: nothing begins for `pauseMs` milliseconds, then `concurrency` files at once. */
  | { readonly type: 'throttled'; readonly pauseMs: number; readonly concurrency: number }

/** Told of what happens. An exception in it changes nothing. */
export type OnTransferEvent = (event: TransferEvent) => void
