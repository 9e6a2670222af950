import { AbejaError, isAbejaError } from '../../index.ts'
import type { TransferReport } from '../report/report.ts'

/**
 * A transfer could not continue: the directory or the list could not be read, the credential was rejected, the channel or
 * bucket does not exist, or the journal could not be written. `report` contains what was done.
 */
export class TransferError extends AbejaError {
  override readonly name = 'TransferError'
  /** The files so far; `complete` is false. */
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

  /** Includes the report. */
  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), report: this.report }
  }
}
