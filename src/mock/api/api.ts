import { callListener } from '../../validation/call-listener.ts'
import { isOperationId, type OperationId } from '../description.ts'
import { handlers } from '../handlers/handlers.ts'
import type { MockState } from '../mock-state.ts'
import { routablePath } from './api-path.ts'
import type { ApiRequest } from './api-request.ts'
import { type ApiResult, errorResult, unauthorized, withViolations, withWarnings } from './api-result.ts'
import { dispatch } from './dispatch.ts'
import { badRequest, errorResponse, HttpError, httpErrorOf } from './http-error.ts'
import { type Preferences, wantsExample } from './preferences.ts'
import type { Principal } from './principal.ts'
import type { Failure, Operation, Outcome, PrismEngine, PrismRequest } from './prism.ts'
import { prismRequestOf } from './prism-request.ts'
import { queryViolations } from './query-violations.ts'
import { readBody } from './read-body.ts'
import { drain, type ReadBody } from './request-body.ts'
import type { Violation } from './violation.ts'

/** A response of the store that violates the description. */
export interface ResponseViolation {
  readonly operationId: OperationId
  readonly status: number
  readonly violations: readonly Violation[]
}

/** Responds to requests to the API from the store, or with examples where there is no store. */
export class Api {
  readonly #prism: PrismEngine
  /** Absent in static mode. */
  readonly #state: MockState | undefined
  readonly #strict: boolean
  readonly #onViolation: ((violation: ResponseViolation) => void) | undefined

  constructor(
    prism: PrismEngine,
    state: MockState | undefined,
    { strict, onViolation }: { strict: boolean; onViolation: ((violation: ResponseViolation) => void) | undefined },
  ) {
    this.#prism = prism
    this.#state = state
    this.#strict = strict
    this.#onViolation = onViolation
  }

  async respond(request: ApiRequest): Promise<ApiResult> {
    const { message, target } = request
    const method = message.method === 'HEAD' ? 'GET' : message.method
    const path = routablePath(target.path)
    const routed = await this.#prism.route(method, path)
    if ('failure' in routed) {
      await drain(message)
      return this.#unrouted(routed.failure.status, path, method)
    }
    const { operation } = routed
    const id = operation.iid
    if (id === undefined || !isOperationId(id))
      throw new Error(`the description has an operation without a name: ${id}`)
    try {
      return await this.#respondTo(id, operation, path, request)
    } catch (error) {
      const httpError = httpErrorOf(error)
      if (httpError) return errorResult(httpError, id)
      throw error
    }
  }

  async #respondTo(id: OperationId, operation: Operation, path: string, request: ApiRequest): Promise<ApiResult> {
    const { message, principal, preferences } = request
    const isStored = !wantsExample(preferences) && handlers[id] !== undefined
    const state = isStored ? this.#state : undefined
    const body = await readBody(id, message, principal && state?.blobs)
    const found = queryViolations(operation, request.target.query)
    const isError = ({ severity }: Violation) => this.#strict || severity === 'Error'
    const read = { ...body, violations: [...body.violations, ...found.filter(isError)] }
    const warnings = found.filter((violation) => !isError(violation))
    try {
      // The caller may have gone while the last bytes arrived, and then nothing is to happen.
      message.signal.throwIfAborted()
      const prismRequest = prismRequestOf(operation, path, request, read)
      if (state === undefined) {
        const outcome = await this.#example(operation, prismRequest, preferences)
        return withWarnings(this.#settle(id, outcome, read, principal), warnings)
      }
      let dispatched: ApiResult | undefined
      const outcome = await this.#prism.handle(operation, prismRequest, () => {
        dispatched = dispatch(id, state, path, request, read)
        return dispatched.response
      })
      const settled = this.#settle(id, outcome, read, principal)
      const all = settled.violations.length > 0 ? settled : { ...settled, violations: dispatched?.violations ?? [] }
      return withWarnings(all, warnings)
    } finally {
      if (read.upload && !read.upload.taken) state?.release(read.upload.content)
    }
  }

  /** Makes a response of the result of Prism: rejects invalid requests, and reports violations of the response. */
  #settle(
    id: OperationId,
    outcome: Outcome | Failure,
    { violations }: ReadBody,
    principal: Principal | undefined,
  ): ApiResult {
    if ('failure' in outcome) {
      const { status, message } = outcome.failure
      return errorResult(new HttpError(status, message), id)
    }
    if (principal === undefined && outcome.requestViolations.some(({ code }) => code === 401)) {
      return errorResult(unauthorized(), id)
    }
    const prisms = outcome.requestViolations.filter((prisms) => {
      return prisms.severity === 'Error' && !violations.some((own) => isSaidBetter(prisms, own))
    })
    const faults = [...violations, ...prisms]
    if (faults.length > 0) {
      const isType = faults.every(({ code }) => code === 415)
      const httpError = badRequest(faults)
      return errorResult(isType ? new HttpError(415, faults[0]?.message ?? '', { violations: faults }) : httpError, id)
    }
    return this.#checked(id, outcome)
  }

  #checked(operationId: OperationId, { response, responseViolations }: Outcome): ApiResult {
    const wrong = responseViolations.filter(({ severity }) => severity === 'Error')
    if (wrong.length === 0) return { response, operationId, violations: [] }
    callListener(this.#onViolation, { operationId, status: response.status, violations: wrong })
    if (this.#strict) {
      const httpError = new HttpError(500, `the response of ${operationId} violates the description`, {
        violations: wrong,
      })
      return errorResult(httpError, operationId)
    }
    return { response: withViolations(response, wrong), operationId, violations: wrong }
  }

  /** Also a status that the description does not have can be asked for: any server can respond with 503. */
  async #example(operation: Operation, request: PrismRequest, wishes: Preferences): Promise<Outcome | Failure> {
    const { code } = wishes
    if (code === undefined || operation.responses.some((response) => response.code === String(code))) {
      return this.#prism.example(operation, request, wishes)
    }
    const headers = code === 429 || code === 503 ? { 'retry-after': '1' } : {}
    const httpError = new HttpError(code, `asked for with Prefer: code=${code}`, { headers })
    return this.#prism.handle(operation, request, () => errorResponse(httpError))
  }

  /** Responds that a path does not exist, or with the methods that it supports. */
  async #unrouted(status: number, path: string, method: string): Promise<ApiResult> {
    if (status !== 405) return errorResult(new HttpError(404, `there is no ${path}`))
    const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH']
    const routes = await Promise.all(methods.map((name) => this.#prism.route(name, path)))
    const found = methods.filter((_, index) => 'operation' in (routes[index] ?? {}))
    const allowed = found.flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name])).join(', ')
    if (method === 'OPTIONS') {
      return { response: { status: 204, headers: { allow: `${allowed}, OPTIONS` }, body: undefined }, violations: [] }
    }
    return errorResult(
      new HttpError(405, `${method} is not possible here, only ${allowed}`, { headers: { allow: allowed } }),
    )
  }
}

/**
 * Whether a fault of ours takes the place of one of Prism's. What we say of a body is more exact than what Prism says
 * of the placeholder in its stead; of the query we speak parameter by parameter.
 */
function isSaidBetter(prisms: Violation, own: Violation): boolean {
  const [, part, name] = own.location
  if (part === 'query') return prisms.location[1] === part && prisms.location[2] === name
  return prisms.location.length === 1 || prisms.location[1] === part
}
