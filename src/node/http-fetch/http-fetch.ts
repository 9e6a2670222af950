import { InvalidRequestError } from '../../index.ts'
import { knownKeys } from '../../validation/known-keys.ts'
import { CONNECTION_OPTIONS, type ConnectionOptions, Connections } from './connections.ts'
import { exchange } from './exchange.ts'
import { fetchFailed } from './fetch-failed.ts'
import { HttpResponse } from './http-response.ts'
import { type HttpFetchInit, outgoingRequest, redirectedRequest } from './outgoing-request.ts'

/** The options of `httpFetch`. */
export interface HttpFetchOptions extends ConnectionOptions {}

/** A `fetch` on `node:http`. */
export interface HttpFetch {
  (input: string | URL | Request, init?: HttpFetchInit): Promise<Response>
  /** Whether `onBodySent` of an init is called. */
  readonly reportsBodySent: true
  /** Closes all connections, including those in use. */
  close(): void
}

const MOST_REDIRECTS = 20
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Makes a `fetch` on `node:http` and `node:https`, for the option `fetch` of the client. It takes less time and memory than
 * the runtime's, uses the proxies of `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, and accepts certificates and agents. It has
 * no timeouts of its own: those of the client hold.
 *
 * Read the body of every response or cancel it: until then its connection stays in use.
 *
 * @throws InvalidRequestError when `proxy` is not an `http:` or `https:` URL
 * @example
 * const fetch = httpFetch({ ca: await readFile('company-ca.pem') })
 * const abeja = new AbejaClient({ fetch })
 */
export function httpFetch(options: HttpFetchOptions = {}): HttpFetch {
  const connections = new Connections(knownKeys(options, CONNECTION_OPTIONS, 'option', InvalidRequestError))
  const fetch = async (input: string | URL | Request, init: HttpFetchInit = {}): Promise<Response> => {
    let request = outgoingRequest(input, init)
    for (let redirects = 0; ; redirects++) {
      const response = await exchange(request, connections.routeTo(request.url))
      const status = response.statusCode ?? 0
      const { location } = response.headers
      if (request.redirect === 'manual' || location === undefined || !REDIRECTS.has(status)) {
        return new HttpResponse(response, request, redirects > 0)
      }
      response.destroy()
      if (request.redirect === 'error') throw fetchFailed(new Error('unexpected redirect'))
      if (redirects === MOST_REDIRECTS) throw fetchFailed(new Error('redirect count exceeded'))
      request = redirectedRequest(request, status, location)
    }
  }
  return Object.assign(fetch, { reportsBodySent: true as const, close: () => connections.close() })
}
