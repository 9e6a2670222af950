import { InvalidRequestError } from '../errors/client-errors.ts'

/** What could be read once, and was handed to an upload. */
const spent = new WeakSet<object>()

function spend(once: object): void {
  if (spent.has(once)) throw readBefore('stream')
  spent.add(once)
}

/** The stream as one of this runtime's, which a polyfill's is not. What somebody has begun to read is sent from there. */
export async function ownStream(stream: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  spend(stream)
  if (stream instanceof ReadableStream && !wasRead(stream)) return stream
  const reader = stream.getReader()
  const first = await reader.read()
  if (first.done) throw readBefore('stream')
  return streamOf(piecesFrom(first.value, reader))
}

/** Fetch's own rule is the one way to learn it: no Response is made of such a stream. */
function wasRead(stream: ReadableStream): boolean {
  try {
    return new Response(stream).bodyUsed
  } catch {
    return true
  }
}

async function* piecesFrom(first: Uint8Array, reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    yield first
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value
  } finally {
    await reader.cancel()
  }
}

/** The pieces of an iterable as a stream. */
export function streamOf(iterable: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array> {
  // A `Readable` of Node's.
  if ('pipe' in iterable) spend(iterable)
  if ('readableEnded' in iterable && iterable.readableEnded === true) throw readBefore('stream')
  const iterator = iterable[Symbol.asyncIterator]()
  // A generator.
  if (Object.is(iterator, iterable)) spend(iterable)
  const encoder = new TextEncoder()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await iterator.next()
        if (done) return controller.close()
        controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}

/** It would be sent as an empty file, or as the end of one, and reported as stored. */
export function readBefore(what: string): InvalidRequestError {
  return new InvalidRequestError(`the ${what} was read before, and can be read once: open a new one for each upload`)
}
