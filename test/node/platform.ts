import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { answerOf } from './platform-api.ts'
import { PlatformState } from './platform-state.ts'
import { answerFromStorage } from './storage.ts'

/** The Datalake API and its object storage, in memory, on one port of this machine. */
export class Platform extends PlatformState {
  #atOnce = 0
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  static async start(): Promise<Platform> {
    const platform = new Platform()
    await new Promise<void>((resolve) => platform.#server.listen(0, '127.0.0.1', resolve))
    const address = platform.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the server has no port')
    platform.url = `http://127.0.0.1:${address.port}`
    return platform
  }

  /** How many requests are being answered now. */
  get underWay(): number {
    return this.#atOnce
  }

  stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    return closed
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#atOnce += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce)
    response.on('close', () => {
      this.#atOnce -= 1
    })
    const { method = '', url = '', headers } = request
    this.requests.push(`${method} ${url}`)
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk)
    } catch {
      return
    }
    await delay(this.faults.latencyMs)
    if (url.startsWith('/storage/')) return answerFromStorage(this, request, response)
    const answer =
      this.faults.answer?.({ method, url, headers }) ?? (await answerOf(this, request, Buffer.concat(chunks)))
    await delay(this.faults.answerDelayMs)
    if (this.faults.loseAnswer && method === 'POST') {
      this.faults.loseAnswer = false
      response.destroy()
      return
    }
    const body = JSON.stringify(answer.json ?? {})
    const date = this.now().toUTCString()
    response.writeHead(answer.status, { 'content-type': 'application/json', date, ...answer.headers })
    response.end(body)
  }
}

async function delay(ms: number | undefined): Promise<void> {
  if (ms) await new Promise((resolve) => setTimeout(resolve, ms))
}
