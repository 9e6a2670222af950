import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { MockRequest } from './message.ts'

/** The response headers that a browser may read beside the ones that are always readable. */
const exposed = [
  'Accept-Ranges',
  'Allow',
  'Content-Disposition',
  'Content-Length',
  'Content-Range',
  'Date',
  'ETag',
  'Last-Modified',
  'Retry-After',
  'WWW-Authenticate',
  'sl-violations',
  'x-request-id',
].join(', ')

/** For a page that may call, also with `credentials: 'include'`: for that a browser wants the page named, and not `*`. */
export function corsHeaders({ origin }: Pick<IncomingHttpHeaders, 'origin'>): OutgoingHttpHeaders {
  return {
    'access-control-allow-origin': origin ?? '*',
    ...(origin !== undefined && { 'access-control-allow-credentials': 'true' }),
    'access-control-expose-headers': exposed,
    vary: 'Origin',
  }
}

export function isPreflight({ method, headers }: MockRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

export function preflightHeaders({ headers }: MockRequest): OutgoingHttpHeaders {
  return {
    ...corsHeaders(headers),
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    // `*` would not cover `Authorization`.
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    // A page on the public network may call a server on this machine.
    'access-control-allow-private-network': 'true',
    'access-control-max-age': '600',
    vary: 'Origin, Access-Control-Request-Headers',
  }
}
