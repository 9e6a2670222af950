import type { OperationId } from '../../generated/operations.ts'
import { InvalidRequestError } from '../errors/errors.ts'
import { type KeysOf, knownKeys } from '../validation/known-keys.ts'
import type { Authorization } from './credential.ts'
import type { AbejaEvent, CallEvent } from './events.ts'
import type { ExtraHeaders, HeaderRecord } from './headers.ts'
import type { RequestBody } from './request-body.ts'

/**
 * When a failed call is sent again. `auto`: whenever that is safe, which is always for an idempotent operation and
 * otherwise only when the server certainly has not processed the request. `always`: also when it may have processed it.
 */
export type RetryMode = 'auto' | 'always' | 'never'

/** The part of `fetch` that the client uses: an absolute URL and an init. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** The internal hooks with which a transfer of many files observes, delays and sends its calls. */
export interface CallHooks {
  /** Sends the call where the client was given no `fetch`. */
  readonly fetch?: Fetch | undefined
  /** Called with every event of the call, before the client's own `onEvent`. */
  readonly onEvent?: ((event: CallEvent) => void) | undefined
  /** Called with a successful response, once its body has been read or, for a download, is being read. */
  readonly onResponse?: ((response: Response) => void) | undefined
  /**
   * Waits before a failed call is sent again, instead of a plain timer.
   * @param ms how long the server asked to wait, or the backoff, in milliseconds
   */
  readonly pause?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined
}

/** The options of every method, as its last argument. All times are milliseconds; `Infinity` switches one off. */
export interface RequestOptions {
  /** Ends the call, or the whole iteration of a list, at any moment. */
  signal?: AbortSignal | undefined
  /**
   * The time of one attempt, to the end of its response. Uploads and downloads use `idleTimeout` instead. The `fetch` that
   * is built into Node.js ends by itself after 300 s without a response: for more, pass a `fetch` that does not.
   * @default 30_000, or ABEJA_SDK_CONNECTION_TIMEOUT (seconds)
   */
  timeout?: number | undefined
  /**
   * The time an upload or a download may make no progress.
   * @default 60_000, or ABEJA_SDK_CONNECTION_TIMEOUT (seconds)
   */
  idleTimeout?: number | undefined
  /**
   * The time of the whole call with its retries and pauses; of a list, the time of the whole iteration; of a download,
   * the time until its last byte is read.
   * @default Infinity
   */
  totalTimeout?: number | undefined
  /**
   * How often a failed call is sent again; 0 means never. The pauses are random, up to 0.5 s, 1 s, 2 s … 8 s, or as long as
   * the server asks with `Retry-After`: without `totalTimeout` up to a minute, with it as long as it allows. When a server
   * asks for more, the call fails at once, and the error holds `retryAfterMs`.
   * @default 5, or ABEJA_SDK_MAX_RETRY_COUNT
   */
  maxRetries?: number | undefined
  /**
   * When a failed call is sent again. `always` on a call that creates something can create it twice.
   * @default 'auto', by what the description states for the operation as `x-idempotent`
   */
  retry?: RetryMode | undefined
  /** Extra headers. Those of a call override those of the client; `null` removes one. */
  headers?: ExtraHeaders | undefined
  /** The organization of this call instead of the client's. */
  organizationId?: string | undefined
  /**
   * The largest JSON response that is read, in bytes after decompression. A larger one ends in `InvalidResponseError`.
   * @default 33_554_432 (32 MiB)
   */
  maxResponseBytes?: number | undefined
  /** @internal */
  hooks?: CallHooks | undefined
}

export const REQUEST_OPTIONS: KeysOf<RequestOptions> = {
  headers: true,
  hooks: false,
  idleTimeout: true,
  maxResponseBytes: true,
  maxRetries: true,
  organizationId: true,
  retry: true,
  signal: true,
  timeout: true,
  totalTimeout: true,
}

const RETRY_MODES: readonly unknown[] = ['auto', 'always', 'never']

/** Throws `InvalidRequestError` for invalid values of options. */
export function checkRequestOptions(options: RequestOptions): void {
  checkTime(options, 'timeout')
  checkTime(options, 'idleTimeout')
  checkTime(options, 'totalTimeout')
  const { maxResponseBytes, maxRetries, organizationId, retry, signal } = options
  if (isGiven(signal) && typeof signal.addEventListener !== 'function') {
    throw invalid('signal', 'an AbortSignal', typeof signal, 'Pass the signal of an AbortController.')
  }
  if (isGiven(maxRetries) && !(Number.isInteger(maxRetries) && maxRetries >= 0)) {
    throw invalid('maxRetries', 'a whole number, 0 or more', maxRetries)
  }
  if (isGiven(retry) && !RETRY_MODES.includes(retry)) throw invalid('retry', RETRY_MODES.join(', '), retry)
  if (isGiven(organizationId) && typeof organizationId !== 'string') {
    throw invalid('organizationId', 'a string', typeof organizationId)
  }
  if (isGiven(maxResponseBytes) && !(maxResponseBytes > 0)) {
    throw invalid('maxResponseBytes', 'a positive number of bytes', maxResponseBytes)
  }
}

