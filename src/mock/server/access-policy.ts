import { isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { HttpError } from '../api/http-error.ts'
import { violation } from '../api/violation.ts'
import type { MockOptions } from '../options.ts'
import type { MockRequest } from './message.ts'

type PolicyOptions = Pick<MockOptions, 'host' | 'publicUrl' | 'allowHost' | 'allowOrigin'>

/**
 * Which requests from a network are served. The name in `Host` protects against DNS rebinding: a web page whose name
 * leads to this machine is of the same origin as the server. `Origin` keeps out every other web page that happens to be
 * open in a browser.
 */
export class AccessPolicy {
  readonly #hosts: ReadonlySet<string>
  readonly #origins: ReadonlySet<string>
  readonly #isOnAllAddresses: boolean

  constructor({ host = '127.0.0.1', publicUrl, allowHost = [], allowOrigin = [] }: PolicyOptions) {
    this.#isOnAllAddresses = host === '0.0.0.0' || host === '::'
    const own = publicUrl === undefined ? [] : [new URL(publicUrl)]
    this.#hosts = new Set([host, ...own.map(({ hostname }) => hostname), ...allowHost].map(allowedHost))
    this.#origins = new Set([...allowOrigin.map(allowedOrigin), ...own.map(({ origin }) => origin)])
  }

  /** Throws an HTTP error for a request that is not served. */
  check({ url, headers: { host, origin } }: Pick<MockRequest, 'headers' | 'url'>): void {
    // The request line may hold a whole URL, whose host then counts.
    const [, inTarget] = /^https?:\/\/([^/?#]*)/i.exec(url) ?? []
    for (const name of [host, inTarget]) {
      if (name === undefined || this.#allowsHost(hostOf(name))) continue
      throw forbidden('host', `is not allowed: ${name}. Set --allow-host to allow it`)
    }
    if (!this.allowsOrigin(origin, host)) {
      throw forbidden('origin', `is not allowed: ${origin}. Set --allow-origin to allow it`)
    }
  }

  allowsOrigin(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined || this.#origins.has('*') || this.#origins.has(origin)) return true
    if (host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)) return true
    return isLoopback(hostnameOf(origin))
  }

  #allowsHost(hostname: string): boolean {
    if (hostname === '') return false
    if (isLoopback(hostname) || this.#hosts.has(hostname)) return true
    return this.#isOnAllAddresses && isOwnAddress(hostname)
  }
}

function forbidden(header: string, reason: string): HttpError {
  return new HttpError(403, `${header} ${reason}`, { violations: [violation(['header', header], reason, 403)] })
}

function isLoopback(hostname: string): boolean {
  // An IPv4 address in an IPv6 one: `::ffff:127.0.0.1` is written `::ffff:7f00:1`.
  if (hostname === '::1' || /^::ffff:7f[\da-f]{2}:/.test(hostname)) return true
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

function isOwnAddress(hostname: string): boolean {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return all.some(({ address }) => address.toLowerCase() === hostname)
}

/** The name or address in a `Host` header, or nothing that is allowed if it holds anything but that and a port. */
function hostOf(host: string): string {
  return /[\s/\\?#@]/.test(host) ? '' : hostnameOf(`http://${host}`)
}

/** The name or address of a URL, or nothing that is allowed if it is not one: `null` for example. */
function hostnameOf(url: string): string {
  return URL.canParse(url) ? bareHost(new URL(url).hostname) : ''
}

/** A name or address that is allowed, with or without a port. */
function allowedHost(host: string): string {
  const allowed = hostOf(isIPv6(host) ? `[${host.replace(/%.*/, '')}]` : host)
  if (allowed === '') throw new RangeError(`allowHost must be a host name or an address (received "${host}")`)
  return allowed
}

/** An origin as browsers send it: `https://dev.example` for `https://DEV.example/`. */
function allowedOrigin(allowed: string): string {
  if (allowed === '*' || allowed === 'null') return allowed
  if (!URL.canParse(allowed)) {
    throw new RangeError(`allowOrigin must be an origin such as https://dev.example, or "*" (received "${allowed}")`)
  }
  const { origin } = new URL(allowed)
  // Of a scheme such as `chrome-extension`.
  return origin === 'null' ? allowed : origin
}

/** A name without the dot that may end it, or an address without brackets. */
function bareHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/(.)\.$/, '$1')
}
