import { InvalidRequestError } from '../errors/client-errors.ts'
import { viewBytes } from '../http/view-bytes.ts'
import { ownStream, readBefore, streamOf } from './upload-stream.ts'

/** Bytes, at once or piece by piece. Node's `Readable` is an async iterable. */
export type UploadContent =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | Blob
  | FileLike
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
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
 * a Response can be read once, so its upload is tried once; a function that opens it anew makes it repeatable.
 */
export type UploadBody = UploadContent | (() => UploadContent | Promise<UploadContent>)

/** Content made ready to be sent once. */
export interface OpenedContent {
  readonly content: Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>
  /** In bytes, when it is known before it is sent. */
  readonly length: number | undefined
  /** The content type that the content itself knows of. */
  readonly type?: string | undefined
  /** The file name that the content itself knows of. */
  readonly name?: string | undefined
}

/** What a body is when it can be read only once; undefined when it can be opened again. */
export function readOnce(body: UploadBody): string | undefined {
  if (typeof body === 'function') return undefined
  if (isTagged(body, 'ReadableStream')) return 'a stream'
  if (isTagged(body, 'Response')) return 'a Response'
  return isAsyncIterable(body) ? 'an async iterable' : undefined
}

/**
 * Makes content ready to be sent. Throws `InvalidRequestError` for what is none, and for what was read before: it would be
 * sent as an empty file and reported as stored.
 */
export async function openContent(content: UploadContent): Promise<OpenedContent> {
  if (typeof content === 'string') return bytes(new TextEncoder().encode(content))
  if (isTagged(content, 'Blob') || isTagged(content, 'File')) return openBlob(content)
  if (ArrayBuffer.isView(content)) return bytes(viewBytes(content))
  if (isTagged(content, 'ArrayBuffer')) return bytes(new Uint8Array(content))
  if (isTagged(content, 'ReadableStream')) return { content: await ownStream(content), length: undefined }
  if (isTagged(content, 'Response')) return openResponse(content)
  if (isAsyncIterable(content)) return { content: streamOf(content), length: undefined }
  throw new InvalidRequestError(
    'What was given cannot be uploaded: give bytes, a string, a Blob, a stream, an async iterable, a Response, or a function that returns one.',
  )
}

function bytes(content: Uint8Array<ArrayBuffer>): OpenedContent {
  return { content, length: content.byteLength }
}

/** Up to here a Blob is read at once: a stream of it would cost more time than its bytes cost memory. */
export const SMALL = 64 * 1024

async function openBlob(blob: Blob | FileLike): Promise<OpenedContent> {
  const name = 'name' in blob && typeof blob.name === 'string' ? blob.name : undefined
  return { content: await contentOf(blob), length: blob.size, type: blob.type === '' ? undefined : blob.type, name }
}

/** A Blob that is not this runtime's is never passed on: `fetch` would send its name in place of its bytes. */
async function contentOf(blob: Blob | FileLike): Promise<OpenedContent['content']> {
  if (blob.size > SMALL) {
    if (blob instanceof Blob) return blob
    const stream = blob.stream()
    if (stream instanceof ReadableStream) return stream
  }
  return new Uint8Array(await blob.arrayBuffer())
}

async function openResponse(response: Response): Promise<OpenedContent> {
  const { body, bodyUsed, headers, ok, status } = response
  if (!ok) throw new InvalidRequestError(`the Response to upload has the status ${status}, and no file in it`)
  if (bodyUsed) throw readBefore('Response')
  // A length before decoding is not the length of what is read.
  const length = headers.has('content-encoding') ? null : headers.get('content-length')
  const type = headers.get('content-type') ?? undefined
  if (body === null) return { ...bytes(new Uint8Array()), type }
  if (!isTagged(body, 'ReadableStream')) return { ...bytes(new Uint8Array(await response.arrayBuffer())), type }
  return { content: await ownStream(body), length: length === null ? undefined : Number(length), type }
}

function isAsyncIterable(value: UploadContent): value is AsyncIterable<Uint8Array | string> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** By its tag and not by `instanceof`: a Blob of another realm or of a polyfill is a Blob too. */
function isTagged<Tag extends keyof Tagged>(value: unknown, tag: Tag): value is Tagged[Tag] {
  return Object.prototype.toString.call(value) === `[object ${tag}]`
}

interface Tagged {
  ArrayBuffer: ArrayBuffer
  Blob: Blob
  File: File
  ReadableStream: ReadableStream<Uint8Array>
  Response: Response
}
