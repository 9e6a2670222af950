import { isAbejaError } from '../../index.ts'
import type { JobDetails, TransferJob } from '../engine/transfer-job.ts'
import type { FileRecord, UnfinishedRecord } from './report.ts'

/** What is known of a file that has ended. */
export function recordOf(
  { path, id: listed }: TransferJob,
  { id = listed, bytes }: JobDetails,
  attempts: number,
): FileRecord {
  // Literals, and no spreads: a report can hold a million of these, and this shape takes a third of the memory.
  if (id !== undefined && bytes !== undefined) return { path, id, bytes, attempts }
  if (id !== undefined) return { path, id, attempts }
  return bytes === undefined ? { path, attempts } : { path, bytes, attempts }
}

/** What is known of a file that was not transferred. */
export function unfinished(
  record: FileRecord,
  { left }: TransferJob,
  { metadata = left?.metadata, sentSince }: JobDetails,
  error: unknown,
): UnfinishedRecord {
  const since =
    left?.unconfirmedSince ?? (sentSince && mayHaveBeenProcessed(error) ? sentSince.toISOString() : undefined)
  return { ...record, ...(metadata && { metadata }), ...(since && { unconfirmedSince: since }) }
}

/** Whether the platform may have processed a request that failed with an error. */
export function mayHaveBeenProcessed(error: unknown): boolean {
  return isAbejaError(error) && error.attempts.some((attempt) => attempt.mayHaveBeenProcessed)
}

/** An error as JSON can hold it. */
export function plainError(error: unknown): Record<string, unknown> {
  if (isAbejaError(error)) return error.toJSON()
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) }
}
