import type { OperationId } from '../../generated/operations.ts'

/** The outcome of one failed attempt. Every error lists all attempts of its call, the last one included. */
export interface Attempt {
  /** The status of the response, when there was one. */
  readonly status?: number
  /** The pause before this attempt, in milliseconds: 0 for the first. */
  readonly delayMs: number
  /** How long this attempt took, in milliseconds. */
  readonly durationMs: number
  /** Whether the server may have processed the request although the attempt failed. */
  readonly mayHaveBeenProcessed: boolean
  /** The failure in a few words. */
  readonly reason: string
  /** The underlying failure, such as the runtime's network error. */
  readonly cause?: unknown
}

/** The details of a failed call. Headers and URL contain only what the allow-list permits. */
export interface ErrorContext {
  readonly operationId?: OperationId | undefined
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly status?: number | undefined
  readonly code?: string | undefined
  readonly description?: string | undefined
  readonly details?: unknown
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: unknown
  readonly requestId?: string | undefined
  readonly attempts?: readonly Attempt[] | undefined
  readonly retryable?: boolean | undefined
  readonly retryAfterMs?: number | undefined
  readonly cause?: unknown
}

/** Marks every error of this package, also across copies of it (ESM beside CommonJS) and across realms. */
const BRAND = Symbol.for('abeja-platform-client.error')

/**
 * The base of every error that the client and `./node` throw. Only `startMock` throws others: a `RangeError` for an
 * option out of its range, an `Error` where it cannot start.
 *
 * @example
 * try { await abeja.channels.get(id) }
 * catch (error) { if (isAbejaError(error)) console.error(error.operationId, error.status, error.attempts.length) }
 */
export class AbejaError extends Error {
  override readonly name: string = 'AbejaError'
  /** The operation of the description that failed, when the failure belongs to one. */
  declare readonly operationId: OperationId | undefined
  declare readonly method: string | undefined
  /** The requested URL, without secrets: query values that are not on the allow-list read `REDACTED`. */
  declare readonly url: string | undefined
  /** The status of the last response, when there was one. */
  declare readonly status: number | undefined
  /** The short error code of the platform: `error` of the response body. */
  declare readonly code: string | undefined
  /** The explanation of the platform: `error_description` of the response body. */
  declare readonly description: string | undefined
  /** Details by field, where the platform sends them: `error_detail` of the response body. */
  declare readonly details: unknown
  /** The headers of the last response that are safe to show, by lower-case name. */
  declare readonly headers: Readonly<Record<string, string>> | undefined
  /** The body of the last response: parsed when it is JSON, else text; at most 64 KiB of it. */
  declare readonly body: unknown
  /** The platform's id of the request, for its support. */
  declare readonly requestId: string | undefined
  /**
   * Every attempt of the call, in order, including those that failed before the request was sent, for example because the
   * body could not be opened. Empty when the error belongs to no attempt, such as for an invalid parameter.
   */
  declare readonly attempts: readonly Attempt[]
  /** Whether the same call may succeed when made again, and can be made again safely. */
  declare readonly retryable: boolean
  /** How long the server asked to wait, in milliseconds. */
  declare readonly retryAfterMs: number | undefined

  constructor(message: string, { cause, ...context }: ErrorContext = {}) {
    super(message, cause === undefined ? undefined : { cause })
    Object.defineProperty(this, BRAND, { value: true })
    Object.assign(this, context, { attempts: context.attempts ?? [], retryable: context.retryable ?? false })
  }

  /** Returns a plain object for logs and reports, without secrets, and without causes, which may not be plain objects. */
  toJSON(): Record<string, unknown> {
    const { name, message, headers: _, body: __, ...details } = this
    const attempts = this.attempts.map(({ cause: _, ...attempt }) => attempt)
    return { name, message, ...details, attempts }
  }
}

/** Whether a value is an error of this package, whichever copy of the package threw it. */
export function isAbejaError(value: unknown): value is AbejaError {
  return typeof value === 'object' && value !== null && BRAND in value
}

/** The status of the response is not a success. The classes below are those that the platform documents. */
export class ApiError extends AbejaError {
  override readonly name: string = 'ApiError'
  declare readonly status: number
}

/** 400: the server rejected the parameters. */
export class BadRequestError extends ApiError {
  override readonly name = 'BadRequestError'
}

/** 401: the credential is missing or was rejected. */
export class UnauthorizedError extends ApiError {
  override readonly name = 'UnauthorizedError'
}

/** 403: the credential does not have permission. */
export class ForbiddenError extends ApiError {
  override readonly name = 'ForbiddenError'
}

/** 404: the resource does not exist. */
export class NotFoundError extends ApiError {
  override readonly name = 'NotFoundError'
}

/** 409: the resource already exists. */
export class ConflictError extends ApiError {
  override readonly name = 'ConflictError'
}

/** 429: too many requests. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError'
}

/** 500 and above: the server failed. */
export class InternalServerError extends ApiError {
  override readonly name = 'InternalServerError'
}

const CLASSES: Readonly<Record<number, typeof ApiError>> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
}

/** Returns the error class of a status. */
export function apiErrorClass(status: number): typeof ApiError {
  return CLASSES[status] ?? (status >= 500 ? InternalServerError : ApiError)
}

/**
 * No complete response arrived: name resolution, connection or TLS failed, the connection was reset, or there was a redirect
 * that must not be followed and whose status the runtime hides. `cause` is the error of the runtime, or a copy without
 * secrets.
 */
export class ConnectionError extends AbejaError {
  override readonly name = 'ConnectionError'
}

/** Which timeout elapsed: that of one attempt, of a stalled transfer, or of the whole call. */
export type TimeoutKind = 'timeout' | 'idleTimeout' | 'totalTimeout'

/** A timeout of the call elapsed; see `kind`. */
export class TimeoutError extends AbejaError {
  override readonly name = 'TimeoutError'
  /** The option whose time elapsed. */
  readonly kind: TimeoutKind

  constructor(message: string, kind: TimeoutKind, context: ErrorContext = {}) {
    super(message, context)
    this.kind = kind
  }
}

/** The caller's `signal` was aborted. `cause` is the signal's reason. */
export class AbortedError extends AbejaError {
  override readonly name = 'AbortedError'
}

/** The status of the response is a success, but its content is not what the description states. */
export class InvalidResponseError extends AbejaError {
  override readonly name: string = 'InvalidResponseError'
}

/**
 * A parameter, an option, the credential or a body is invalid, and nothing was sent. Or the body failed while it was sent:
 * then the last of `attempts` has `mayHaveBeenProcessed`.
 */
export class InvalidRequestError extends AbejaError {
  override readonly name = 'InvalidRequestError'
}

/** A list that would never end: it returned a cursor or a page again, or nothing but empty pages. */
export class PaginationLoopError extends InvalidResponseError {
  override readonly name = 'PaginationLoopError'
}
