import { apiErrorClass } from '../errors/api-error.ts'
import type { Authorization } from './authorization.ts'
import type { Call } from './call.ts'
import { type Failure, oneLine, responseContext } from './failure.ts'
import type { BodyStart } from './read-response.ts'
import { type Redact, redactValue } from './redaction.ts'
import { isRecord } from './response-check.ts'
import { retryAfterMs } from './retry-policy.ts'

const TRANSIENT_STATUSES = new Set([408, 429, 500, 502, 503, 504])

/** This much is removed from the end of a body that was cut: a secret that the cut went through is not recognised. */
const RAGGED_END = 4 * 1024

/** The status of the response is not a success. */
export function statusFailure(
  call: Call,
  response: Response,
  start: BodyStart,
  authorization: Authorization | undefined,
  redact: Redact,
): Failure {
  const { status, headers } = response
  const body = bodyOf(start, redact)
  const { error, error_description, error_detail } = isRecord(body) ? body : {}
  const wait = retryAfterMs(headers.get('retry-after'), serverTime(headers))
  const reason = oneLine(redact(`${status} ${response.statusText ?? ''}`.trim()))
  const quoted = [error, error_description].filter((part) => typeof part === 'string').join(': ')
  const quote = quoted === '' ? '' : `, ${oneLine(quoted).replace(/[.\s]+$/, '')}`
  return {
    reason,
    transient: TRANSIENT_STATUSES.has(status),
    mayHaveBeenProcessed: mayHaveBeenProcessed(status, wait),
    message: `${reason}${quote}. ${hint(call, response, authorization)}`,
    context: {
      ...responseContext(response, redact),
      code: textOf(error),
      description: textOf(error_description),
      details: error_detail,
      body,
      retryAfterMs: wait,
    },
    make: (message, context) => new (apiErrorClass(status))(message, context),
  }
}

/** A server that sends its client away, with 429 or with the time to come back, did nothing else. */
function mayHaveBeenProcessed(status: number, wait: number | undefined): boolean {
  if (status === 503) return wait === undefined
  return status < 400 || status === 408 || status >= 500
}

/** The clock of the server can differ from this machine's. */
function serverTime(headers: Headers): number {
  const date = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? Date.now() : date
}

function bodyOf({ text, isCut }: BodyStart, redact: Redact): unknown {
  if (isCut) return redact(text).slice(0, -RAGGED_END)
  try {
    return redactValue(JSON.parse(text), redact)
  } catch {
    return text === '' ? undefined : redact(text)
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

const CREDENTIALS = {
  bearer: 'The token',
  user: 'The user id and personal access token',
  datasource: 'The datasource id and secret',
  none: 'No credential',
} as const

/** Returns what a person can do about a status. `authorization` is undefined for a presigned URL. */
function hint(call: Call, { status, headers }: Response, authorization: Authorization | undefined): string {
  if (status >= 300 && status < 400) {
    const target = redirectTarget(headers.get('location'), call.url)
    return `The redirect${target} is not followed, because it could carry credentials elsewhere. Check baseUrl.`
  }
  if (authorization === undefined) return 'The presigned URL was rejected. Request the file again.'
  const { kind, source } = authorization
  if (status === 401) {
    if (kind === 'none') return `No credential was sent (${source}). Pass the option credential.`
    return `${CREDENTIALS[kind]} from ${source} was rejected. Check that it is complete, current and of this platform.`
  }
  if (status === 403) return `${CREDENTIALS[kind]} from ${source} does not have permission.`
  if (status === 404) return 'Check the ids, and that they belong to this organization.'
  if (status === 405) return 'Check baseUrl: this path takes other methods.'
  if (status === 409) return 'It already exists.'
  if (status === 429) return 'Too many requests. Slow down, or allow more retries.'
  if (status >= 500) return 'The server failed. Try again later.'
  return 'Check the parameters.'
}

/** Returns no more than the origin: paths and queries of redirects carry codes and tokens. */
function redirectTarget(location: string | null, url: string): string {
  if (location === null || !URL.canParse(location, url)) return ''
  const { origin } = new URL(location, url)
  return origin === new URL(url).origin ? ' within the same server' : ` to ${origin}`
}
