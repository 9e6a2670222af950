import type { Authorization } from './authorization.ts'
import type { HeaderRecord } from './headers.ts'
import { hiddenQueryValues, REDACTED, redactUrl } from './redaction.ts'

/**
 * Takes secrets out of a text that somebody else wrote: servers, proxies and the errors of `fetch` echo what they were
 * given.
 */
export type Redact = (text: string) => string

/** What one call gave away, so that it can be found again in what comes back. */
export interface Given {
  readonly url: string
  readonly headers: HeaderRecord
}

/** Anything shorter would take ordinary words out of a text. */
const SHORTEST_SECRET = 6

/** Values of these are no secrets; those of any other header, which is then one of the caller's, may be. */
const PLAIN_HEADER = /^(accept|accept-encoding|content-length|content-type|if-range|range|user-agent|x-abeja-meta-.*)$/

const ADDRESS = /https?:(?:\\?\/){2}[^\s"'<>]+/gi
// With a digit in it: "Basic authentication" is prose.
const CREDENTIAL = /\b(bearer|basic)\s+(?=[^\s"]*\d)[\w.~+/=-]{8,}/gi
const SECRET_FIELD = /("secret"\s*:\s*")(?:[^"\\]|\\.)*/g

/** A redactor of what came of a call: it knows the secrets of the call, and the looks of others. */
export function redactorOf({ url, headers }: Given, authorization: Authorization | undefined): Redact {
  const extra = Object.entries(headers).flatMap(([name, value]) => (PLAIN_HEADER.test(name) ? [] : [value]))
  const secrets = [...(authorization?.secrets ?? []), ...hiddenQueryValues(url), ...extra]
  const known = [...new Set(secrets.filter(({ length }) => length >= SHORTEST_SECRET).flatMap(waysToWrite))]
  // The longest first: one can be a part of another.
  known.sort((a, b) => b.length - a.length)
  const shownUrl = redactUrl(url)
  return (text) => {
    const withoutUrl = shownUrl === url ? text : text.replaceAll(url, shownUrl)
    return known
      .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), withoutUrl)
      .replaceAll(ADDRESS, (address) => redactUrl(address.replaceAll('\\/', '/')))
      .replaceAll(CREDENTIAL, `$1 ${REDACTED}`)
      .replaceAll(SECRET_FIELD, `$1${REDACTED}`)
  }
}

/** The same for every text within a parsed JSON value. */
export function redactValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact))
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    redact(key),
    key === 'secret' ? REDACTED : redactValue(item, redact),
  ])
  return Object.fromEntries(entries)
}

function waysToWrite(secret: string): string[] {
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), secret.replaceAll('/', '\\/')]
}
