import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, answerTo, Refusal } from '../api/answer.ts'
import type { Api } from '../api/api.ts'
import type { ApiAnswer } from '../api/api-answer.ts'
import type { CredentialCheck } from '../api/credential-check.ts'
import { type Preferences, readPreferences } from '../api/preferences.ts'
import type { MockOptions } from '../options.ts'
import type { Pages } from '../page/pages.ts'
import { isForPage, storagePath } from '../storage/signed-urls.ts'
import { answerStorage } from '../storage/storage.ts'
import type { World } from '../world.ts'
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts'
import { faultByChance } from './faults.ts'
import { refuseMalformed } from './malformed.ts'
import { pause } from './pause.ts'
import { publicUrlOf, withoutEndSlash } from './public-url.ts'
import { type LoggedRequest, lineOf, type RequestLog, withoutSignature } from './request-log.ts'
import { type RequestTarget, requestTargetOf } from './request-target.ts'
import { discard, type Outgoing, send } from './send.ts'

/** What answers requests. */
export interface ServerParts {
  readonly api: Api
  /** Absent in static mode. */
  readonly world: World | undefined
  readonly pages: Pages
  readonly credentials: CredentialCheck
  readonly log: RequestLog
  readonly options: MockOptions
}

/** The HTTP server in front of everything: it takes requests of any size, and knows what goes where. */
export class MockServer {
  readonly #parts: ServerParts
  readonly #server: Server
  readonly #publicUrl: string | undefined

  constructor(parts: ServerParts) {
    this.#parts = parts
    const { publicUrl } = parts.options
    this.#publicUrl = publicUrl === undefined ? undefined : withoutEndSlash(publicUrl)
    // A large upload may take as long as it takes.
    this.#server = createServer({ requestTimeout: 0 }, (request, response) => this.#handle(request, response))
    this.#server.on('clientError', (error, socket) => {
      const entry = refuseMalformed(error, socket)
      if (entry) this.#log(entry)
    })
  }

  async listen(port: number, host: string): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, resolve)
    })
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the mock server has no port')
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

  #handle(request: IncomingMessage, response: ServerResponse): void {
    // A connection that breaks is the client's affair.
    response.on('error', () => undefined)
    this.#respond(request, response).catch((error: Error) => this.#fail(request, response, error))
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = requestTargetOf(request.url ?? '/')
    if (isPreflight(request)) {
      return send(response, { status: 204, headers: preflightHeaders(request), body: Buffer.alloc(0), length: 0 })
    }
    if (this.#parts.pages.has(target.path)) {
      return this.#parts.pages.answer(request, response, target.path)
    }
    const started = performance.now()
    const time = Date.now()
    const preferences = readPreferences(request.headers, target.query)
    const { faultRate = 0, random = Math.random, latency = 0 } = this.#parts.options
    const fault = preferences.fault ?? faultByChance(faultRate, random)
    const isHead = request.method === 'HEAD'
    const { outgoing, operationId, violations } = await this.#answer(request, target, preferences)
    const delay = preferences.delay ?? latency
    const isThere = delay > 0 ? await pause(response, delay) : true
    this.#note({ request, time, started, status: outgoing.status, operationId, violations })
    if (!isThere) return discard(outgoing)
    const headers = { ...corsHeaders(request.headers), 'x-request-id': randomUUID(), ...outgoing.headers }
    await send(response, { ...outgoing, headers }, { fault, isHead })
  }

  async #answer(
    request: IncomingMessage,
    target: RequestTarget,
    preferences: Preferences,
  ): Promise<{ outgoing: Outgoing } & Pick<ApiAnswer, 'operationId' | 'violations'>> {
    const { world, api, credentials, pages } = this.#parts
    world?.expire()
    if (world && target.path.startsWith(storagePath)) {
      return { outgoing: await answerStorage(request, target, preferences, world), violations: [] }
    }
    const { authorization } = request.headers
    const { answer, ...rest } = await api.answer({
      message: request,
      target,
      publicUrl: this.#publicUrl ?? publicUrlOf(request),
      principal: pages.principal(authorization) ?? credentials.principal(authorization),
      preferences,
    })
    return { outgoing: outgoingOf(answer), ...rest }
  }

  #note(seen: {
    request: IncomingMessage
    time: number
    started: number
    status: number
    operationId: ApiAnswer['operationId']
    violations: ApiAnswer['violations']
  }): void {
    this.#log({
      time: seen.time,
      method: seen.request.method ?? 'GET',
      target: withoutSignature(seen.request.url ?? '/'),
      operationId: seen.operationId,
      status: seen.status,
      durationMs: Math.round(performance.now() - seen.started),
      violations: seen.violations,
    })
  }

  #log(entry: LoggedRequest): void {
    const { log, options } = this.#parts
    // The images on the page of the server itself are nobody's requests.
    if (isForPage(entry.target)) return
    log.add(entry)
    options.onRequest?.(entry)
    if (options.quiet === false) process.stdout.write(`${lineOf(entry)}\n`)
  }

  /** Something that nobody thought of: 500 in the platform's form, unless the client is gone or has half an answer. */
  #fail(request: IncomingMessage, response: ServerResponse, error: Error): void {
    if (request.destroyed && !request.complete) return
    if (response.headersSent) {
      response.destroy()
      return
    }
    process.stderr.write(`${request.method} ${withoutSignature(request.url ?? '/')} failed: ${error.stack ?? error}\n`)
    const { status, headers, body, length } = outgoingOf(
      answerTo(new Refusal(500, `the mock server failed: ${error.message}`)),
    )
    response.writeHead(status, { ...corsHeaders(request.headers), ...headers, 'content-length': length }).end(body)
  }
}

function outgoingOf({ status, headers, body }: Answer): Outgoing & { readonly body: Buffer } {
  const text = body === undefined ? '' : JSON.stringify(body)
  const bytes = Buffer.from(text)
  return { status, headers, body: bytes, length: bytes.length }
}
