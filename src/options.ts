import type { ClientCredential, CredentialProvider } from './http/authorization.ts'
import type { AbejaEvent } from './http/events.ts'
import type { ExtraHeaders } from './http/headers.ts'

/**
 * When a failed call is sent again. `auto`: whenever that is safe, which is always for an idempotent operation and
 * otherwise only when the server certainly has not processed the request. `always`: also when it may have processed it.
 */
export type RetryMode = 'auto' | 'always' | 'never'

/** The part of `fetch` that the client uses: an absolute URL and an init. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** What can be chosen for a client and for each call. All times are milliseconds; `Infinity` switches one off. */
export interface CallSettings {
  /**
   * The time of one attempt, to the end of its answer. Uploads and downloads use `idleTimeout` instead.
   * @default 30_000, or ABEJA_SDK_CONNECTION_TIMEOUT (seconds)
   */
  timeout?: number | undefined
  /**
   * The time an upload or a download may stand still without a byte moved.
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
   * How often a failed call is made again. 0 is never. The pauses are random, up to 0.5 s, 1 s, 2 s … 8 s, or as long as
   * the server asks with `Retry-After`: without a `totalTimeout` up to a minute, with one as long as it allows. A server that
   * asks for more fails the call at once, and the error tells `retryAfterMs`.
   * @default 5, or ABEJA_SDK_MAX_RETRY_COUNT
   */
  maxRetries?: number | undefined
  /**
   * When a failed call is sent again. `always` on a call that creates something can create it twice.
   * @default 'auto', by what the description states for the operation as `x-idempotent`
   */
  retry?: RetryMode | undefined
  /** Extra headers. Those of a call stand over those of the client; `null` takes one away. */
  headers?: ExtraHeaders | undefined
}

/** The last argument of every method. */
export interface RequestOptions extends CallSettings {
  /** Ends the call, or the whole iteration of a list, at any moment. */
  signal?: AbortSignal | undefined
  /** The organization of this call in place of the client's. */
  organizationId?: string | undefined
}

/** The options of `new AbejaClient(…)`. */
export interface ClientOptions extends CallSettings {
  /** @default ABEJA_ORGANIZATION_ID */
  organizationId?: string | undefined
  /**
   * A credential, `null` to send none, or a function that returns one and is called before each attempt.
   * @default the first complete one of PLATFORM_AUTH_TOKEN; ABEJA_PLATFORM_USER_ID and
   * ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN; ABEJA_PLATFORM_DATASOURCE_ID and ABEJA_PLATFORM_DATASOURCE_SECRET
   */
  credential?: ClientCredential | CredentialProvider | null | undefined
  /**
   * Where the API is; a path is kept as a prefix.
   * @default ABEJA_API_URL, or https://api.abeja.io
   */
  baseUrl?: string | undefined
  /** Another `fetch`: behind a proxy, in a test, or a runtime's own. */
  fetch?: Fetch | undefined
  /** Told of every request, answer, retry and failure. It sees no secret, and what fails in it changes nothing. */
  onEvent?: ((event: AbejaEvent) => void) | undefined
  /**
   * Whether a credential may be sent over plain `http:` to another machine.
   * @default false
   */
  allowInsecureHttp?: boolean | undefined
}
