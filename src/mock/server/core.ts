import { randomUUID } from 'node:crypto'
import { callListener } from '../../validation/call-listener.ts'
import { type ApiResult, errorResult } from '../api/api-result.ts'
import { type ApiResponse, errorResponse, HttpError } from '../api/http-error.ts'
import { appliedPreferences, type Fault, type Preferences, readPreferences } from '../api/preferences.ts'
import { drain } from '../api/request-body.ts'
import type { MockOptions } from '../options.ts'
import type { Pages } from '../page/pages.ts'
import type { ContractProxy } from '../proxy/contract-proxy.ts'
import { isForPage, storagePath, withoutSignature } from '../storage/signed-urls.ts'
import { respondFromStorage } from '../storage/storage.ts'
import { wantedError } from '../storage/storage-error.ts'
import type { PlannedFault } from '../workspace/fault-scripts.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Workspaces } from '../workspace/workspaces.ts'
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts'
import { captured, loggedResponse } from './exchange.ts'
import { faultByChance, withFault } from './faults.ts'
import { ConnectionReset, emptyResponse, jsonResponse, type MockRequest, type MockResponse } from './message.ts'
import { pause } from './pause.ts'
import { printable } from './printable.ts'
import { publicUrlOf, withoutEndSlash } from './public-url.ts'
import { type LoggedRequest, lineOf } from './request-log.ts'
import type { RequestTarget } from './request-target.ts'

/** What the log says of a request that had no response: its caller has gone, or its connection was cut before it was carried out. */
const callerGone = 499

type Response = { readonly response: MockResponse } & Pick<ApiResult, 'operationId' | 'violations'>

/** The server without a transport: makes a response of a request. The HTTP server and `mock.fetch` both call it. */
export class Core {
  readonly #workspaces: Workspaces
  readonly #pages: Pages
  readonly #options: MockOptions
  readonly #publicUrl: string | undefined
  readonly #stopping = new AbortController()

  readonly #proxy: ContractProxy | undefined

  /** With a proxy, what is not a page of this server goes through it. */
  constructor(workspaces: Workspaces, pages: Pages, options: MockOptions, proxy?: ContractProxy) {
    this.#proxy = proxy
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
      if (this.#pages.has(target.path))
        return await this.#pages.respond(request, target, workspace, this.#urlOf(request))
      return await this.#respond(request, target, workspace)
    } catch (error) {
      if (!(error instanceof HttpError)) throw error
      await drain(request)
      return withCors(request, responseOf(errorResponse(error)))
    }
  }

  /** The response to something unforeseen: 500 in the platform's form. */
  failure(request: MockRequest, error: Error): MockResponse {
    const target = printable(`${request.method} ${withoutSignature(request.url)}`)
    const stack = (error.stack ?? String(error)).split('\n').map(printable).join('\n')
    process.stderr.write(`${target} failed: ${stack}\n`)
    return withCors(request, responseOf(errorResponse(new HttpError(500, `the mock server failed: ${error.message}`))))
  }

