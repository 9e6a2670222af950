import { badQuery } from '../api/http-error.ts'
import { decode, keyOf, metadataPrefix, metadataValue } from '../metadata.ts'
import type { ChannelFile } from '../store/rows.ts'
import type { SortKey } from '../store/sorted-rows.ts'
import type { Store } from '../store/store.ts'
import type { Query } from './call.ts'
import { boundedPageSize, pageSizeOf } from './page-size.ts'
import { decodeToken, encodeToken, takePage } from './page-token.ts'
import { orderOf } from './sort.ts'
import { checkTimeZone, endOf, startOf } from './time-range.ts'

/** What a list was asked for. A token carries it from page to page. */
interface Question {
  readonly from: number | null
  readonly to: number | null
  readonly q: string | null
  readonly sort: readonly string[]
  readonly size: number
  /** The sort key of the last file of the page before. */
  readonly after: SortKey | null
}

const parameters = ['start', 'end', 'timezone', 'items_per_page', 'sort', 'q']

/** One page of a channel's files, and the token of the next. */
export function pageOfFiles(
  store: Store,
  channelId: string,
  query: Query,
): { files: ChannelFile[]; token: string | null } {
  const question = questionOf(channelId, query)
  const { from, to, q, size, after } = question
  const order = orderOf(question.sort)
  const matches = matcherOf(q)
  const isAsked = (file: ChannelFile) =>
    (from === null || file.uploaded_at >= from) && (to === null || file.uploaded_at <= to) && matches(file)
  const files = filtered(store.channelFiles.sorted(channelId, order).after(after), isAsked)
  const { items, last, hasMore } = takePage(files, size)
  return {
    files: items,
    token: last && hasMore ? encodeToken({ channelId, ...question, after: order.keyOf(last) }) : null,
  }
}

function* filtered<Item>(items: Iterable<Item>, isAsked: (item: Item) => boolean): Generator<Item> {
  for (const item of items) if (isAsked(item)) yield item
}

function questionOf(channelId: string, query: Query): Question {
  const token = query.text('next_page_token')
  if (token !== undefined) {
    const others = query.among(parameters)
    if (others.length > 0) throw badQuery('next_page_token', `cannot be combined with ${others.join(', ')}`)
    return questionOfToken(channelId, token)
  }
  const [start, end] = [query.text('start'), query.text('end')]
  const hasRange = start !== undefined || end !== undefined
  const zone = hasRange ? checkTimeZone(query.text('timezone') ?? 'UTC') : 'UTC'
  const sort = orderOf(query.words('sort')).words
  return {
    from: start === undefined ? null : startOf('start', start, zone),
    to: end === undefined ? null : endOf('end', end, zone),
    q: query.text('q') ?? null,
    sort,
    size: pageSizeOf(query),
    after: null,
  }
}

function questionOfToken(channelId: string, token: string): Question {
  const state = decodeToken(token)
  const { from, to, q, sort, size, after } = state ?? {}
  const isValid =
    state?.channelId === channelId &&
    isNullOr(from, isNumber) &&
    isNullOr(to, isNumber) &&
    isNullOr(q, isString) &&
    isListOf(sort, isString) &&
    isNumber(size) &&
    Number.isInteger(size) &&
    size >= 0 &&
    isListOf(after, isStringOrNumber)
  if (!isValid) throw badQuery('next_page_token', 'is not valid')
  // Anybody can make a token.
  return { from, to, q, sort, size: boundedPageSize(size), after }
}

/**
 * Reads `q`. `x-abeja-meta-filename:report` finds the files whose metadata `filename` contains `report`. A word without
 * a key is looked for in all metadata.
 */
function matcherOf(q: string | null): (file: ChannelFile) => boolean {
  if (q === null) return () => true
  const colon = q.indexOf(':')
  const name = q.slice(0, Math.max(colon, 0))
  if (colon > 0 && name.toLowerCase().startsWith(metadataPrefix)) {
    const [key, value] = [keyOf(name), decode(q.slice(colon + 1))]
    return (file) => metadataValue(file.metadata, key)?.includes(value) === true
  }
  const word = decode(q)
  return (file) => Object.values(file.metadata).some((value) => value.includes(word))
}

function isNullOr<Value>(value: unknown, is: (value: unknown) => value is Value): value is Value | null {
  return value === null || is(value)
}

function isListOf<Item>(value: unknown, is: (value: unknown) => value is Item): value is Item[] {
  return Array.isArray(value) && value.every(is)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function isString(value: unknown): value is string {
  return typeof value === 'string'
}

function isStringOrNumber(value: unknown): value is string | number {
  return isString(value) || isNumber(value)
}
