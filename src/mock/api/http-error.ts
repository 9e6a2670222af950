import type { OutgoingHttpHeaders } from 'node:http'
import type { Schemas } from '../description.ts'
import { isDiskFull } from '../store/storage-failure.ts'
import { fieldOf, reasonOf, type Violation, violation } from './violation.ts'

/** What goes back to the client, before it is made into bytes. */
export interface ApiResponse {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: unknown
}

type ErrorBody = Schemas['ErrorResponse']

const errorWords: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'request_header_fields_too_large',
  500: 'internal_server_error',
  501: 'not_implemented',
  503: 'service_unavailable',
  507: 'insufficient_storage',
}

/** An error response in the form of the platform, to throw. */
export class HttpError extends Error {
  readonly status: number
  readonly violations: readonly Violation[]
  readonly headers: OutgoingHttpHeaders

  constructor(
    status: number,
    description: string,
    { violations = [], headers = {} }: { violations?: readonly Violation[]; headers?: OutgoingHttpHeaders } = {},
  ) {
    super(description)
    this.status = status
    this.violations = violations
    this.headers = headers
  }
}

/** The most violations that are reported. The rest would cost time, and nobody reads them. */
const mostViolations = 50

/** A request with something missing or wrong in it. The description names the first violation, the detail all. */
export function badRequest(all: readonly Violation[]): HttpError {
  const violations = all.slice(0, mostViolations)
  const [first] = violations
  const description = first ? `${fieldOf(first)}: ${reasonOf(first)}` : 'given parameters are invalid'
  const more = all.length > violations.length ? ` (and ${all.length - violations.length} more violations)` : ''
  return new HttpError(400, description + more, { violations })
}

/** The response to what failed while a request was handled, if there is one: 507 where the disk is full. */
export function httpErrorOf(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error
  return isDiskFull(error) ? new HttpError(507, 'the disk is full: nothing was changed') : undefined
}

/** A query parameter that the description allows, but that makes no sense. */
export function badQuery(name: string, reason: string): HttpError {
  return badRequest([violation(['query', name], reason)])
}

export function badBody(name: string, reason: string): HttpError {
  return badRequest([violation(['body', name], reason)])
}

export function notFound(what: string): HttpError {
  return new HttpError(404, `${what} not found`)
}

export function errorResponse({ status, message, violations, headers }: HttpError): ApiResponse {
  const body: ErrorBody = { error: errorWords[status] ?? `http_${status}`, error_description: message }
  if (violations.length > 0) body.error_detail = detailOf(violations)
  return { status, headers: { 'content-type': 'application/json', ...headers }, body }
}

function detailOf(violations: readonly Violation[]): Record<string, string[]> {
  const reasons = new Map<string, string[]>()
  for (const each of violations) reasons.set(fieldOf(each), [...(reasons.get(fieldOf(each)) ?? []), reasonOf(each)])
  return Object.fromEntries(reasons)
}
