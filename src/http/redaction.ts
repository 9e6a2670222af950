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

const REDACTED = 'REDACTED'

/** The URL as it may be shown: no user info, no fragment, and only query values whose name is on the allow-list. */
export function redactUrl(url: string): string {
  const start = url.indexOf('?')
  if (start < 0 && !url.includes('@') && !url.includes('#')) return url
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return REDACTED
  }
  const query = [...parsed.searchParams].map(
    ([name, value]) =>
      `${encodeURIComponent(name)}=${SAFE_QUERY_NAMES.has(name) ? encodeURIComponent(value) : REDACTED}`,
  )
  return `${parsed.origin}${parsed.pathname}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** The headers that may be shown. */
export function safeHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => SAFE_HEADER_NAMES.has(name)))
}

/** Takes every given secret out of a text a server sent back: some servers echo what they were asked. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => (secret.length < 4 ? rest : rest.replaceAll(secret, REDACTED)), text)
}

/** The query values of a URL that are not on the allow-list: the signature of a presigned URL is one. */
export function urlSecrets(url: string): string[] {
  return [...new URL(url).searchParams].flatMap(([name, value]) =>
    SAFE_QUERY_NAMES.has(name) ? [] : [value, encodeURIComponent(value)],
  )
}
