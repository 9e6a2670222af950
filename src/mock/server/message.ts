import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'

/** A request as it arrived, whatever transport brought it. Iterating over it reads its body, once. */
export interface MockRequest extends AsyncIterable<Uint8Array> {
  readonly method: string
  /** The path and query as they were sent, or an absolute URL. */
  readonly url: string
  /** By lower-case name. */
  readonly headers: IncomingHttpHeaders
  readonly scheme: 'http' | 'https'
  /** The host and port that the request reached, where no header names them. */
  readonly authority: string
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal
  /** Whether the body has arrived as a whole. */
  readonly complete: boolean
}

/** A response before it is sent. */
export interface MockResponse {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: Readable | Buffer
  /** In bytes. Absent for a body without a known end, such as an event stream. */
  readonly length?: number
}

/** Thrown in place of a response, or by its body: the transport cuts the connection. */
export class ConnectionReset extends Error {
  readonly code = 'ECONNRESET'

  constructor() {
    super('The connection was reset')
  }
}

export function textResponse(text: string, headers: OutgoingHttpHeaders, status = 200): MockResponse {
  const body = Buffer.from(text)
  return { status, headers, body, length: body.length }
}

/** A response without a body. */
export function emptyResponse(status: number, headers: OutgoingHttpHeaders = {}): MockResponse {
  return { status, headers, body: Buffer.alloc(0), length: 0 }
}

export function jsonResponse(value: unknown, status = 200, headers: OutgoingHttpHeaders = {}): MockResponse {
  return textResponse(JSON.stringify(value), { 'content-type': 'application/json', ...headers }, status)
}

/** Whether a response with this status can have a body. */
export function mayHaveBody(status: number): boolean {
  return status !== 204 && status !== 304
}

/** Releases a response that is not sent: its body may be an open file. */
export function discard({ body }: Pick<MockResponse, 'body'>): void {
  if (body instanceof Readable) body.destroy()
}
