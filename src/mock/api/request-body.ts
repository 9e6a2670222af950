import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { BucketForm, Upload } from '../handlers/upload.ts'
import type { MockRequest } from '../server/message.ts'
import { badRequest, HttpError } from './http-error.ts'
import { type Violation, violation } from './violation.ts'

/** A request's body after it was read. */
export interface ReadBody {
  /** What Prism validates: the body, or a placeholder. */
  readonly body: unknown
  readonly contentType: string | undefined
  readonly length: number
  /** The JSON as it came. */
  readonly text?: string
  readonly upload?: Upload | undefined
  readonly form?: BucketForm | undefined
  /** What is wrong already, before Prism has looked at it. */
  readonly violations: readonly Violation[]
}

const decoders = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/** Nobody encodes a body more often. */
const mostCodings = 3

/** A body may become this many times larger when it is decoded … */
const mostExpansion = 200
/** … or any number of times as long as it stays below this size. */
const alwaysAllowed = 16 * 1024 * 1024

/**
 * The body of a request without its content encodings. Throws an HTTP error for an encoding that is not supported, and
 * for a few bytes that would fill the disk.
 */
export function decodedBody(request: MockRequest, body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const codings = String(request.headers['content-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (codings.length > mostCodings) throw unsupportedCoding(`must not name more than ${mostCodings} codings`)
  const steps = codings.toReversed().map((coding) => {
    const decoder = decoders.get(coding)
    if (decoder) return decoder
    throw unsupportedCoding(`must be gzip, deflate, br or identity (received "${coding}")`)
  })
  return steps.reduce((source, decoder) => decode(source, decoder(), request), body)
}

function unsupportedCoding(reason: string): HttpError {
  return new HttpError(415, `content-encoding: ${reason}`, {
    violations: [violation(['header', 'content-encoding'], reason, 415)],
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  })
}

async function* decode(
  source: AsyncIterable<Uint8Array>,
  decoder: ReturnType<typeof createGunzip>,
  { signal }: MockRequest,
): AsyncGenerator<Uint8Array> {
  const encoded = Readable.from(source)
  encoded.on('error', (error) => decoder.destroy(error))
  let size = 0
  try {
    for await (const chunk of encoded.pipe(decoder)) {
      size += chunk.byteLength
      if (size > alwaysAllowed && size > mostExpansion * decoder.bytesWritten) {
        throw new HttpError(
          413,
          `content-encoding: the body is more than ${mostExpansion} times larger when it is decoded`,
        )
      }
      yield chunk
    }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof HttpError) throw error
    throw badRequest([violation(['body'], `cannot be decoded: ${error instanceof Error ? error.message : error}`)])
  }
}

/**
 * The same bytes from a source that stays open when its reader stops early, so that a response can still be sent on its
 * connection. Whoever reads again goes on where the reading stopped.
 */
export function keptOpen(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]()
  return { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) }
}

/** Reads to the end. A response before that could be lost on a client that is still sending. */
export async function drain(source: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0
  for await (const chunk of source) length += chunk.byteLength
  return length
}
