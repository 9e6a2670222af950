import { Readable } from 'node:stream'
import type { Core } from './core.ts'
import { ConnectionReset, discard, type MockRequest, type MockResponse, mayHaveBody } from './message.ts'

/** The transport of the server without a port: a function from a standard `Request` to a `Response`. */
export function fetchOf(core: Core, defaultHeaders: Readonly<Record<string, string>> = {}): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    const gone = new AbortController()
    const incoming = requestOf(request, gone.signal, defaultHeaders)
    const aborted = new Promise<never>((_, reject) => {
      const leave = () => {
        gone.abort(request.signal.reason)
        reject(request.signal.reason)
      }
      request.signal.addEventListener('abort', leave, { once: true })
    })
    try {
      return responseOf(request, await Promise.race([respond(core, incoming), aborted]), gone.signal)
    } catch (error) {
      if (error instanceof ConnectionReset) throw new TypeError('fetch failed', { cause: error })
      throw error
    }
  }
}

async function respond(core: Core, request: MockRequest): Promise<MockResponse> {
  try {
    return await core.respond(request)
  } catch (error) {
    if (error instanceof ConnectionReset || request.signal.aborted || !request.complete) throw error
    return core.failure(request, error instanceof Error ? error : new Error(String(error)))
  }
}

function requestOf(
  { method, url, headers, body }: Request,
  signal: AbortSignal,
  defaultHeaders: Readonly<Record<string, string>>,
): MockRequest {
  const { protocol, host } = new URL(url)
  let complete = body === null
  async function* bytes() {
    if (body !== null) yield* chunksOf(body, signal)
    complete = true
  }
  return {
    ...{ method, url, authority: host, scheme: protocol === 'https:' ? 'https' : 'http', signal },
    headers: { ...defaultHeaders, host, ...Object.fromEntries(headers) },
    get complete() {
      return complete
    },
    [Symbol.asyncIterator]: bytes,
  }
}

function responseOf(
  { method, url }: Request,
  { status, headers, body, length }: MockResponse,
  signal: AbortSignal,
): Response {
  const hasBody = mayHaveBody(status) && method !== 'HEAD'
  if (!hasBody) discard({ body })
  const sent = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) sent.append(name, String(one))
  }
  if (mayHaveBody(status) && length !== undefined) sent.set('content-length', String(length))
  const response = new Response(hasBody ? streamOf(body, signal) : null, { status, headers: sent })
  Object.defineProperty(response, 'url', { value: url })
  return response
}

async function* chunksOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  const leave = () => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', leave)
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
    signal.throwIfAborted()
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}

function streamOf(body: MockResponse['body'], signal: AbortSignal): BodyInit {
  if (!(body instanceof Readable)) return new Uint8Array(body)
  const leave = () => body.destroy(new Error('aborted', { cause: signal.reason }))
  signal.addEventListener('abort', leave, { once: true })
  const chunks = body.iterator()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next()
          if (done) controller.close()
          else controller.enqueue(new Uint8Array(value))
        } catch (error) {
          controller.error(signal.aborted ? signal.reason : error)
        }
      },
      cancel: () => void body.destroy(),
    },
    { highWaterMark: 0 },
  )
}
