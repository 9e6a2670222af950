import type { OnProgress, Pacing } from '../index.ts'
import type { SkipReason } from './report.ts'

/** One file to be transferred. */
export interface Job {
  readonly path: string
  readonly id?: string | undefined
  run(task: Task): Promise<Done>
}

/** What a job works with. */
export interface Task {
  readonly signal: AbortSignal
  /** What its calls keep to. */
  readonly pacing: Pacing
  readonly onProgress: OnProgress
  /** What it has found out about the file: for the report, also when it fails. */
  readonly facts: { id?: string; bytes?: number; metadata?: Readonly<Record<string, string>>; sentSince?: Date }
}

/** What a job came to; it throws when it failed. */
export type Done = { readonly skipped?: SkipReason }
