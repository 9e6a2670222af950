import type { AbejaEvent } from './events.ts'
import { OperationClient } from './operation-client.ts'

/** What sets the pace of many calls together: it sees how each fares, and says when a failed one may go again. */
export interface Pacing {
  /** Told of every event, before the client's own `onEvent`. */
  readonly onEvent: (event: AbejaEvent) => void
  /**
   * Waits before a failed call is made again, in place of a plain timer.
   * @param ms how long the server asked to wait, or the backoff, in milliseconds
   */
  readonly pause: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

/** The same client, with another pace. */
export function pacedClient(client: OperationClient, { onEvent, pause }: Pacing): OperationClient {
  const { configuration } = client
  return new OperationClient({
    ...configuration,
    pause,
    onEvent: (event) => {
      onEvent(event)
      return configuration.onEvent?.(event)
    },
  })
}
