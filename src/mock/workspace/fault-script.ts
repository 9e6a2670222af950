import { isOperationId, type OperationId } from '../description.ts'
import { oneOf, texts, word } from '../seed/checks.ts'
import { type Check, hasShape, mistakesOf, type Shape } from '../seed/shape.ts'

/** The operations of the description, and the two that signed URLs lead to. */
export type FaultOperation = OperationId | 'download' | 'upload'

/** Which requests a fault meets. What is left out matches all. */
export interface FaultMatch {
  readonly method?: string
  /** The path as it was sent, where `*` matches any text: `/channels/1230000000000/*`. */
  readonly path?: string
  /** Query parameters and their values; `*` matches any text here too. */
  readonly query?: Readonly<Record<string, string>>
  /** Headers by name, and their values; `*` matches any text here too. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Something that goes wrong with the next requests that match. Times are milliseconds. */
export interface FaultScript {
  /** An `operationId` of the description, or `download` or `upload` for requests to signed URLs. */
  readonly operation?: FaultOperation
  readonly match?: FaultMatch
  /**
   * How many requests it meets.
   * @default 1
   */
  readonly times?: number
  /** Waits this long, then acts. When the caller has gone meanwhile, nothing happens. */
  readonly delay?: number
  /** Responds with this status; the request is not carried out. */
  readonly status?: number
  /** Seconds, as `Retry-After`. Without a status the response is 429. */
  readonly retryAfter?: number
  /** Never responds; the request is not carried out. */
  readonly hang?: boolean
  /**
   * Resets the connection: `before-body` as soon as the headers have arrived, so that the request is not carried out;
   * `after-body` in place of the response to a request that was carried out.
   */
  readonly reset?: 'before-body' | 'after-body'
  /** Sends half of the response, then cuts the connection. */
  readonly truncate?: boolean
  /** Sends the response in ten pieces over a second. */
  readonly slow?: boolean
}

const operation: Check = (value) =>
  typeof value === 'string' && (isOperationId(value) || value === 'download' || value === 'upload')
    ? undefined
    : 'must be an operationId of the description, "download" or "upload"'

const wholeNumber = (least: number, most: number): Check => {
  const fault = `must be a whole number from ${least} to ${most}`
  return (value) => (Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? undefined : fault)
}

const yes: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false')

/** What a fault does. One of them is required. */
const effects = ['delay', 'status', 'retryAfter', 'hang', 'reset', 'truncate', 'slow']

export const faultShape: Shape = {
  optional: {
    operation,
    match: { optional: { method: word, path: word, query: texts, headers: texts } },
    times: wholeNumber(1, 1_000_000),
    delay: wholeNumber(1, 600_000),
    status: wholeNumber(400, 599),
    retryAfter: wholeNumber(0, 86_400),
    hang: yes,
    reset: oneOf(['before-body', 'after-body']),
    truncate: yes,
    slow: yes,
  },
  together: (value) =>
    typeof value === 'object' && value !== null && effects.some((name) => name in value)
      ? undefined
      : `must have at least one of ${effects.join(', ')}`,
}

/** Checks a fault script that comes from outside. Throws an error that names the mistakes. */
export function readFaultScript(value: unknown): FaultScript {
  if (isFaultScript(value)) return value
  throw new RangeError(`Invalid fault: ${mistakesOf(value, faultShape)}`)
}

function isFaultScript(value: unknown): value is FaultScript {
  return hasShape(value, faultShape)
}

/**
 * Reads a fault of the command line: JSON, or pairs such as `operation=createChannel,status=503,times=2`. A dot leads
 * into an object: `match.path=/channels/*`.
 */
export function parseFaultScript(text: string): FaultScript {
  return readFaultScript(text.trimStart().startsWith('{') ? parseJson(text) : objectOf(text))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RangeError(`Invalid fault: malformed JSON (${error instanceof Error ? error.message : error})`)
  }
}

function objectOf(text: string): unknown {
  const pairs = text.split(',').map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 1) throw new RangeError(`Invalid fault: expected name=value pairs (received "${pair}")`)
    return { path: pair.slice(0, equals).trim().split('.'), value: scalarOf(pair.slice(equals + 1).trim()) }
  })
  return nested(pairs)
}

/** Makes an object of values whose names are paths. */
function nested(pairs: readonly { readonly path: readonly string[]; readonly value: unknown }[]): object {
  const names = [...new Set(pairs.map(({ path: [name = ''] }) => name))]
  return Object.fromEntries(
    names.map((name) => {
      const own = pairs.filter(({ path }) => path[0] === name)
      const inner = own.filter(({ path }) => path.length > 1)
      if (own.length > 1 && inner.length < own.length) throw new RangeError(`Invalid fault: "${name}" is named twice`)
      if (inner.length === 0) return [name, own[0]?.value]
      return [name, nested(inner.map(({ path, value }) => ({ path: path.slice(1), value: String(value) })))]
    }),
  )
}

function scalarOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d+$/.test(text) ? Number(text) : text
}
