import { meteredBody } from './metered-body.ts'
import { type RequestBody, textBody } from './request-body.ts'
import { uploadRedirect } from './upload-redirect.ts'
import { viewBytes } from './view-bytes.ts'

/** What can be opened for each attempt. */
type Lasting = string | Uint8Array<ArrayBuffer> | Blob

/**
 * The bodies of `abeja.api`. openapi-fetch writes every body as JSON and calls it JSON; here bytes, Blobs, streams,
 * texts and forms pass as they are. Where the caller named no content type, a binary body gets its own.
 */
export class RawBodies {
  readonly #untyped = new WeakSet<object>()
  readonly #lasting = new WeakMap<Request, Lasting>()

  /** What openapi-fetch hands to the Request. */
  serialize(body: unknown, headers: Headers | undefined): BodyInit {
    const binary = binaryOf(body)
    if (binary === undefined) return JSON.stringify(body)
    // A form brings its own type, and the boundary in it.
    if (!(binary instanceof FormData) && !headers?.has('content-type')) this.#untyped.add(binary)
    return binary
  }

  /** Keeps what can be opened again, and names the type of what has none. */
  remember(request: Request, body: BodyInit | null | undefined): void {
    if (typeof body === 'string' || body instanceof Blob || isBytes(body)) this.#lasting.set(request, body)
    if (typeof body !== 'object' || body === null || !this.#untyped.has(body)) return
    request.headers.set('content-type', (body instanceof Blob && body.type) || 'application/octet-stream')
  }

  /** The body of a request that is about to be sent. */
  async bodyOf(request: Request): Promise<RequestBody | undefined> {
    if (!request.body) return undefined
    const lasting = this.#lasting.get(request) ?? (isJson(request) ? await request.text() : undefined)
    if (typeof lasting === 'string') return textBody(lasting, {})
    const file = { content: lasting ?? request.body, length: undefined, headers: {} }
    return {
      once: lasting === undefined ? 'a stream or a form' : undefined,
      redirect: uploadRedirect(),
      open: (watcher) => meteredBody(file, watcher),
    }
  }
}

/** Whether what a request sends is JSON: anything else is a file. */
export function isJson({ headers }: Request): boolean {
  return headers.get('content-type') === 'application/json'
}

function binaryOf(body: unknown): Uint8Array<ArrayBuffer> | Blob | ReadableStream | FormData | undefined {
  if (body instanceof Blob || body instanceof ReadableStream || body instanceof FormData) return body
  // No operation takes a JSON text: what is a text is a file.
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  return ArrayBuffer.isView(body) ? viewBytes(body) : undefined
}

function isBytes(body: unknown): body is Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array && body.buffer instanceof ArrayBuffer
}
