import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  constants,
  createSecureServer,
  Http2ServerRequest,
  type Http2ServerResponse,
  type SecureServerOptions,
} from 'node:http2'
import type { AddressInfo, Server, Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { errorResponse, HttpError } from '../api/http-error.ts'
import { withoutSignature } from '../storage/signed-urls.ts'
import type { AccessPolicy } from './access-policy.ts'
import type { TlsCertificate } from './certificate.ts'
import { type Core, responseOf } from './core.ts'
import { refuseMalformed } from './malformed.ts'
import { ConnectionReset, discard, type MockRequest, type MockResponse, mayHaveBody } from './message.ts'
import type { LoggedRequest } from './request-log.ts'

type Incoming = IncomingMessage | Http2ServerRequest
type Outgoing = ServerResponse | Http2ServerResponse

/** The HTTP transport of the server, on a port: HTTP/1.1, or with a certificate HTTP/2 and HTTP/1.1 over TLS. */
export class MockServer {
  readonly #core: Core
  readonly #access: AccessPolicy
  readonly #note: (entry: LoggedRequest) => void
  readonly #server: Server
  readonly #scheme: MockRequest['scheme']
  readonly #sockets = new Set<Socket>()
  #isReferenced = true

  /** `note` is called for what never became a request. */
  constructor(core: Core, access: AccessPolicy, note: (entry: LoggedRequest) => void, certificate?: TlsCertificate) {
    this.#core = core
    this.#access = access
    this.#note = note
    this.#scheme = certificate ? 'https' : 'http'
    const handle = (message: Incoming, response: Outgoing) => void this.#handle(message, response)
    // A large upload may take as long as it takes.
    const options = { requestTimeout: 0 }
    const secure: SecureServerOptions = { ...options, ...certificate, allowHTTP1: true }
    this.#server = certificate ? createSecureServer(secure, handle) : createServer(options, handle)
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      if (!this.#isReferenced) socket.unref()
      socket.once('close', () => this.#sockets.delete(socket))
    })
    this.#server.on('clientError', (error, socket) => {
      const entry = refuseMalformed(error, socket, access)
      if (entry) note(entry)
    })
  }

  async listen(port: number, host: string): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, resolve)
    })
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The mock server has no port')
    return address
  }

  /** Lets the process end while the server is still running. */
  unref(): void {
    this.#isReferenced = false
    this.#server.unref()
    for (const socket of this.#sockets) socket.unref()
  }

  /** Ends every connection, finished or not. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve, reject) => {
      this.#server.close((error) => (error ? reject(error) : resolve()))
    })
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  /** Without headers for CORS: the page that sent the request must not read why it is not served. */
  #forbidden(request: MockRequest): MockResponse | undefined {
    try {
      this.#access.check(request)
      return undefined
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      const { method, url } = request
      const entry = { time: Date.now(), method, target: withoutSignature(url), status: error.status, durationMs: 0 }
      this.#note({ ...entry, operationId: undefined, violations: error.violations })
      return responseOf(errorResponse(error))
    }
  }

  async #handle(message: Incoming, response: Outgoing): Promise<void> {
    // A connection that breaks is the client's affair.
    response.on('error', () => undefined)
    const request = requestOf(message, response, this.#scheme)
    try {
      const forbidden = this.#forbidden(request)
      await send(message, response, forbidden ?? (await this.#core.respond(request)))
    } catch (error) {
      if (error instanceof ConnectionReset) reset(message)
      else if (request.signal.aborted || (message.destroyed && !message.complete)) response.destroy()
      else if (response.headersSent) response.destroy()
      else await send(message, response, this.#core.failure(request, asError(error)))
    }
  }
}

function requestOf(message: Incoming, response: Outgoing, scheme: MockRequest['scheme']): MockRequest {
  const { method = 'GET', url = '/', socket } = message
  const gone = new AbortController()
  const leave = () => gone.abort()
  // Not the response: over HTTP/1.1 it has no socket yet while the one before it on the same connection is being sent.
  const connection = message instanceof Http2ServerRequest ? message.stream : socket
  if (connection.destroyed) leave()
  connection.once('close', leave)
  response.once('close', () => connection.off('close', leave))
  return {
    ...{ method, url, scheme, authority: `localhost:${socket.localPort}`, signal: gone.signal },
    headers: headersOf(message),
    get complete() {
      return message.complete
    },
    [Symbol.asyncIterator]: () => message[Symbol.asyncIterator](),
  }
}

/** The headers, where HTTP/2 has `:authority` in the place of `host`. */
function headersOf({ headers }: Incoming): MockRequest['headers'] {
  const { ':authority': host, ...rest } = headers
  const plain = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith(':')))
  return host === undefined ? headers : { host: String(host), ...plain }
}

/** Sends a response, to a HEAD request without its body. */
async function send(
  { method }: Incoming,
  response: Outgoing,
  { status, headers, body, length }: MockResponse,
): Promise<void> {
  const hasBody = mayHaveBody(status)
  response.statusCode = status
  const all = { ...headers, ...(hasBody && length !== undefined && { 'content-length': length }) }
  for (const [name, value] of Object.entries(all)) if (value !== undefined) response.setHeader(name, value)
  if (method === 'HEAD' || !hasBody) {
    discard({ body })
    response.end()
  } else if (body instanceof Readable) {
    // What never ends must show its headers at once.
    if (length === undefined && 'flushHeaders' in response) response.flushHeaders()
    await pipeline(body, response).catch(() => response.destroy())
  } else response.end(body)
}

/** Cuts the connection; over HTTP/2 the one stream. */
function reset(message: Incoming): void {
  if (message instanceof Http2ServerRequest) message.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  else message.socket.resetAndDestroy()
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
