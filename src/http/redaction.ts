/**
 * An allow-list, not a deny-list: what nobody thought of stays hidden. Errors and events show only these.
 * The idea is the sanitizer of Azure's core-rest-pipeline.
 */
const SAFE_QUERY_NAMES = new Set([
  'conflict_target',
  'end',
  'filter_archived',
  'items_per_page',
  'lifetime',
  'limit',
  'offset',
  'scan_forward',
  'sort',
  'start',
  'target_dir',
  'timezone',
])

const SAFE_HEADER_NAMES = new Set([
  'accept-ranges',
  'allow',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'etag',
  'last-modified',
  'retry-after',
  'server',
  'x-request-id',
])

/** What stands in the place of what may not be shown. */
export const REDACTED = 'REDACTED'

/** The URL as it may be shown: no user info, no fragment, and only query values whose name is on the allow-list. */
export function redactUrl(url: string): string {
  if (!/[?@#]/.test(url)) return url
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return REDACTED
  }
  const query = queryPairs(url).map(({ name, value, isSafe }) => {
    // Without a value it is the name that can be the secret.
    if (value === '' && !isSafe) return REDACTED
    return `${encodeURIComponent(name)}=${isSafe ? encodeURIComponent(value) : REDACTED}`
  })
  return `${parsed.origin}${parsed.pathname}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** The values of a query that may not be shown, as they are written and as they are meant. */
export function hiddenQueryValues(url: string): string[] {
  return queryPairs(url).flatMap(({ name, value, raw, isSafe }) =>
    isSafe ? [] : [value === '' ? name : value, raw.slice(raw.indexOf('=') + 1)],
  )
}

function queryPairs(url: string) {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  return query.split('&').flatMap((raw) => {
    const [pair] = new URLSearchParams(raw)
    if (!pair) return []
    const [name, value] = pair
    return [{ name, value, raw, isSafe: SAFE_QUERY_NAMES.has(name) }]
  })
}

/** The headers that may be shown. */
export function safeHeaders(headers: Headers, redact: (text: string) => string): Record<string, string> {
  const shown: Record<string, string> = {}
  for (const [name, value] of headers) if (SAFE_HEADER_NAMES.has(name)) shown[name] = redact(value)
  return shown
}
