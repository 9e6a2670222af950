import { request as httpRequest, type RequestOptions } from 'node:http'
import { type AgentOptions, Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'

/** Connects to https: origins through a proxy, by the method CONNECT. */
export class TunnelAgent extends HttpsAgent {
  readonly #proxy: URL

  constructor(proxy: URL, options: AgentOptions) {
    super(options)
    this.#proxy = proxy
  }

  override createConnection(
    options: ConnectionOptions,
    callback: (error: Error | null, socket?: Duplex) => void,
  ): undefined {
    const { host = '', port = 443 } = options
    const target = `${host.includes(':') ? `[${host}]` : host}:${port}`
    const send = this.#proxy.protocol === 'https:' ? httpsRequest : httpRequest
    const connect: RequestOptions = {
      ...{ ...this.options, ...addressOf(this.#proxy), protocol: this.#proxy.protocol },
      ...{ agent: false, method: 'CONNECT', path: target },
      headers: ['host', target, ...proxyAuthorization(this.#proxy)],
    }
    send(connect)
      .on('error', callback)
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) {
          callback(null, connectTls({ ...options, socket }))
          return
        }
        socket.destroy()
        callback(rejectedBy(this.#proxy, statusCode))
      })
      .end()
  }
}

/** Of a connection. An IPv6 address stands without its brackets. */
export function addressOf({ hostname, port, protocol }: URL): { readonly host: string; readonly port: number } {
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return { host, port: Number(port) || (protocol === 'https:' ? 443 : 80) }
}

/** The header that names the user of the proxy URL. */
export function proxyAuthorization({ username, password }: URL): string[] {
  if (username === '') return []
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return ['proxy-authorization', `Basic ${Buffer.from(user).toString('base64')}`]
}

/** Nothing was sent to the origin yet: the error says so as that of the system does. */
function rejectedBy({ host }: URL, status: number | undefined): Error {
  const message = `The proxy ${host} responded ${status} to CONNECT`
  return Object.assign(new Error(message), { code: 'ERR_PROXY_CONNECT', syscall: 'connect' })
}
