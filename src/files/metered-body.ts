import { InvalidRequestError } from '../errors/client-errors.ts'
import { onAbort } from '../http/abort.ts'
import type { HeaderRecord } from '../http/headers.ts'
import type { BodyWatcher, OpenBody } from '../http/request-body.ts'

/** The bytes of a file, and what goes with them. */
export interface FilePayload {
  readonly content: Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>
  /** In bytes, when it is known before it is sent. */
  readonly length: number | undefined
  /** Headers that come with it, such as its content type. */
  readonly headers: HeaderRecord
}

/** Up to here a body goes out in one piece, and a stream would only cost time. */
const ONE_PIECE = 64 * 1024

/**
 * Counts the bytes of a file on its way. Servers' runtimes stream it over every connection, a browser over few or none:
 * there it goes out whole.
 */
export function meteredBody(payload: FilePayload, watcher: BodyWatcher): OpenBody | Promise<OpenBody> {
  const { content, length, headers } = payload
  if (content instanceof ReadableStream) {
    const body = streamed(content.getReader(), length, headers, watcher)
    return isBrowser() ? collected(body, watcher.signal) : body
  }
  const size = content instanceof Blob ? content.size : content.byteLength
  if (size > ONE_PIECE && !isBrowser()) return streamed(readerOf(content), size, headers, watcher)
  watcher.onBytes(size)
  return { init: { body: content }, headers, release: () => {} }
}

/**
 * A stream read to its end before it is sent. Chromium streams a body over HTTP/2 alone, and Firefox sends the text
 * "[object ReadableStream]" in its place.
 */
async function collected({ init, headers, release }: OpenBody, signal: AbortSignal): Promise<OpenBody> {
  const stopWatching = onAbort(signal, release)
  try {
    return { init: { body: await new Response(init.body).blob() }, headers, release }
  } finally {
    stopWatching()
  }
}

/** The part of a stream's reader that is used. */
type PieceReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'cancel' | 'read'>

function streamed(
  reader: PieceReader,
  length: number | undefined,
  headers: HeaderRecord,
  { onBytes, onFailure }: BodyWatcher,
): OpenBody {
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
  const body = new ReadableStream<Uint8Array>(
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
  // Stated, it keeps the body from being sent in chunks.
  const stated = length === undefined ? headers : { ...headers, 'content-length': String(length) }
  return { init: { body, duplex: 'half' }, headers: stated, release }
}

/** Bytes piece by piece as they lie: a Blob of them would be a second copy. */
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
  return new InvalidRequestError(`it gave ${sent} bytes or more where ${length} were announced: did it change?`)
}

/** Pages and workers of a browser have a location; servers' runtimes are a Node of some version, or have no location. */
function isBrowser(): boolean {
  return globalThis.process?.versions?.node === undefined && 'location' in globalThis
}
