import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createUnzip } from 'node:zlib'
import type { OutgoingRequest } from './outgoing-request.ts'

/** How much of a body waits for its reader, in bytes. */
const ROOM = 256 * 1024

const DECODERS: ReadonlyMap<string, () => Readable & NodeJS.WritableStream> = new Map([
  ['gzip', createUnzip],
  ['x-gzip', createUnzip],
  ['deflate', createUnzip],
  ['br', createBrotliDecompress],
])

/**
 * A response that reads the stream of `node:http` itself. Its headers and its web stream are made when they are asked for: a
 * standard Response that is made of them costs more than all else of a small call. A body without bytes is null.
 */
export class HttpResponse extends Response {
  readonly #message: IncomingMessage
  readonly #request: OutgoingRequest
  readonly #source: Readable | undefined
  readonly #redirected: boolean
  #headers: Headers | undefined
  #stream: ReadableStream<Uint8Array<ArrayBuffer>> | undefined
  #isRead = false

  constructor(message: IncomingMessage, request: OutgoingRequest, redirected: boolean) {
    super(null)
    this.#message = message
    this.#request = request
    this.#redirected = redirected
    this.#source = hasBody(message, request.method) ? decoded(message) : undefined
    // Read to its end, a response leaves its connection to the next request.
    if (!this.#source) message.resume()
  }

  override get status(): number {
    return this.#message.statusCode ?? 0
  }

  override get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  override get statusText(): string {
    return this.#message.statusMessage ?? ''
  }

  override get type(): ResponseType {
    return 'basic'
  }

  override get url(): string {
    const { href, hash } = this.#request.url
    return hash === '' ? href : href.slice(0, -hash.length)
  }

  override get redirected(): boolean {
    return this.#redirected
  }

  override get headers(): Headers {
    if (this.#headers) return this.#headers
    const { rawHeaders } = this.#message
    this.#headers = new Headers()
    for (let index = 0; index < rawHeaders.length; index += 2) {
      this.#headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
    }
    return this.#headers
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    if (!this.#source) return null
    this.#stream ??= webStream(this.#source, this.#explain)
    return this.#stream
  }

  override get bodyUsed(): boolean {
    return this.#isRead || (this.#stream?.locked ?? false)
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = await this.bytes()
    return byteLength === buffer.byteLength ? buffer : buffer.slice(byteOffset, byteOffset + byteLength)
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const source = this.#source
    // A stream that somebody has seen is read as everybody else would.
    if (this.#stream || this.#isRead) return new Uint8Array(await this.#standard().arrayBuffer())
    this.#isRead = true
    return source ? collected(source, this.#explain) : new Uint8Array()
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  // biome-ignore lint/suspicious/noExplicitAny: the type that Response states.
  override async json(): Promise<any> {
    return JSON.parse(await this.text())
  }

  override async blob(): Promise<Blob> {
    return new Blob([await this.bytes()], { type: this.headers.get('content-type') ?? '' })
  }

  override formData(): Promise<FormData> {
    return this.#standard().formData()
  }

  /** A standard response of one half of the body. Its `url` is empty. */
  override clone(): Response {
    const { body } = this
    if (this.bodyUsed) throw new TypeError('Response.clone: Body has already been consumed.')
    if (!body) return this.#standard()
    const [own, other] = body.tee()
    this.#stream = own
    return this.#standard(other)
  }

  /** A standard Response that reads the body. It rejects one that was read before. */
  #standard(body = this.body): Response {
    const { status, statusText, headers } = this
    if (this.#isRead) throw new TypeError('Body is unusable: Body has already been read')
    return new Response(body, { status, statusText, headers })
  }

  /** What a body that broke off rejects with. */
  readonly #explain = (error: unknown): unknown => {
    const { signal } = this.#request
    return signal?.aborted ? signal.reason : new TypeError('terminated', { cause: error })
  }
}

function hasBody({ statusCode, headers }: IncomingMessage, method: string): boolean {
  return method !== 'HEAD' && statusCode !== 204 && statusCode !== 304 && headers['content-length'] !== '0'
}

/** The body without its content codings. One in a coding that is not known stays as it is. */
function decoded(message: IncomingMessage): Readable {
  const codings = message.headers['content-encoding']
  if (codings === undefined) return message
  const names = codings.toLowerCase().split(',')
  return names.reduceRight<Readable>((source, name) => {
    const decoder = DECODERS.get(name.trim())?.()
    // Its error reaches whoever reads the decoder.
    return decoder ? pipeline(source, decoder, () => {}) : source
  }, message)
}

function collected(source: Readable, explain: (error: unknown) => unknown): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer<ArrayBuffer>[] = []
    source.on('data', (chunk: Buffer<ArrayBuffer>) => chunks.push(chunk))
    source.on('end', () => {
      const [first] = chunks
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks))
    })
    source.on('error', (error) => reject(explain(error)))
  })
}

function webStream(source: Readable, explain: (error: unknown) => unknown): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isCancelled = false
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        source.on('data', (chunk: Buffer<ArrayBuffer>) => {
          if (isCancelled) return
          controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength))
          if ((controller.desiredSize ?? 0) <= 0) source.pause()
        })
        source.on('end', () => isCancelled || controller.close())
        source.on('error', (error) => controller.error(explain(error)))
      },
      pull: () => void source.resume(),
      cancel: () => {
        isCancelled = true
        source.destroy()
      },
    },
    { highWaterMark: ROOM, size: ({ byteLength }) => byteLength },
  )
}
