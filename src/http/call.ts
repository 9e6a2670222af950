import type { OperationId } from '../../generated/operations.ts'
import type { HeaderRecord } from './headers.ts'
import type { RequestBody } from './request-body.ts'

/** What a call sends. */
export interface CallRequest {
  readonly operationId: OperationId | undefined
  readonly method: string
  readonly url: string
  /** Without Authorization. */
  readonly headers: HeaderRecord
  readonly body: RequestBody | undefined
  /** Whether the credential goes with it: to the API yes, to a presigned URL never. */
  readonly authorized: boolean
  /** That of the body, or `manual`; `follow` is for presigned URLs, which carry nothing of ours. */
  readonly redirect: RequestBody['redirect'] | 'follow'
}

/** Everything the transport needs to know of one call. Times are milliseconds. */
export interface Call extends CallRequest {
  /** No other call has it. */
  readonly id: number
  /** Whether it may be sent again although the server may have processed it. */
  readonly idempotent: boolean
  readonly maxRetries: number
  /** Of one attempt; undefined where the idle time is used instead. */
  readonly timeout: number | undefined
  readonly idleTimeout: number | undefined
  /** A time of `performance.now()`. */
  readonly deadlineAt: number
  readonly signal: AbortSignal | undefined
}

/** The call in one word, for messages. */
export function callName(call: Call): string {
  return call.operationId ?? call.method
}
