import type { Query } from './call.ts'

const defaultPageSize = 100

/** Validating a page of this size takes about a tenth of a second, in which the server does nothing else. */
const largestPageSize = 1000

/** The number of files on a page: `items_per_page` is a maximum, so a smaller page is valid. */
export function pageSizeOf(query: Query): number {
  return boundedPageSize(query.integer('items_per_page') ?? defaultPageSize)
}

export function boundedPageSize(size: number): number {
  return Math.min(size, largestPageSize)
}