  /** Notes a request that a workspace has seen. */
  note(workspace: Workspace, entry: LoggedRequest): void {
    // The images on the page of the server itself are nobody's requests.
    if (isForPage(entry.target)) return
    workspace.log.add(entry)
    callListener(this.#options.onRequest, entry)
    if (this.#options.quiet === false) process.stdout.write(`${lineOf(entry)}\n`)
  }

  /** Ends what waits: delays, and requests that are never responded to. */
  stop(): void {
    this.#stopping.abort()
  }

  async #respond(arrived: MockRequest, target: RequestTarget, workspace: Workspace): Promise<MockResponse> {
    const started = performance.now()
    const { request, message } = captured(arrived)
    const entry = { time: Date.now(), method: request.method, target: withoutSignature(target.text) }
    const note = (status: number, { operationId, violations, response }: Partial<Response> = {}) =>
      this.note(workspace, {
        ...entry,
        operationId,
        status,
        durationMs: Math.round(performance.now() - started),
        violations: violations ?? [],
        request: message(),
        ...(response && { response: loggedResponse(response) }),
      })
    try {
      const planned = workspace.faults.take(request, target)
      const outcome = await this.#outcome(request, target, workspace, planned).catch((error) => {
        if (!(error instanceof HttpError)) throw error
        return rejectedOutcome(request, error)
      })
      const { response } = outcome
      const headers = {
        ...corsHeaders(request.headers),
        'x-request-id': randomUUID(),
        ...(planned && { 'x-mock-fault': planned.id }),
        ...response.headers,
      }
      const complete = { ...outcome, response: { ...response, headers } }
      note(response.status, complete)
      return withFault(complete.response, outcome.fault, request.signal)
    } catch (error) {
      if (request.signal.aborted) note(callerGone)
      throw this.#stopping.signal.aborted ? new ConnectionReset() : error
    }
  }

  /** Waits, then carries the request out, unless a fault is planned in its place. */
  async #outcome(
    request: MockRequest,
    target: RequestTarget,
    workspace: Workspace,
    planned: PlannedFault | undefined,
  ): Promise<Response & { fault: Fault | undefined }> {
    const preferences = readPreferences(request.headers, target.query)
    const { faultRate = 0, random = Math.random, latency = 0 } = this.#options
    const chance = planned ? undefined : faultByChance(faultRate, random)
    const delay = planned?.delay ?? preferences.delay ?? latency
    const ends = AbortSignal.any([request.signal, this.#stopping.signal])
    if (delay > 0) await pause(delay, ends)
    if (planned?.hang) await forever(ends)
    if (planned?.reset === 'before-body') return { response: emptyResponse(callerGone), violations: [], fault: 'reset' }
    if (planned && (planned.status !== undefined || planned.retryAfter !== undefined)) {
      await drain(request)
      return { response: plannedError(planned, target), violations: [], fault: undefined }
    }
    const outcome = await this.#dispatch(request, target, preferences, workspace)
    const applied = appliedPreferences(preferences)
    const { response } = outcome
    const headers = { ...response.headers, ...(applied !== '' && { 'preference-applied': applied }) }
    const fault = preferences.fault ?? (planned ? faultOf(planned) : chance)
    return { ...outcome, response: { ...response, headers }, fault }
  }

  #urlOf(request: MockRequest): string {
    return this.#publicUrl ?? publicUrlOf(request)
  }

  async #dispatch(
    request: MockRequest,
    target: RequestTarget,
    preferences: Preferences,
    workspace: Workspace,
  ): Promise<Response> {
    if (this.#proxy) return this.#proxy.respond(request, target)
    const { state, api, credentials, prefix } = workspace
    state?.expire()
    if (state && target.path.startsWith(storagePath)) {
      const response = await respondFromStorage(request, target, preferences, state)
      // A page with `Cross-Origin-Embedder-Policy` may show the files too.
      const headers = { ...response.headers, 'cross-origin-resource-policy': 'cross-origin' }
      return { response: { ...response, headers }, violations: [] }
    }
    const { authorization } = request.headers
    const { response, ...rest } = await api.respond({
      message: request,
      target,
      publicUrl: this.#urlOf(request) + prefix,
      principal: this.#pages.principal(authorization) ?? credentials.principal(authorization),
      preferences,
    })
    return { response: responseOf(response), ...rest }
  }
}

async function rejectedOutcome(request: MockRequest, error: HttpError): Promise<Response & { fault: undefined }> {
  await drain(request)
  const { response, ...rest } = errorResult(error)
  return { ...rest, response: responseOf(response), fault: undefined }
}

/** Waits until the caller has gone or the server stops, and then throws. */
async function forever(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted()
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** The error that a fault script has in place of a response: of the API, or of object storage. */
function plannedError({ status, retryAfter, id }: PlannedFault, { path }: RequestTarget): MockResponse {
  const code = status ?? 429
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  const stored = path.startsWith(storagePath) ? wantedError(code) : undefined
  if (stored) return { ...stored, headers: { ...stored.headers, ...headers } }
  return responseOf(errorResponse(new HttpError(code, `planned by the fault script ${id}`, { headers })))
}

function faultOf({ reset, truncate, slow }: PlannedFault): Fault | undefined {
  if (reset === 'after-body') return 'reset'
  if (truncate) return 'truncate'
  return slow ? 'slow' : undefined
}

function withCors(request: MockRequest, response: MockResponse): MockResponse {
  return { ...response, headers: { ...corsHeaders(request.headers), ...response.headers } }
}

export function responseOf({ status, headers, body }: ApiResponse): MockResponse {
  return body === undefined ? emptyResponse(status, headers) : jsonResponse(body, status, headers)
}
