import { InvalidRequestError } from '../errors/errors.ts'
import { concatBytes, viewBytes } from '../http/bytes.ts'

/** One-shot bodies that have been passed to an upload. */
const spent = new WeakSet<object>()

function spend(once: object): void {
  if (spent.has(once)) throw alreadyConsumed('stream')
  spent.add(once)
}

/** Returns the bytes of a stream as a stream of this runtime. A partly read stream continues where reading stopped. */
export async function ownStream(stream: ReadableStream<unknown>): Promise<ReadableStream<Uint8Array>> {
  spend(stream)
  const isNew = stream instanceof ReadableStream && !wasRead(stream)
  const reader = stream.getReader()
  if (isNew) return encodedStream(piecesOf(reader))
  const first = await reader.read()
  if (first.done) throw alreadyConsumed('stream')
  return encodedStream(piecesOf(reader, first.value))
}

/** Asks the runtime, as no property says so: a Response cannot be made of such a stream. */
function wasRead(stream: ReadableStream): boolean {
  try {
    return new Response(stream).bodyUsed
  } catch {
    return true
  }
}

/**
 * Reads a stream to its end, after a first chunk that has already been read. Not a generator, because `return` of a generator
 * that has not started would not cancel the stream.
 */
export function piecesOf(
  reader: ReadableStreamDefaultReader<unknown>,
  first?: unknown,
): AsyncIterableIterator<unknown> {
  let isFirstDue = first !== undefined
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      if (isFirstDue) {
        isFirstDue = false
        return { done: false, value: first }
      }
      const { done, value } = await reader.read()
      return done ? { done, value: undefined } : { done: false, value }
    },
    async return() {
      await reader.cancel()
      return { done: true, value: undefined }
    },
  }
}

/** Returns the bytes of an iterable as a stream. */
export function streamOf(iterable: AsyncIterable<unknown>): ReadableStream<Uint8Array> {
  // A `Readable` of Node.
  if ('pipe' in iterable) spend(iterable)
  if ('readableEnded' in iterable && iterable.readableEnded === true) throw alreadyConsumed('stream')
  const iterator = iterable[Symbol.asyncIterator]()
  // A generator.
  if (Object.is(iterator, iterable)) spend(iterable)
  return encodedStream(iterator)
}

function encodedStream(iterator: AsyncIterator<unknown>): ReadableStream<Uint8Array> {
  const encoder = new ChunkEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        // A pull that enqueues nothing would not be called again.
        for (;;) {
          const { done, value } = await iterator.next()
          const bytes = done ? encoder.end() : encoder.encode(value)
          if (bytes.byteLength > 0) controller.enqueue(bytes)
          if (done) return controller.close()
          if (bytes.byteLength > 0) return
        }
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** Encodes chunks as bytes. Texts are encoded as one: a character can be split between two chunks. */
class ChunkEncoder {
  readonly #encoder = new TextEncoder()
  /** The first half of a surrogate pair, with which the last text ended. */
  #half = ''

  encode(chunk: unknown): Uint8Array<ArrayBuffer> {
    if (typeof chunk === 'string') {
      const text = this.#half + chunk
      const isSplit = /[\ud800-\udbff]$/.test(text)
      this.#half = isSplit ? text.slice(-1) : ''
      return this.#encoder.encode(isSplit ? text.slice(0, -1) : text)
    }
    const bytes = bytesOf(chunk)
    return this.#half === '' ? bytes : concatBytes([this.end(), bytes])
  }

  /** Returns the remaining bytes when no text follows. */
  end(): Uint8Array<ArrayBuffer> {
    const rest = this.#encoder.encode(this.#half)
    this.#half = ''
    return rest
  }
}

function bytesOf(chunk: unknown): Uint8Array<ArrayBuffer> {
  if (ArrayBuffer.isView(chunk)) return viewBytes(chunk)
  if (isArrayBuffer(chunk)) return new Uint8Array(chunk)
  const received = chunk === null ? 'null' : Array.isArray(chunk) ? 'an array' : `a value of type ${typeof chunk}`
  throw new InvalidRequestError(
    `Unsupported chunk of an upload body (received ${received}). Yield bytes or strings, such as JSON.stringify(row)`,
  )
}

/** By its tag, because it may be of another realm. */
export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]'
}

/** The error for a body that would be stored as an empty or incomplete file. */
export function alreadyConsumed(what: string): InvalidRequestError {
  return new InvalidRequestError(`The ${what} has already been consumed. Open a new one for each upload`)
}
