import type { AbejaEvent } from './events.ts'

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
