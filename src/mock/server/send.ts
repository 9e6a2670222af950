import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Fault } from '../api/preferences.ts'
import { reset, sendSlowly, sendTruncated } from './faults.ts'

/** An answer as it goes out. */
export interface Outgoing {
  readonly status: number
  readonly headers: OutgoingHttpHeaders
  readonly body: Readable | Buffer
  readonly length: number
}

/** Sends an answer, to a HEAD request without its body, and with a fault if one was asked for. */
export async function send(
  response: ServerResponse,
  { status, headers, body, length }: Outgoing,
  { fault, isHead = false }: { fault?: Fault | undefined; isHead?: boolean } = {},
): Promise<void> {
  if (fault === 'reset') {
    discard({ body })
    return reset(response)
  }
  response.writeHead(status, { ...headers, ...(mayHaveLength(status) && { 'content-length': length }) })
  if (isHead || !mayHaveLength(status)) {
    discard({ body })
    response.end()
    return
  }
  if (fault === 'truncate') return sendTruncated(response, streamOf(body), length)
  if (fault === 'slow') return sendSlowly(response, streamOf(body), length)
  if (body instanceof Readable) await pipeline(body, response)
  else response.end(body)
}

/** Lets go of an answer that nobody gets: its body may be an open file. */
export function discard({ body }: Pick<Outgoing, 'body'>): void {
  if (body instanceof Readable) body.destroy()
}

function mayHaveLength(status: number): boolean {
  return status !== 204 && status !== 304
}

function streamOf(body: Readable | Buffer): Readable {
  return body instanceof Readable ? body : Readable.from([body])
}
