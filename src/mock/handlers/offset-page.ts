import type { Query } from './call.ts'

/** As many as the documented responses show. */
export const defaultLimit = 50

/** The page that `limit` and `offset` ask for, of the rows that are listed. Rows after it are not looked at. */
export function pageByOffset<Row>(
  rows: Iterable<Row>,
  isListed: (row: Row) => boolean,
  query: Query,
): { items: Row[]; limit: number; offset: number; has_next: boolean } {
  const limit = query.integer('limit') ?? defaultLimit
  const offset = query.integer('offset') ?? 0
  const items: Row[] = []
  let position = 0
  let has_next = false
  for (const row of rows) {
    if (!isListed(row)) continue
    position += 1
    if (position <= offset) continue
    // A client that asks for pages of none would otherwise ask for the next one for ever.
    has_next = items.length === limit && limit > 0
    if (items.length === limit) break
    items.push(row)
  }
  return { items, limit, offset, has_next }
}
