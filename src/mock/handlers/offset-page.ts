import type { Query } from './call.ts'

/** As many as the documented answers show. */
export const defaultLimit = 50

/** The page of a list that `limit` and `offset` ask for. */
export function pageByOffset<Row>(
  rows: readonly Row[],
  query: Query,
): { items: Row[]; limit: number; offset: number; has_next: boolean } {
  const limit = query.integer('limit') ?? defaultLimit
  const offset = query.integer('offset') ?? 0
  // Whoever asks for pages of none would ask for the next one for ever.
  const has_next = limit > 0 && offset + limit < rows.length
  return { items: rows.slice(offset, offset + limit), limit, offset, has_next }
}
