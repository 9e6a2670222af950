import type { PreviousRecord, TransferReport, TransferredFiles, UnfinishedRecord } from './report.ts'

/** The run that a retry continues. */
export interface PreviousRun {
  readonly left: readonly UnfinishedRecord[]
  readonly done: readonly PreviousRecord[]
  /** Whether it had found all of its files. */
  readonly complete: boolean
}

export function previousRun(report: TransferReport): PreviousRun {
  const { failed, cancelled, succeeded, skipped, previous = [], complete } = report
  return { left: [...failed, ...cancelled], done: [...previous, ...succeeded, ...skipped], complete }
}

/** The files of a retry. Those that it did not reach keep their records, so that the next retry finds them. */
export function withPrevious(
  direction: TransferReport['direction'],
  files: TransferredFiles,
  { left, done, complete: wasComplete }: PreviousRun,
): TransferredFiles & Pick<TransferReport, 'previous'> {
  if (files.complete) return files
  const keyOf = ({ path, id }: PreviousRecord) => (direction === 'upload' ? path : (id ?? path))
  const reported = new Set<string>()
  for (const kind of ['succeeded', 'failed', 'skipped', 'cancelled'] as const) {
    for (const record of files[kind]) reported.add(keyOf(record))
  }
  const missed = left.filter((record) => !reported.has(keyOf(record))).map(withoutError)
  const cancelled = [...files.cancelled, ...missed]
  // A directory that could not be read may have been walked in part.
  const complete = wasComplete && !left.some(({ path }) => path.endsWith('/'))
  if (complete) return { ...files, cancelled, complete }
  return { ...files, cancelled, previous: done.map(({ path, id }) => (id === undefined ? { path } : { path, id })) }
}

function withoutError({ path, id, bytes, attempts, metadata, unconfirmedSince }: UnfinishedRecord): UnfinishedRecord {
  return {
    ...{ path, attempts },
    ...(id !== undefined && { id }),
    ...(bytes !== undefined && { bytes }),
    ...(metadata && { metadata }),
    ...(unconfirmedSince && { unconfirmedSince }),
  }
}