function checkTime(options: RequestOptions, name: 'timeout' | 'idleTimeout' | 'totalTimeout'): void {
  const value = options[name]
  if (isGiven(value) && !(typeof value === 'number' && value > 0)) {
    throw invalid(name, 'a positive number of milliseconds, or Infinity', value)
  }
}

function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null
}

function invalid(name: string, expected: string, value: unknown, hint = ''): InvalidRequestError {
  return new InvalidRequestError(`${name} must be ${expected} (received ${String(value)}).${hint && ` ${hint}`}`)
}

/** Represents that no time is left: `totalTimeout` must be above 0. */
export const NO_TIME = Number.MIN_VALUE

/**
 * Spreads one total timeout over several calls: the returned function returns the options with the remaining time. When none
 * remains, a call with these options fails with `TimeoutError` before it sends a request.
 * @param fallback the total timeout of the client, in milliseconds
 */
export function remainingTime(given: RequestOptions | null | undefined, fallback: number): () => RequestOptions {
  const options = knownKeys(given, REQUEST_OPTIONS, 'option', InvalidRequestError)
  checkRequestOptions(options)
  const deadlineAt = performance.now() + (options.totalTimeout ?? fallback)
  return () => ({ ...options, totalTimeout: Math.max(deadlineAt - performance.now(), NO_TIME) })
}

/** The options of a client, checked and completed from the environment. Times are milliseconds. */
export interface ClientSettings {
  readonly baseUrl: string
  readonly organizationId: string | undefined
  readonly authorization: () => Authorization | Promise<Authorization>
  readonly timeout: number
  readonly idleTimeout: number
  readonly totalTimeout: number
  readonly maxRetries: number
  readonly retry: RetryMode
  readonly maxResponseBytes: number
  /** The headers of every call: the client's own and the extra ones. */
  readonly headers: HeaderRecord
  /** The caller's; undefined for the runtime's, which is looked up for each call: tests and frameworks replace it. */
  readonly fetch: Fetch | undefined
  /** The longest time that `fetch` itself waits for a response, in milliseconds. */
  readonly longestTimeout: number
  readonly onEvent: ((event: AbejaEvent) => unknown) | undefined
  readonly allowInsecureHttp: boolean
}

/** The request of a call. */
export interface CallRequest {
  readonly operationId: OperationId | undefined
  readonly method: string
  readonly url: string
  /** Without Authorization. */
  readonly headers: HeaderRecord
  readonly body: RequestBody | undefined
  /** Whether the credential is sent: to the API always, to a presigned URL never. */
  readonly authorized: boolean
  /** That of the body, or `manual`; `follow` is for presigned URLs, which carry nothing of ours. */
  readonly redirect: RequestBody['redirect'] | 'follow'
  /** Whether it may be sent again although the server may have processed it. */
  readonly idempotent: boolean
}

/** One call, as the transport needs it. Times are milliseconds. */
export interface Call extends CallRequest {
  /** Unique among all calls. */
  readonly id: number
  readonly maxRetries: number
  /** Of one attempt; undefined for calls that move a file, which have an idle timeout. */
  readonly timeout: number | undefined
  readonly idleTimeout: number | undefined
  /** A time of `performance.now()`. */
  readonly deadlineAt: number
  readonly signal: AbortSignal | undefined
  readonly hooks: CallHooks | undefined
}

/** The number of calls made so far, by all clients. */
let calls = 0

/**
 * Makes a call of a request and its options. Written out field by field, because spreading objects is slow.
 * @param movesFile whether it transfers a file: then `idleTimeout` applies instead of `timeout`
 */
export function makeCall(
  request: CallRequest,
  options: RequestOptions,
  settings: ClientSettings,
  movesFile: boolean,
): Call {
  checkRequestOptions(options)
  checkLongestTimeout(options, settings.longestTimeout)
  const retry = options.retry ?? settings.retry
  calls += 1
  return {
    id: calls,
    operationId: request.operationId,
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: request.body,
    authorized: request.authorized,
    redirect: request.redirect,
    idempotent: request.idempotent || retry === 'always',
    maxRetries: retry === 'never' ? 0 : (options.maxRetries ?? settings.maxRetries),
    timeout: movesFile ? undefined : (options.timeout ?? settings.timeout),
    idleTimeout: movesFile ? (options.idleTimeout ?? settings.idleTimeout) : undefined,
    deadlineAt: performance.now() + (options.totalTimeout ?? settings.totalTimeout),
    // `null`, as fetch takes it.
    signal: options.signal ?? undefined,
    hooks: options.hooks,
  }
}

/** Throws for a timeout that is longer than the one of `fetch` itself, which would elapse first. */
export function checkLongestTimeout({ timeout, idleTimeout }: RequestOptions, longest: number): void {
  for (const [name, value] of Object.entries({ timeout, idleTimeout })) {
    if (value === undefined || value <= longest || value === Number.POSITIVE_INFINITY) continue
    throw new InvalidRequestError(
      `${name} must not exceed ${longest} ms (received ${value}): the built-in fetch of Node.js gives up then. Pass httpFetch() of abeja-platform-client/node as the option fetch.`,
    )
  }
}

/** Returns the name of the call, for messages. */
export function callName(call: Call): string {
  return call.operationId ?? call.method
}
