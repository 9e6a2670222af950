import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Core } from './core.ts'
import { refuseMalformed } from './malformed.ts'
import { ConnectionReset, discard, type MockRequest, type MockResponse, mayHaveBody } from './message.ts'
import type { LoggedRequest } from './request-log.ts'

/** The HTTP transport of the server, on a port. */
export class MockServer {
  readonly #core: Core
  readonly #server: Server

  /** `note` is called for what never became a request. */
  constructor(core: Core, note: (entry: LoggedRequest) => void) {
    this.#core = core
    // A large upload may take as long as it takes.
    this.#server = createServer({ requestTimeout: 0 }, (message, response) => void this.#handle(message, response))
    this.#server.on('clientError', (error, socket) => {
      const entry = refuseMalformed(error, socket)
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

  /** Ends every connection, finished or not. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve, reject) => {
      this.#server.close((error) => (error ? reject(error) : resolve()))
    })
    this.#server.closeAllConnections()
    await closed
  }

  async #handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    // A connection that breaks is the client's affair.
    response.on('error', () => undefined)
    const request = requestOf(message, response)
    try {
      await send(message, response, await this.#core.respond(request))
    } catch (error) {
      if (error instanceof ConnectionReset) reset(message)
      else if (request.signal.aborted || (message.destroyed && !message.complete)) response.destroy()
      else if (response.headersSent) response.destroy()
      else await send(message, response, this.#core.failure(request, asError(error)))
    }
  }
}

function requestOf(message: IncomingMessage, response: ServerResponse): MockRequest {
  const { method = 'GET', url = '/', headers, socket } = message
  const gone = new AbortController()
  const leave = () => gone.abort()
  // The response itself has no socket yet while the one before it on the same connection is being finished.
  if (socket.destroyed) leave()
  socket.once('close', leave)
  response.once('close', () => socket.off('close', leave))
  return {
    ...{ method, url, headers, scheme: 'http', authority: `localhost:${socket.localPort}`, signal: gone.signal },
    get complete() {
      return message.complete
    },
    [Symbol.asyncIterator]: () => message[Symbol.asyncIterator](),
  }
}

/** Sends a response, to a HEAD request without its body. */
async function send(
  { method }: IncomingMessage,
  response: ServerResponse,
  { status, headers, body, length }: MockResponse,
): Promise<void> {
  const hasBody = mayHaveBody(status)
  response.writeHead(status, { ...headers, ...(hasBody && length !== undefined && { 'content-length': length }) })
  if (method === 'HEAD' || !hasBody) {
    discard({ body })
    response.end()
  } else if (body instanceof Readable) await pipeline(body, response).catch(() => response.destroy())
  else response.end(body)
}

/** Cuts the connection. */
function reset({ socket }: IncomingMessage): void {
  socket.resetAndDestroy()
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
