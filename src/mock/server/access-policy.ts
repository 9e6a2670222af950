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
    this.#hosts = new Set([host, ...allowHost, ...own.map(({ hostname }) => hostname)].map(bareHost))
    this.#origins = new Set([...allowOrigin, ...own.map(({ origin }) => origin)])
  }

  /** Throws an HTTP error for a request that is not served. */
  check({ headers: { host, origin } }: Pick<MockRequest, 'headers'>): void {
    if (host !== undefined && !this.#allowsHost(hostnameOf(`http://${host}`))) {
      throw forbidden('host', `is not allowed: ${host}. Set --allow-host to allow it`)
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
    if (isLoopback(hostname) || this.#hosts.has(hostname)) return true
    return this.#isOnAllAddresses && isOwnAddress(hostname)
  }
}

function forbidden(header: string, reason: string): HttpError {
  return new HttpError(403, `${header} ${reason}`, { violations: [violation(['header', header], reason, 403)] })
}

function isLoopback(hostname: string): boolean {
  return hostname === '::1' || /^(?:.+\.)?localhost\.?$/.test(hostname) || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

function isOwnAddress(hostname: string): boolean {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return all.some(({ address }) => address.toLowerCase() === hostname)
}

/** The name or address of a URL, or nothing that is allowed if it is not one: `null` for example. */
function hostnameOf(url: string): string {
  return URL.canParse(url) ? bareHost(new URL(url).hostname) : ''
}

function bareHost(host: string): string {
  return host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
}
