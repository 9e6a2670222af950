import type { EarlierRecord, TransferReport, TransferredFiles, UnfinishedRecord } from './report.ts'

/** What a retry goes on from. */
export interface EarlierRun {
  readonly left: readonly UnfinishedRecord[]
  readonly done: readonly EarlierRecord[]
  /** Whether it had found all of its files. */
  readonly complete: boolean
}

export function earlierRun(report: TransferReport): EarlierRun {
  const { failed, cancelled, succeeded, skipped, earlier = [], complete } = report
  return { left: [...failed, ...cancelled], done: [...earlier, ...succeeded, ...skipped], complete }
}

/** The files of a retry. What it had not come to when it ended is left as it was, so that the next one finds it. */
export function withEarlier(
  direction: TransferReport['direction'],
  files: TransferredFiles,
  { left, done, complete: wasComplete }: EarlierRun,
): Omit<TransferReport, 'version' | 'direction' | 'address' | 'folder' | 'options'> {
  if (files.complete) return files
  const keyOf = ({ path, id }: EarlierRecord) => (direction === 'upload' ? path : (id ?? path))
  const told = new Set<string>()
  for (const kind of ['succeeded', 'failed', 'skipped', 'cancelled'] as const) {
    for (const record of files[kind]) told.add(keyOf(record))
  }
  const missed = left.filter((record) => !told.has(keyOf(record))).map(unfinished)
  const cancelled = [...files.cancelled, ...missed]
  // A folder that could not be read may have been walked in part.
  const complete = wasComplete && !left.some(({ path }) => path.endsWith('/'))
  if (complete) return { ...files, cancelled, complete }
  return { ...files, cancelled, earlier: done.map(({ path, id }) => (id === undefined ? { path } : { path, id })) }
}

function unfinished({ path, id, bytes, attempts, metadata, uncertain_since }: UnfinishedRecord): UnfinishedRecord {
  return {
    ...{ path, attempts },
    ...(id !== undefined && { id }),
    ...(bytes !== undefined && { bytes }),
    ...(metadata && { metadata }),
    ...(uncertain_since && { uncertain_since }),
  }
}
