import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'

/** What a browser may read of an answer beside the few headers that it may read anyway. */
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

/** Every page may call. `*` would not cover `Authorization`, so what is asked for is named. */
export function corsHeaders(): OutgoingHttpHeaders {
  return { 'access-control-allow-origin': '*', 'access-control-expose-headers': exposed }
}

export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

export function preflightHeaders({ headers }: IncomingMessage): OutgoingHttpHeaders {
  return {
    ...corsHeaders(),
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    // A page on the public network may call a server on this machine.
    'access-control-allow-private-network': 'true',
    'access-control-max-age': '600',
    vary: 'Access-Control-Request-Headers',
  }
}
