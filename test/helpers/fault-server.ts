import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A request as far as it arrived. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  /** Undefined when the server did not read it to its end. */
  body: Buffer | undefined
}

/** One request, in the hands of the step that plays the server. */
export interface Exchange {
  readonly socket: Socket
  readonly response: ServerResponse
  /** What the operation answers when all goes well, as JSON. */
  readonly answer: string
  /** Reads the request to its end. */
  read(): Promise<void>
  /** Does what was asked: the side effect that must not happen twice. */
  act(): void
}

export type Step = (exchange: Exchange) => void | Promise<void>

const SETTLE = '/settle'

/** A server that plays a script, a step a request, and counts what it was made to do. */
export class FaultServer {
  readonly #server: Server = createServer((request, response) => this.#play(request, response))
  #steps: readonly Step[] = []
  #answer = '{}'
  #received: Received[] = []
  #acts = 0

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }

  /** Resolves when the server has received what was sent before: a call that ended early can leave a request on its way. */
  async settle(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      get(`${this.url}${SETTLE}`, { agent: false }, (response) => response.resume().on('end', resolve)).on(
        'error',
        reject,
      )
    })
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the server has no port')
    return address.port
  }

  get received(): readonly Received[] {
    return this.#received
  }

  /** How often it did what was asked. */
  get acts(): number {
    return this.#acts
  }

  /** Starts a script anew. A request after the last step is answered with 599. */
  script(steps: readonly Step[], answer: unknown = {}): void {
    this.#steps = steps
    this.#answer = JSON.stringify(answer)
    this.#received = []
    this.#acts = 0
  }

  #play(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers, socket } = request
    if (url === SETTLE) return void response.end()
    const received: Received = { method, url, headers, body: undefined }
    const step = this.#steps[this.#received.push(received) - 1] ?? unscripted
    const read = async () => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      received.body = Buffer.concat(chunks)
    }
    const act = () => {
      this.#acts += 1
    }
    // A step that is cut off by the client, or by the next script, has nothing more to say.
    Promise.resolve(step({ socket, response, answer: this.#answer, read, act })).catch(() => {})
  }
}

function unscripted({ response }: Exchange): void {
  response.writeHead(599).end('no step is scripted for this request')
}
