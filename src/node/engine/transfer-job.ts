import type { OnProgress, Pacing } from '../../index.ts'
import type { SkipReason, UnfinishedRecord } from '../report/report.ts'

/** One file to be transferred. */
export interface Job {
  readonly path: string
  readonly id?: string | undefined
  /** What an earlier run has left of it: it holds until the file is settled. */
  readonly left?: Pick<UnfinishedRecord, 'metadata' | 'uncertain_since'> | undefined
  run(task: Task): Promise<Done>
}

/** What a job works with. */
export interface Task {
  readonly signal: AbortSignal
  /** What its calls keep to. */
  readonly pacing: Pacing
  readonly onProgress: OnProgress
  /** Ends the whole transfer with an error that is not this file's. */
  readonly end: (error: unknown) => void
  /** What it has found out about the file: for the report, also when it fails. */
  readonly facts: { id?: string; bytes?: number; metadata?: Readonly<Record<string, string>>; sentSince?: Date }
}

/** What a job came to; it throws when it failed. */
export type Done = { readonly skipped?: SkipReason }
