/** What one attempt sends. */
export interface RequestPayload {
  readonly content: string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>
  /** In bytes, when it is known before it is sent. */
  readonly length: number | undefined
  /** Headers that come with the body, such as its content type. */
  readonly headers: Readonly<Record<string, string>>
}

/** A body that each attempt opens anew. */
export interface RequestBody {
  /** What the body is, when it can be opened only once: then the call is tried once. */
  readonly once: string | undefined
  open(): RequestPayload | Promise<RequestPayload>
}

/** A JSON body. */
export function jsonBody(value: unknown): RequestBody {
  const content = JSON.stringify(value)
  return {
    once: undefined,
    open: () => ({ content, length: undefined, headers: { 'content-type': 'application/json' } }),
  }
}
