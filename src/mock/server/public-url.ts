import type { IncomingHttpHeaders } from 'node:http'
import type { MockRequest } from './message.ts'

/**
 * Where the client sees this server: signed URLs have to work from there. A forwarded port keeps the `Host`, and a
 * proxy sends the original scheme and host in `X-Forwarded-Proto` and `X-Forwarded-Host`. A prefix that a proxy adds to
 * the path is in no header: the option `publicUrl` states it.
 */
export function publicUrlOf({ headers, scheme, authority }: MockRequest): string {
  const host = [first(headers, 'x-forwarded-host'), headers.host].find((name) => /^[\w.:[\]-]+$/.test(name ?? ''))
  const forwarded = first(headers, 'x-forwarded-proto')?.toLowerCase()
  const proto = forwarded === 'https' || forwarded === 'http' ? forwarded : scheme
  return `${proto}://${host ?? authority}`
}

/** A URL or path without slashes at its end. A regular expression takes quadratic time for slashes that are not at the end. */
export function withoutEndSlash(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end -= 1
  return path.slice(0, end)
}

/** Of several proxies, what the first was asked for. */
function first(headers: IncomingHttpHeaders, name: string): string | undefined {
  return String(headers[name] ?? '')
    .split(',')[0]
    ?.trim()
}
