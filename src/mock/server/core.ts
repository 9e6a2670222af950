import { randomUUID } from 'node:crypto'
import { type Answer, answerTo, Refusal } from '../api/answer.ts'
import type { ApiAnswer } from '../api/api-answer.ts'
import { type Preferences, readPreferences } from '../api/preferences.ts'
import type { MockOptions } from '../options.ts'
import type { Pages } from '../page/pages.ts'
import { isForPage, storagePath } from '../storage/signed-urls.ts'
import { answerStorage } from '../storage/storage.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Workspaces } from '../workspace/workspaces.ts'
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts'
import { faultByChance, withFault } from './faults.ts'
import { emptyResponse, jsonResponse, type MockRequest, type MockResponse } from './message.ts'
import { pause } from './pause.ts'
import { publicUrlOf, withoutEndSlash } from './public-url.ts'
import { type LoggedRequest, lineOf, withoutSignature } from './request-log.ts'
import type { RequestTarget } from './request-target.ts'

/** What the log says of a request whose caller went away before the response. */
const callerGone = 499

type Response = { readonly response: MockResponse } & Pick<ApiAnswer, 'operationId' | 'violations'>

/** The server without a transport: makes a response of a request. The HTTP server and `mock.fetch` both call it. */
export class Core {
  readonly #workspaces: Workspaces
  readonly #pages: Pages
  readonly #options: MockOptions
  readonly #publicUrl: string | undefined

  constructor(workspaces: Workspaces, pages: Pages, options: MockOptions) {
    this.#workspaces = workspaces
    this.#pages = pages
    this.#options = options
    this.#publicUrl = options.publicUrl === undefined ? undefined : withoutEndSlash(options.publicUrl)
  }

  /** Throws a `ConnectionReset` in place of a response, and the reason of the request's signal when its caller has gone. */
  async respond(request: MockRequest): Promise<MockResponse> {
    try {
      const { workspace, target } = this.#workspaces.select(request)
      if (isPreflight(request)) return emptyResponse(204, preflightHeaders(request))
      if (this.#pages.has(target.path)) return await this.#pages.respond(request, target, workspace)
      return await this.#respond(request, target, workspace)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return withCors(request, responseOf(answerTo(error)))
    }
  }

  /** The response to something unforeseen: 500 in the platform's form. */
  failure(request: MockRequest, error: Error): MockResponse {
    process.stderr.write(`${request.method} ${withoutSignature(request.url)} failed: ${error.stack ?? error}\n`)
    return withCors(request, responseOf(answerTo(new Refusal(500, `the mock server failed: ${error.message}`))))
  }

  /** Notes a request that a workspace has seen. */
  note(workspace: Workspace, entry: LoggedRequest): void {
    // The images on the page of the server itself are nobody's requests.
    if (isForPage(entry.target)) return
    workspace.log.add(entry)
    this.#options.onRequest?.(entry)
    if (this.#options.quiet === false) process.stdout.write(`${lineOf(entry)}\n`)
  }

  async #respond(request: MockRequest, target: RequestTarget, workspace: Workspace): Promise<MockResponse> {
    const started = performance.now()
    const entry = { time: Date.now(), method: request.method, target: withoutSignature(target.text) }
    const note = (status: number, { operationId, violations }: Omit<Response, 'response'> = { violations: [] }) =>
      this.note(workspace, {
        ...entry,
        operationId,
        status,
        durationMs: Math.round(performance.now() - started),
        violations,
      })
    const preferences = readPreferences(request.headers, target.query)
    const { faultRate = 0, random = Math.random, latency = 0 } = this.#options
    const fault = preferences.fault ?? faultByChance(faultRate, random)
    try {
      const delay = preferences.delay ?? latency
      if (delay > 0) await pause(delay, request.signal)
      const { response, ...seen } = await this.#dispatch(request, target, preferences, workspace)
      note(response.status, seen)
      const headers = { ...corsHeaders(request.headers), 'x-request-id': randomUUID(), ...response.headers }
      return withFault({ ...response, headers }, fault, request.signal)
    } catch (error) {
      if (request.signal.aborted) note(callerGone)
      throw error
    }
  }

  async #dispatch(
    request: MockRequest,
    target: RequestTarget,
    preferences: Preferences,
    workspace: Workspace,
  ): Promise<Response> {
    const { world, api, credentials, prefix } = workspace
    world?.expire()
    if (world && target.path.startsWith(storagePath)) {
      return { response: await answerStorage(request, target, preferences, world), violations: [] }
    }
    const { authorization } = request.headers
    const { answer, ...rest } = await api.answer({
      message: request,
      target,
      publicUrl: (this.#publicUrl ?? publicUrlOf(request)) + prefix,
      principal: this.#pages.principal(authorization) ?? credentials.principal(authorization),
      preferences,
    })
    return { response: responseOf(answer), ...rest }
  }
}

function withCors(request: MockRequest, response: MockResponse): MockResponse {
  return { ...response, headers: { ...corsHeaders(request.headers), ...response.headers } }
}

function responseOf({ status, headers, body }: Answer): MockResponse {
  return body === undefined ? emptyResponse(status, headers) : jsonResponse(body, status, headers)
}
