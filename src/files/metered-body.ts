import { InvalidRequestError } from '../errors/errors.ts'
import { onAbort } from '../http/abort.ts'
import type { BodyWatcher, OpenBody } from '../http/request-body.ts'

/** A body up to this size, in bytes, is sent in one piece, which is faster than a stream. */
const ONE_PIECE = 64 * 1024

/**
 * Counts the bytes of a file while it is sent: as a stream, except in a browser, where streams are not sent over every
 * connection.
 */
export function meteredBody(opened: OpenBody, watcher: BodyWatcher): OpenBody | Promise<OpenBody> {
  const { content, length = 0 } = opened
  if (content instanceof ReadableStream) {
    const body = streamed(content.getReader(), opened, watcher)
    return isBrowser() ? collected(body, watcher.signal) : body
  }
  if (length > ONE_PIECE && typeof content !== 'string' && !isBrowser()) {
    return streamed(readerOf(content), opened, watcher)
  }
  watcher.onBytes(length)
  return opened
}

/**
 * Reads a stream to its end before it is sent. Chromium streams a body over HTTP/2 only, and Firefox sends the text
 * "[object ReadableStream]" instead.
 */
async function collected(body: StreamedBody, signal: AbortSignal): Promise<OpenBody> {
  const stopWatching = onAbort(signal, body.release)
  try {
    return { ...body, content: await new Response(body.content).blob() }
  } finally {
    stopWatching()
  }
}

interface StreamedBody extends OpenBody {
  readonly content: ReadableStream<Uint8Array>
  readonly release: () => void
}

type PieceReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'cancel' | 'read'>

function streamed(
  reader: PieceReader,
  { length, headers }: OpenBody,
  { onBytes, onFailure }: BodyWatcher,
): StreamedBody {
  let sent = 0
  let isOpen = true
  const release = () => {
    if (!isOpen) return
    isOpen = false
    void reader.cancel().catch(() => {})
  }
  const fail = (cause: unknown): never => {
    onFailure(cause)
    throw cause
  }
  const content = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read().catch(fail)
        if (!done) sent += value.byteLength
        if (length !== undefined && (done ? sent !== length : sent > length)) fail(wrongLength(sent, length))
        if (done) {
          isOpen = false
          return controller.close()
        }
        onBytes(value.byteLength)
        controller.enqueue(value)
      },
      cancel: release,
    },
    { highWaterMark: 0 },
  )
  // Keeps the body from being sent in chunks.
  const stated = length === undefined ? headers : { ...headers, 'content-length': String(length) }
  return { content, length, headers: stated, release }
}

/** Returns the bytes piece by piece, without a copy: a Blob of them would be one. */
function readerOf(content: Blob | Uint8Array<ArrayBuffer>): PieceReader {
  if (content instanceof Blob) return content.stream().getReader()
  let position = 0
  return {
    async read() {
      if (position >= content.byteLength) return { done: true, value: undefined }
      const value = content.subarray(position, position + ONE_PIECE)
      position += value.byteLength
      return { done: false, value }
    },
    cancel: async () => {},
  }
}

function wrongLength(sent: number, length: number): InvalidRequestError {
  return new InvalidRequestError(`it has ${sent} bytes or more, but its length was stated as ${length}. Did it change?`)
}

/** Pages and workers of a browser have a location; other runtimes report a version of Node.js, or have no location. */
function isBrowser(): boolean {
  return globalThis.process?.versions?.node === undefined && 'location' in globalThis
}
