import { AbejaError, isAbejaError } from '../../index.ts'
import type { TransferReport } from '../report/report.ts'

/**
 * A transfer could not go on: the folder or the list could not be read, the credential was refused, there is no such channel
 * or bucket, or the journal could not be written. `report` tells what was done.
 */
export class TransferError extends AbejaError {
  override readonly name = 'TransferError'
  /** What was done; `complete` is false. */
  readonly report: TransferReport

  constructor(cause: unknown, report: TransferReport) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const { succeeded, failed } = report
    super(`The transfer ended early, after ${succeeded.length} files and ${failed.length} failures: ${reason}`, {
      ...(isAbejaError(cause) && cause),
      cause,
    })
    this.report = report
  }

  /** With the report. */
  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), report: this.report }
  }
}
