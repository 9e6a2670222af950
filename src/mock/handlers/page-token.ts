/** The first `size` items of a list, and whether there are more. The rest is not looked at. */
export function takePage<Item>(list: Iterable<Item>, size: number): { items: Item[]; last?: Item; hasMore: boolean } {
  const items: Item[] = []
  for (const item of list) {
    if (items.length === size) return { items, ...lastOf(items), hasMore: true }
    items.push(item)
  }
  return { items, ...lastOf(items), hasMore: false }
}

function lastOf<Item>(items: readonly Item[]): { last?: Item } {
  const last = items.at(-1)
  return last === undefined ? {} : { last }
}

/**
 * A token is opaque to clients. It contains what the next page needs: the query that was
 * asked first, and the last item of the page. So nothing is skipped or repeated when items come and go between
 * two pages, and a token outlives a restart.
 */
export function encodeToken(state: object): string {
  return Buffer.from(JSON.stringify(state)).toString('base64url')
}

/** The contents of a token, or nothing if it is not valid. */
export function decodeToken(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const state: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    return isRecord(state) ? state : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
