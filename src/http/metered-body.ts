import { InvalidRequestError } from '../errors/client-errors.ts'
import type { RequestPayload } from './request-body.ts'

/** What is told about a body on its way. */
export interface BodyWatcher {
  /** So many bytes more went out. */
  readonly onBytes: (count: number) => void
  /** The body itself failed while it was read. */
  readonly onFault: (fault: unknown) => void
}

/** A body on its way out. */
export interface MeteredBody {
  /** The part of a `fetch` init that sends it. */
  readonly init: RequestInit & { duplex?: 'half' }
  /** Of a streamed body, where it is known: the header that keeps it from being sent in chunks. */
  readonly contentLength: number | undefined
  /** Lets go of what was not read, such as an open file: a request that fails early leaves it standing. */
  readonly release: () => void
}

/** Up to here a body goes out in one piece, and a stream would only cost time. */
const ONE_PIECE = 64 * 1024

type Whole = Exclude<RequestPayload['content'], ReadableStream>

/**
 * Counts the bytes of a body on its way. A browser streams a body only over HTTP/2, so there bytes and Blobs go out
 * whole and are counted at once; servers' runtimes stream over every connection.
 */
export function meteredBody({ content, length }: RequestPayload, watcher: BodyWatcher): MeteredBody {
  if (content instanceof ReadableStream) return streamed(content.getReader(), length, watcher)
  // A text of one byte a character, at least, is measured by its bytes.
  const whole = typeof content === 'string' && content.length > ONE_PIECE ? new TextEncoder().encode(content) : content
  const size = sizeOf(whole)
  if (size > ONE_PIECE && typeof whole !== 'string' && !isBrowser()) return streamed(readerOf(whole), size, watcher)
  watcher.onBytes(size)
  return { init: { body: whole }, contentLength: undefined, release: () => {} }
}

/** The part of a stream's reader that is used. */
type PieceReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'cancel' | 'read'>

function streamed(reader: PieceReader, length: number | undefined, { onBytes, onFault }: BodyWatcher): MeteredBody {
  let sent = 0
  let isOpen = true
  const release = () => {
    if (!isOpen) return
    isOpen = false
    void reader.cancel().catch(() => {})
  }
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
  return { init: { body, duplex: 'half' }, contentLength: length, release }
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

function sizeOf(content: Whole): number {
  if (typeof content === 'string') return new TextEncoder().encode(content).byteLength
  return content instanceof Blob ? content.size : content.byteLength
}

/** Pages and workers of a browser have a location; servers' runtimes have a process, or no location. */
function isBrowser(): boolean {
  return globalThis.process?.versions === undefined && 'location' in globalThis
}
