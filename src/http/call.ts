import type { OperationId } from '../../generated/operations.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'
import type { Authorization } from './authorization.ts'
import type { AbejaEvent } from './events.ts'
import type { HeaderRecord } from './headers.ts'
import type { RequestBody } from './request-body.ts'
import {
  type CallHooks,
  checkRequestOptions,
  type Fetch,
  type RequestOptions,
  type RetryMode,
} from './request-options.ts'

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
