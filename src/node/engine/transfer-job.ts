import type { OnProgress, RequestOptions } from '../../index.ts'
import type { SkipReason, UnfinishedRecord } from '../report/report.ts'

/** One file to be transferred. */
export interface TransferJob {
  readonly path: string
  readonly id?: string | undefined
  /** What an earlier run has left of it: it holds until the file is settled. */
  readonly left?: Pick<UnfinishedRecord, 'metadata' | 'unconfirmedSince'> | undefined
  /** May be called again after it failed for want of file handles. */
  run(context: JobContext): Promise<JobResult>
}

/** What a job works with. */
export interface JobContext {
  readonly signal: AbortSignal
  /** Options of all calls of the job: they pace them and count their attempts. */
  readonly hooks: RequestOptions['hooks']
  readonly onProgress: OnProgress
  /** Ends the whole transfer with an error that does not concern this file alone. */
  readonly end: (error: unknown) => void
  /** What is known of the file: for the report, also when the job fails. */
  readonly details: JobDetails
}

export interface JobDetails {
  id?: string
  bytes?: number
  metadata?: Readonly<Record<string, string>>
  /** When its upload began, by the clock of this machine. */
  sentSince?: Date
}

/** The result of a job, which throws when it failed. */
export interface JobResult {
  readonly skipped?: SkipReason
}
