import { InvalidRequestError } from '../errors/errors.ts'
import { viewBytes } from '../http/bytes.ts'
import type { OpenBody } from '../http/request-body.ts'
import { alreadyConsumed, isArrayBuffer, ownStream, streamOf } from './upload-stream.ts'

/** Bytes, at once or in pieces. Pieces may be strings, which are encoded as one text. Node's `Readable` is an async iterable. */
export type UploadContent =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | Blob
  | FileLike
  | ReadableStream<Uint8Array>
  | AsyncIterable<ArrayBuffer | ArrayBufferView | string>
  | Response

/** The part of a `File` that an upload reads: what `fromPath` of `./node` makes, or a `File` that is not this runtime's. */
export interface FileLike {
  readonly [Symbol.toStringTag]: string
  readonly name: string
  /** The content type; empty when it is not known. */
  readonly type: string
  /** In bytes. */
  readonly size: number
  stream(): ReadableStream<Uint8Array>
  arrayBuffer(): Promise<ArrayBuffer>
}

/**
 * What can be uploaded. Bytes, strings, Blobs and Files can be sent again after a failure. A stream, an iterable or
 * a Response can be read once, so its upload is not retried; a function that opens it makes it repeatable.
 */
export type UploadBody = UploadContent | (() => UploadContent | Promise<UploadContent>)

/** Returns a name for a body that can be read only once; undefined when it can be opened again. */
export function readOnce(body: UploadBody): string | undefined {
  if (typeof body === 'function') return undefined
  if (isStream(body)) return 'a stream'
  if (isResponse(body)) return 'a Response'
  return isAsyncIterable(body) ? 'an async iterable' : undefined
}

/**
 * Opens a body. Throws `InvalidRequestError` for anything that is not one, and for one that has already been consumed: it
 * would be sent as an empty file and be reported as stored.
 */
export async function openBody(body: UploadBody): Promise<OpenBody> {
  const content = typeof body === 'function' ? await body() : body
  if (typeof content === 'string') return bytes(new TextEncoder().encode(content))
  if (ArrayBuffer.isView(content)) return bytes(viewBytes(content))
  if (isArrayBuffer(content)) return bytes(new Uint8Array(content))
  if (isResponse(content)) return openResponse(content)
  if (isBlob(content)) return openBlob(content)
  if (isStream(content)) return opened(await ownStream(content), undefined)
  if (isAsyncIterable(content)) return opened(streamOf(content), undefined)
  throw new InvalidRequestError(
    'Unsupported upload body. Pass bytes, a string, a Blob, a stream, an async iterable, a Response, or a function that returns one of these',
  )
}

function opened(content: OpenBody['content'], length: number | undefined, type?: string): OpenBody {
  return { content, length, headers: type ? { 'content-type': type } : {} }
}

function bytes(content: Uint8Array<ArrayBuffer>, type?: string): OpenBody {
  return opened(content, content.byteLength, type)
}

/** A Blob up to this size, in bytes, is read at once, which is faster than a stream. */
export const SMALL = 64 * 1024

async function openBlob(blob: Blob): Promise<OpenBody> {
  const name = 'name' in blob && typeof blob.name === 'string' ? blob.name : undefined
  return { ...opened(await blobContent(blob), blob.size, blob.type), name }
}

/** The Blobs of jsdom have no `stream`, and fetch sends the text "[object Blob]" for one that it did not make. */
async function blobContent(blob: Blob): Promise<OpenBody['content']> {
  if (blob.size <= SMALL || typeof blob.stream !== 'function') return new Uint8Array(await blob.arrayBuffer())
  return isNative(blob) ? blob : ownStream(blob.stream())
}

async function openResponse(response: Response): Promise<OpenBody> {
  const { body, bodyUsed, headers, ok, status } = response
  if (!ok) throw new InvalidRequestError(`The Response to upload must be a success (received status ${status})`)
  if (bodyUsed) throw alreadyConsumed('Response')
  // The stated length is that of the encoded body.
  const length = headers.has('content-encoding') ? null : headers.get('content-length')
  const type = headers.get('content-type') ?? undefined
  if (body === null) return bytes(new Uint8Array(), type)
  if (!isStream(body)) return bytes(new Uint8Array(await response.arrayBuffer()), type)
  return opened(await ownStream(body), length === null ? undefined : Number(length), type)
}

// By their members instead of `instanceof`: test environments, polyfills and other realms have classes of their own.

function isBlob(value: unknown): value is Blob {
  return has(value, 'size', 'number') && has(value, 'type', 'string') && has(value, 'arrayBuffer', 'function')
}

function isResponse(value: unknown): value is Response {
  return has(value, 'status', 'number') && has(value, 'headers', 'object') && has(value, 'arrayBuffer', 'function')
}

function isStream(value: unknown): value is ReadableStream<Uint8Array> {
  return has(value, 'getReader', 'function')
}

function isAsyncIterable(value: unknown): value is AsyncIterable<ArrayBuffer | ArrayBufferView | string> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

function has(value: unknown, member: string, type: 'function' | 'number' | 'object' | 'string'): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, member) === type
}

function isNative(blob: object): boolean {
  return blob instanceof Blob
}
