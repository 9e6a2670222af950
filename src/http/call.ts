import type { OperationId } from '../../generated/operations.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'
import type { ClientSettings } from './client-settings.ts'
import type { CallEvent } from './events.ts'
import type { HeaderRecord } from './headers.ts'
import type { RequestBody } from './request-body.ts'
import { checkRequestOptions, type Fetch, type RequestOptions } from './request-options.ts'

/** How a transfer of many files follows its calls, paces them and sends them. */
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

/** What a call sends. */
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

/** Everything the transport needs to know of one call. Times are milliseconds. */
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
 * Makes a call of a request and its options. Written out field by field: spreading objects costs more than everything
 * else here.
 * @param movesFile such a call may take its time, but must not stall
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

/** Throws for a timeout that `fetch` itself would cut short: without an error, a longer one seems to hold. */
export function checkLongestTimeout({ timeout, idleTimeout }: RequestOptions, longest: number): void {
  for (const [name, value] of Object.entries({ timeout, idleTimeout })) {
    if (value === undefined || value <= longest || value === Number.POSITIVE_INFINITY) continue
    throw new InvalidRequestError(
      `${name} must not exceed ${longest} ms (received ${value}): the built-in fetch of Node.js gives up then. Pass httpFetch() of abeja-platform-client/node as the option fetch.`,
    )
  }
}

/** Returns the call in one word, for messages. */
export function callName(call: Call): string {
  return call.operationId ?? call.method
}
