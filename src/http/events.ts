import type { OperationId } from '../../generated/operations.ts'
import type { AbejaError } from '../errors/errors.ts'

/** What every event holds. The URL holds no secret. */
export interface EventContext {
  /** The same in all events of one call, and in those of no other call: use it to make a span of them. */
  readonly callId: number
  /** The operation; undefined for a call of `abeja.api` that is not in the description. */
  readonly operationId: OperationId | undefined
  readonly method: string
  readonly url: string
  /** 1 for the first attempt. */
  readonly attempt: number
}

/** An attempt starts. */
export interface RequestEvent extends EventContext {
  readonly type: 'request'
}

/** A complete response arrived, of whatever status; for a download, its headers. */
export interface ResponseEvent extends EventContext {
  readonly type: 'response'
  readonly status: number
  readonly requestId: string | undefined
  /** The header `Date`: the time of the response by the clock of the server. */
  readonly date: string | undefined
  /** Of this attempt, in milliseconds. */
  readonly durationMs: number
  /** Of the request body. */
  readonly bytesSent: number
  /** Of the response body, as far as it was read. */
  readonly bytesReceived: number
}

/** An attempt failed and the call is sent again after a pause. */
export interface RetryEvent extends EventContext {
  readonly type: 'retry'
  /** The failure in a few words. */
  readonly reason: string
  readonly delayMs: number
  readonly error: AbejaError
}

/** The call failed. */
export interface FailureEvent extends EventContext {
  readonly type: 'failure'
  /** Of the whole call with its pauses, in milliseconds. */
  readonly durationMs: number
  readonly error: AbejaError
}

export type AbejaEvent = RequestEvent | ResponseEvent | RetryEvent | FailureEvent

/** An event without what is the same for all events of a call. */
export type CallEvent<E extends AbejaEvent = AbejaEvent> = E extends AbejaEvent
  ? Omit<E, 'callId' | 'operationId' | 'method' | 'url'>
  : never

/** Describes an event in one line. Like the event, it holds no secret. */
export function debugLine(event: AbejaEvent): string {
  return `abeja #${event.callId} ${event.operationId ?? 'download'} ${detailOf(event)}`
}

function detailOf(event: AbejaEvent): string {
  switch (event.type) {
    case 'request':
      return `${event.method} ${event.url} (attempt ${event.attempt})`
    case 'response': {
      const id = event.requestId === undefined ? '' : `, request ${event.requestId}`
      return `${event.status} after ${Math.round(event.durationMs)} ms${id}`
    }
    case 'retry':
      return `retries in ${Math.round(event.delayMs)} ms: ${event.reason}`
    case 'failure':
      return `failed after ${Math.round(event.durationMs)} ms: ${event.error.message}`
  }
}
