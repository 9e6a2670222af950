import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/**
 * Where the client sees this server: signed URLs have to work from there. A forwarded port keeps the `Host`, and a
 * proxy says in `X-Forwarded-Proto` and `X-Forwarded-Host` what it was asked for. A proxy that adds a prefix to the
 * path does not say so: for that there is `publicUrl`.
 */
export function publicUrlOf({ headers, socket }: IncomingMessage): string {
  const host = [first(headers, 'x-forwarded-host'), headers.host].find((name) => /^[\w.:[\]-]+$/.test(name ?? ''))
  const scheme = first(headers, 'x-forwarded-proto')?.toLowerCase() === 'https' ? 'https' : 'http'
  return `${scheme}://${host ?? `localhost:${socket.localPort}`}`
}

/** A slash at its end would be one too many. */
export function withoutEndSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

/** Of several proxies, what the first was asked for. */
function first(headers: IncomingHttpHeaders, name: string): string | undefined {
  return String(headers[name] ?? '')
    .split(',')[0]
    ?.trim()
}
