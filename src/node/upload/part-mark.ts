import { createHash } from 'node:crypto'
import { type ChannelStore, isApiError, type Metadata, type RequestOptions } from '../../index.ts'
import { metadataValue } from '../../metadata/metadata-codec.ts'

/** The metadata key that marks the uploads of a part: by it a later run of the part finds those of an earlier one. */
export const PART_MARK = 'transfer-part'

/** Returns the value of the mark for a file: no two files of a plan have the same. */
export function partMark(plan: string, number: number, path: string): string {
  const digest = createHash('sha256').update(path).digest('hex')
  return `${plan}.${number}.${digest.slice(0, 32)}`
}

/** Returns the mark of a file that a part uploads. */
export function markOf(metadata: Metadata): string | undefined {
  return metadataValue(metadata, PART_MARK)
}

/**
 * Searches a channel for marked files, once for each part that they belong to. Files that the search misses are not stored
 * twice: the mark is also their `conflict_target`.
 * @returns the ids of those found, by their marks
 */
export async function findMarked(
  store: ChannelStore,
  marks: Iterable<string>,
  options: RequestOptions,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const parts = new Set(Array.from(marks, (mark) => mark.slice(0, mark.lastIndexOf('.') + 1)))
  for (const part of parts) {
    try {
      for await (const { file_id, metadata } of store.list({ q: `x-abeja-meta-${PART_MARK}:${part}` }, options)) {
        const mark = markOf(metadata)
        // This server does not search by the key, and would list the whole channel.
        if (!mark?.startsWith(part)) break
        found.set(mark, file_id)
      }
    } catch (error) {
      if (!isApiError(error)) throw error
    }
  }
  return found
}
