import type { ClientRequest, IncomingMessage } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import type { Route } from './connections.ts'
import { fetchFailed } from './fetch-failed.ts'
import type { ChunkReader } from './outgoing-body.ts'
import type { OutgoingRequest } from './outgoing-request.ts'

/** After so many chunks of a body the event loop has its turn. */
const CHUNKS_A_TURN = 16

/**
 * Sends a request, and returns the head of its response as soon as it is there, also before the body was sent. A signal
 * ends the exchange until the body of the response has been read.
 */
export function exchange(request: OutgoingRequest, route: Route): Promise<IncomingMessage> {
  const { signal, body, onBodySent } = request
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abandon(request, signal.reason))
    let message: ClientRequest
    try {
      message = route.open(request)
    } catch (error) {
      return reject(abandon(request, fetchFailed(error)))
    }
    let response: IncomingMessage | undefined
    const abort = () => (response ?? message).destroy(new Error('aborted'))
    signal?.addEventListener('abort', abort)
    message.on('close', () => signal?.removeEventListener('abort', abort))
    // Heard until the end: after the response it means nothing more, and unheard it would end the process.
    message.on('error', (error) => reject(signal?.aborted ? signal.reason : fetchFailed(error)))
    message.on('response', (received) => {
      response = received
      resolve(received)
    })
    if (!body) message.end()
    else if (body.content instanceof Uint8Array) message.end(body.content, () => onBodySent?.(body.length ?? 0))
    else void send(body.content, body.length, message, onBodySent)
  })
}

function abandon<Reason>({ body }: OutgoingRequest, reason: Reason): Reason {
  if (body && !(body.content instanceof Uint8Array)) void body.content.cancel(reason).catch(() => {})
  return reason
}

/** Sends chunk after chunk, as fast as the socket takes them. A body of another length than was stated is not sent to its end. */
async function send(
  reader: ChunkReader,
  length: number | undefined,
  message: ClientRequest,
  onBodySent: OutgoingRequest['onBodySent'],
): Promise<void> {
  let wake = () => {}
  let sent = 0
  let chunks = 0
  message.on('drain', () => wake())
  message.on('response', (response) => {
    // Whoever has responded in full needs no more of the body.
    response.on('end', () => message.writableEnded || message.destroy())
  })
  message.on('close', () => {
    wake()
    void reader.cancel().catch(() => {})
  })
  try {
    for (let chunk = await reader.read(); !chunk.done && !message.destroyed; chunk = await reader.read()) {
      const { value } = chunk
      sent += value.byteLength
      if (length !== undefined && sent > length) throw wrongLength(sent, length)
      const hasRoom = message.write(value, (error) => error || onBodySent?.(value.byteLength))
      if (!hasRoom && !message.destroyed) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      // A body in memory and a fast server would keep every timer and signal waiting until the end.
      if (++chunks % CHUNKS_A_TURN === 0) await setImmediate()
    }
    if (message.destroyed) return
    if (length !== undefined && sent < length) throw wrongLength(sent, length)
    message.end()
  } catch (error) {
    message.destroy(error instanceof Error ? error : new Error('the body failed', { cause: error }))
  }
}

function wrongLength(sent: number, length: number): Error {
  return new Error(`the body has ${sent} bytes or more where its content-length is ${length}`)
}
