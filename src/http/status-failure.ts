import { apiErrorClass } from '../errors/api-error.ts'
import type { Authorization } from './authorization.ts'
import type { BoundedText } from './bounded-text.ts'
import type { Call } from './call.ts'
import { answerTold, type Failure, oneLine } from './failure.ts'
import { nextStep } from './next-step.ts'
import { type Redact, redactValue } from './redactor.ts'
import { isRecord } from './response-check.ts'
import { retryAfterMs } from './retry-after.ts'

const TRANSIENT_STATUSES = new Set([408, 429, 500, 502, 503, 504])

/** So much is taken off the end of a body that was cut: a secret that the cut went through is not recognised. */
const RAGGED_END = 4 * 1024

/** The server answered with a status that is no success. */
export function statusFailure(
  call: Call,
  response: Response,
  told: BoundedText,
  authorization: Authorization | undefined,
  redact: Redact,
): Failure {
  const { status, headers } = response
  const body = bodyOf(told, redact)
  const { error, error_description, error_detail } = isRecord(body) ? body : {}
  const wait = retryAfterMs(headers.get('retry-after'), serverTime(headers))
  const reason = oneLine(redact(`${status} ${response.statusText}`.trim()))
  const said = [error, error_description].filter((part) => typeof part === 'string').join(': ')
  return {
    reason,
    transient: TRANSIENT_STATUSES.has(status),
    mayHaveBeenProcessed: mayHaveBeenProcessed(status, wait),
    message: `${reason}${said === '' ? '' : `, ${oneLine(said)}`}. ${nextStep(call, response, authorization)}`,
    told: {
      ...answerTold(response, redact),
      code: textOf(error),
      description: textOf(error_description),
      details: error_detail,
      body,
      retryAfterMs: wait,
    },
    make: (message, context) => new (apiErrorClass(status))(message, context),
  }
}

/** A server that sends its client away, be it with 429 or with the time to come back, did nothing else. */
function mayHaveBeenProcessed(status: number, wait: number | undefined): boolean {
  if (status === 503) return wait === undefined
  return status < 400 || status === 408 || status >= 500
}

/** A date in an answer is one of the server's clock, which may differ from this machine's. */
function serverTime(headers: Headers): number {
  const date = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(date) ? Date.now() : date
}

function bodyOf({ text, isCut }: BoundedText, redact: Redact): unknown {
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
