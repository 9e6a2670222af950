/** Reads chunk after chunk: a reader of a web stream, or what is like one. */
export type ChunkReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'>

/** A body as it is sent. */
export interface OutgoingBody {
  /** In one piece, or in chunks that can be read once. */
  readonly content: Uint8Array | ChunkReader
  /** In bytes, where it is known. */
  readonly length: number | undefined
  /** The content type that goes with it, where none is given. */
  readonly type: string | undefined
}

/** Opens a body of `fetch`: also an async iterable, as the runtime's `fetch` takes it. Throws a `TypeError` for any other. */
export function outgoingBody(
  body: RequestInit['body'] | AsyncIterable<Uint8Array> | null | undefined,
): OutgoingBody | undefined {
  if (body === null || body === undefined) return undefined
  if (typeof body === 'string') return bytes(Buffer.from(body), 'text/plain;charset=UTF-8')
  if (body instanceof Uint8Array) return bytes(body)
  if (body instanceof ArrayBuffer) return bytes(new Uint8Array(body))
  if (ArrayBuffer.isView(body)) return bytes(new Uint8Array(body.buffer, body.byteOffset, body.byteLength))
  if (body instanceof ReadableStream) return { content: body.getReader(), length: undefined, type: undefined }
  if (body instanceof Blob) {
    return { content: body.stream().getReader(), length: body.size, type: body.type === '' ? undefined : body.type }
  }
  if (body instanceof FormData || body instanceof URLSearchParams) {
    const { body: stream, headers } = new Response(body)
    if (stream)
      return { content: stream.getReader(), length: undefined, type: headers.get('content-type') ?? undefined }
  }
  if (Symbol.asyncIterator in body) return { content: readerOf(body), length: undefined, type: undefined }
  throw new TypeError('The body is not one that fetch can send')
}

function bytes(content: Uint8Array, type?: string): OutgoingBody {
  return { content, length: content.byteLength, type }
}

function readerOf(iterable: AsyncIterable<Uint8Array>): ChunkReader {
  const iterator = iterable[Symbol.asyncIterator]()
  return {
    read: async () => {
      const { done, value } = await iterator.next()
      return done ? { done: true, value: undefined } : { done: false, value }
    },
    cancel: async () => {
      await iterator.return?.()
    },
  }
}
