import { InvalidRequestError } from '../errors/client-errors.ts'
import type { RequestPayload } from './request-body.ts'

/** Up to here a body goes out in one piece, and a stream would only cost time. */
const ONE_PIECE = 64 * 1024

type Whole = Exclude<RequestPayload['content'], ReadableStream>

/**
 * The part of a `fetch` init that sends a body and counts its bytes on the way. A browser streams a body only over
 * HTTP/2, so there bytes and Blobs go out whole and are counted at once; servers' runtimes stream over every connection.
 *
 * @param headers gets the length of a streamed body, where that is known
 * @param onBytes told how many bytes went out
 * @param onFault told when the body itself failed while it was read
 */
export function meteredBody(
  { content, length }: RequestPayload,
  headers: Headers,
  onBytes: (count: number) => void,
  onFault: (fault: unknown) => void,
): RequestInit & { duplex?: 'half' } {
  if (content instanceof ReadableStream) return streamed(content, length, headers, onBytes, onFault)
  const size = sizeOf(content)
  if (size <= ONE_PIECE || isBrowser()) {
    onBytes(size)
    return { body: content }
  }
  return streamed(new Blob([content]).stream(), size, headers, onBytes, onFault)
}

function streamed(
  stream: ReadableStream<Uint8Array>,
  length: number | undefined,
  headers: Headers,
  onBytes: (count: number) => void,
  onFault: (fault: unknown) => void,
): RequestInit & { duplex: 'half' } {
  if (length !== undefined) headers.set('content-length', String(length))
  const reader = stream.getReader()
  let sent = 0
  const fail = (fault: unknown): never => {
    onFault(fault)
    throw fault
  }
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch(fail)
        if (!done) sent += value.byteLength
        if (length !== undefined && (done ? sent !== length : sent > length)) fail(wrongLength(sent, length))
        if (done) return controller.close()
        onBytes(value.byteLength)
        controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return { body, duplex: 'half' }
}

function wrongLength(sent: number, length: number): InvalidRequestError {
  return new InvalidRequestError(`it gave ${sent} bytes or more where ${length} were announced: did it change?`)
}

function sizeOf(content: Whole): number {
  if (typeof content === 'string') return new TextEncoder().encode(content).byteLength
  return content instanceof Blob ? content.size : content.byteLength
}

/** Pages and workers of a browser have a location; servers' runtimes have a process, or no location. */
function isBrowser(): boolean {
  return globalThis.process?.versions === undefined && 'location' in globalThis
}
