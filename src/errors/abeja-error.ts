import type { OperationId } from '../../generated/operations.ts'

/** What one attempt of a call came to. Every error lists all attempts of its call, the last one included. */
export interface Attempt {
  /** The status of the answer, when there was one. */
  readonly status?: number
  /** The pause before this attempt, in milliseconds: 0 for the first. */
  readonly delayMs: number
  /** How long this attempt took, in milliseconds. */
  readonly durationMs: number
  /** Whether the server may have acted on this attempt although the client saw it fail. */
  readonly mayHaveBeenProcessed: boolean
  /** The failure in a few words. */
  readonly reason: string
  /** The underlying failure, such as the runtime's network error. */
  readonly cause?: unknown
}

/** What is known of a failed call. Headers and URL hold only what the allow-list lets through. */
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
  /** The URL asked for, without secrets: the values of query parameters not on the allow-list read `REDACTED`. */
  declare readonly url: string | undefined
  /** The status of the last answer, when there was one. */
  declare readonly status: number | undefined
  /** The short error code of the platform: `error` of the response body. */
  declare readonly code: string | undefined
  /** The explanation of the platform: `error_description` of the response body. */
  declare readonly description: string | undefined
  /** Details by field, where the platform sends them: `error_detail` of the response body. */
  declare readonly details: unknown
  /** The headers of the last answer that are safe to show, lower-case. */
  declare readonly headers: Readonly<Record<string, string>> | undefined
  /** The body of the last answer: parsed when it is JSON, else text; at most 64 KiB of it. */
  declare readonly body: unknown
  /** The platform's id of the request, for its support. */
  declare readonly requestId: string | undefined
  /**
   * Every attempt of the call, in order. One that failed before it was sent counts too: its body could not be opened, or
   * there was no credential. Empty where the error belongs to no attempt, such as when a parameter was refused.
   */
  declare readonly attempts: readonly Attempt[]
  /** Whether the same call may succeed when made again, and can be made again safely. */
  declare readonly retryable: boolean
  /** How long the server asked to wait, in milliseconds. */
  declare readonly retryAfterMs: number | undefined

  constructor(message: string, { cause, ...told }: ErrorContext = {}) {
    super(message, cause === undefined ? undefined : { cause })
    Object.defineProperty(this, BRAND, { value: true })
    Object.assign(this, told, { attempts: told.attempts ?? [], retryable: told.retryable ?? false })
  }

  /** A plain object for logs and reports. It holds no secret, and no cause: those are not always plain. */
  toJSON(): Record<string, unknown> {
    const { name, message, headers: _, body: __, ...told } = this
    const attempts = this.attempts.map(({ cause: _, ...attempt }) => attempt)
    return { name, message, ...told, attempts }
  }
}

/** Whether a value is an error of this package, whichever copy of the package threw it. */
export function isAbejaError(value: unknown): value is AbejaError {
  return typeof value === 'object' && value !== null && BRAND in value
}
