import { InvalidRequestError } from '../errors/client-errors.ts'
import { viewBytes } from '../http/view-bytes.ts'

/** Bytes, at once or piece by piece. Node's `Readable` is an async iterable. */
export type UploadContent =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | Response

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

/** Makes content ready to be sent. Throws `InvalidRequestError` for what is none. */
export function openContent(content: UploadContent): OpenedContent {
  if (typeof content === 'string') return bytes(new TextEncoder().encode(content))
  if (isBlob(content)) {
    const name = 'name' in content && typeof content.name === 'string' ? content.name : undefined
    return { content, length: content.size, type: content.type === '' ? undefined : content.type, name }
  }
  if (ArrayBuffer.isView(content)) return bytes(viewBytes(content))
  if (isTagged(content, 'ArrayBuffer')) return bytes(new Uint8Array(content))
  if (isTagged(content, 'ReadableStream')) return { content, length: undefined }
  if (isTagged(content, 'Response')) return openResponse(content)
  if (isAsyncIterable(content)) return { content: streamOf(content), length: undefined }
  throw new InvalidRequestError(
    'What was given cannot be uploaded: give bytes, a string, a Blob, a stream, an async iterable, a Response, or a function that returns one.',
  )
}

function bytes(content: Uint8Array<ArrayBuffer>): OpenedContent {
  return { content, length: content.byteLength }
}

function openResponse({ body, headers }: Response): OpenedContent {
  // A length before decoding is not the length of what is read.
  const length = headers.has('content-encoding') ? null : headers.get('content-length')
  return {
    content: body ?? new Uint8Array(),
    length: body === null ? 0 : length === null ? undefined : Number(length),
    type: headers.get('content-type') ?? undefined,
  }
}

function streamOf(iterable: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array> {
  const iterator = iterable[Symbol.asyncIterator]()
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

function isBlob(value: UploadContent): value is Blob {
  return isTagged(value, 'Blob') || isTagged(value, 'File')
}

function isAsyncIterable(value: UploadContent): value is AsyncIterable<Uint8Array | string> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/** By its tag and not by `instanceof`: a Blob of another realm or of a polyfill is a Blob too. */
function isTagged<Tag extends keyof Tagged>(value: UploadContent, tag: Tag): value is Tagged[Tag] {
  return Object.prototype.toString.call(value) === `[object ${tag}]`
}

interface Tagged {
  ArrayBuffer: ArrayBuffer
  Blob: Blob
  File: File
  ReadableStream: ReadableStream<Uint8Array>
  Response: Response
}
