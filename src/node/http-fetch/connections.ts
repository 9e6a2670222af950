import { type ClientRequest, Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import { getProxyForUrl } from 'proxy-from-env'
import { InvalidRequestError } from '../../index.ts'
import type { KeysOf } from '../../validation/known-keys.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import { addressOf, proxyAuthorization, TunnelAgent } from './proxy-tunnel.ts'

/** How `httpFetch` connects. */
export interface ConnectionOptions {
  /**
   * The most connections to one origin at a time; more requests wait.
   * @default Infinity
   */
  readonly maxSockets?: number | undefined
  /**
   * How long an idle connection is kept for the next request, in milliseconds. A shorter time that the server announces holds.
   * @default 4_000
   */
  readonly keepAliveTimeout?: number | undefined
  /**
   * The URL of a proxy for all requests; null connects directly.
   * @default HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, except for loopback addresses and the hosts of NO_PROXY
   */
  readonly proxy?: string | null | undefined
  /** Certificates of authorities to trust in place of the well-known ones, as `tls.connect` takes them. */
  readonly ca?: SecureContextOptions['ca']
  /** The certificate of the client, with its `key` and their `passphrase`. */
  readonly cert?: SecureContextOptions['cert']
  readonly key?: SecureContextOptions['key']
  readonly pfx?: SecureContextOptions['pfx']
  readonly passphrase?: string | undefined
  /** Returns the agent for a URL, in place of all other options: for proxies and connections of any other kind. */
  readonly agent?: ((url: URL) => HttpAgent) | undefined
}

export const CONNECTION_OPTIONS: KeysOf<ConnectionOptions> = {
  agent: true,
  ca: true,
  cert: true,
  keepAliveTimeout: true,
  key: true,
  maxSockets: true,
  passphrase: true,
  pfx: true,
  proxy: true,
}

/** The way to an origin. */
export interface Route {
  open(request: OutgoingRequest): ClientRequest
}

/** Keeps the connections of one `httpFetch`. */
export class Connections {
  readonly #options: ConnectionOptions
  readonly #routes = new Map<string, Route>()
  readonly #agents = new Map<string, HttpAgent>()

  constructor(options: ConnectionOptions) {
    if (typeof options.proxy === 'string') requireProxy(options.proxy, 'proxy')
    this.#options = options
  }

  routeTo(url: URL): Route {
    const { agent } = this.#options
    if (agent) return directRoute(url, agent(url))
    const { origin } = url
    const known = this.#routes.get(origin)
    if (known) return known
    const route = this.#makeRoute(url)
    this.#routes.set(origin, route)
    return route
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy()
    this.#agents.clear()
    this.#routes.clear()
  }

  #makeRoute(url: URL): Route {
    const { proxy = environmentProxy(url) } = this.#options
    const isSecure = url.protocol === 'https:'
    if (!proxy) return directRoute(url, this.#agent(url.protocol, isSecure ? HttpsAgent : HttpAgent))
    const proxyUrl = requireProxy(proxy, 'The proxy of the environment')
    if (isSecure) return directRoute(url, this.#tunnel(proxyUrl))
    const agent = this.#agent(proxyUrl.protocol, proxyUrl.protocol === 'https:' ? HttpsAgent : HttpAgent)
    return proxyRoute(proxyUrl, agent)
  }

  #agent(key: string, Agent: typeof HttpAgent | typeof HttpsAgent): HttpAgent {
    return this.#kept(key, (options) => new Agent(options))
  }

  #tunnel(proxy: URL): HttpAgent {
    return this.#kept(proxy.href, (options) => new TunnelAgent(proxy, options))
  }

  #kept(key: string, make: (options: object) => HttpAgent): HttpAgent {
    const known = this.#agents.get(key)
    if (known) return known
    const {
      maxSockets = Number.POSITIVE_INFINITY,
      keepAliveTimeout = 4_000,
      ca,
      cert,
      key: privateKey,
      pfx,
      passphrase,
    } = this.#options
    const tls = { ca, cert, key: privateKey, pfx, passphrase }
    const agent = make({ keepAlive: true, maxSockets, timeout: keepAliveTimeout, ...tls })
    this.#agents.set(key, agent)
    return agent
  }
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** The proxy that the environment names for a URL; empty for none. Nobody's proxy leads to this machine. */
function environmentProxy(url: URL): string {
  return LOOPBACK.test(url.hostname) ? '' : getProxyForUrl(url.href)
}

function directRoute(origin: URL, agent: HttpAgent): Route {
  const send = origin.protocol === 'https:' ? httpsRequest : httpRequest
  const { host } = origin
  const address = addressOf(origin)
  return {
    open: ({ url, method, headers }) =>
      send({
        ...{ agent, ...address, method },
        path: url.pathname + url.search,
        headers: ['host', host, ...headers],
      }),
  }
}

/** Plain HTTP goes to the proxy as it is, with the whole URL. */
function proxyRoute(proxy: URL, agent: HttpAgent): Route {
  const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest
  const address = addressOf(proxy)
  const own = proxyAuthorization(proxy)
  return {
    open: ({ url, method, headers }) =>
      send({
        ...{ agent, ...address, method },
        path: `${url.origin}${url.pathname}${url.search}`,
        headers: ['host', url.host, ...own, ...headers],
      }),
  }
}

function requireProxy(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  // Without the text: it can hold a password.
  throw new InvalidRequestError(`${what} must be an http: or https: URL, such as http://proxy.example.com:8080.`)
}
