import type { Authorization } from './authorization.ts'
import type { AbejaEvent } from './events.ts'
import type { HeaderRecord } from './headers.ts'
import type { Fetch, RetryMode } from './request-options.ts'

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
