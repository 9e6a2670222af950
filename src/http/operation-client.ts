import { type OperationId, operations, type RetryClass } from '../../generated/operations.ts'
import { type Configuration, requireSettings } from '../configuration.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'
import type { RequestOptions } from '../options.ts'
import type { Call, CallRequest } from './call.ts'
import { type HeaderRecord, requireOwnHeader, withExtraHeaders, withOwnHeaders } from './headers.ts'
import type { AnswerOf, JsonBodyOf, PathOf, QueryOf } from './operation-types.ts'
import { isJson } from './raw-body.ts'
import { readJsonObject } from './read-answer.ts'
import { jsonBody, type RequestBody } from './request-body.ts'
import { serializers } from './serializers.ts'
import { Transport } from './transport.ts'
import { uploadRedirect } from './upload-redirect.ts'

/** How many calls were made so far, by all clients: the number of the next. */
let calls = 0

/** What one call of an operation sends. */
export interface OperationInput<Id extends OperationId> {
  /** The ids, without the organization, which is the client's or the call's. */
  readonly path?: PathOf<Id>
  readonly query?: QueryOf<Id> | undefined
  readonly json?: JsonBodyOf<Id>
  readonly upload?: RequestBody
  /** Headers of this operation, checked already. */
  readonly headers?: Readonly<Record<string, string>>
  /** In place of what the description states; the caller's options stand over it. */
  readonly retry?: RetryClass | undefined
  /** Told how many bytes of the body went out, piece by piece; each attempt starts anew. */
  readonly onSent?: ((count: number) => void) | undefined
}

/** A request that openapi-fetch has made. */
export interface RawRequest {
  /** Undefined when it stands in no description. */
  readonly operationId: OperationId | undefined
  readonly request: Request
  readonly signal: AbortSignal | undefined
  readonly body: RequestBody | undefined
}

/** Sends operations of the description: what the resources stand on. */
export class OperationClient {
  readonly configuration: Configuration
  readonly transport: Transport

  constructor(configuration: Configuration) {
    this.configuration = configuration
    this.transport = new Transport(configuration)
  }

  /**
   * Sends an operation and returns its answer.
   * @param field what the answer must hold to be of use
   */
  async send<Id extends OperationId>(
    id: Id,
    input: OperationInput<Id>,
    options: RequestOptions = {},
    field?: keyof AnswerOf<Id> & string,
  ): Promise<AnswerOf<Id>> {
    const read = readJsonObject<AnswerOf<Id>>(field)
    return (await this.transport.exchange(this.#operationCall(id, input, options), read)).value
  }

  /**
   * Sends an operation that answers a page of a list, and returns that answer.
   * @param field what holds the items
   */
  async sendList<Id extends OperationId>(
    id: Id,
    input: OperationInput<Id>,
    options: RequestOptions,
    field: keyof AnswerOf<Id> & string,
  ): Promise<AnswerOf<Id>> {
    const read = readJsonObject<AnswerOf<Id>>(field, true)
    return (await this.transport.exchange(this.#operationCall(id, input, options), read)).value
  }

  /** A request of `abeja.api`. */
  rawCall({ operationId, request, signal, body }: RawRequest): Call {
    const { method, url } = request
    const movesFile = body !== undefined && !isJson(request)
    if (new URL(url).origin !== new URL(this.configuration.baseUrl).origin) {
      throw new InvalidRequestError('abeja.api sends the credential, and does so to the base URL of the client alone.')
    }
    // In no description: then only what is safe is made again.
    const described = operationId ? operations[operationId].retry : method === 'GET' ? 'always' : 'not-acted'
    const own = Object.fromEntries(request.headers)
    for (const name in own) if (name !== 'content-type') requireOwnHeader(name)
    const headers = withOwnHeaders(this.configuration.headers, own)
    const redirect = movesFile ? uploadRedirect() : 'manual'
    const sent = { operationId, method, url, headers, body, authorized: true, redirect, onSent: undefined } as const
    return this.#call(sent, { signal }, described, movesFile)
  }

  /**
   * The call of a presigned URL of a file: byte for byte, without the credential and without any header of ours.
   * @param id the operation that answered the URL
   */
  presignedCall(id: OperationId, url: string, headers: HeaderRecord, options: RequestOptions): Call {
    const request = { operationId: id, method: 'GET', url, headers, body: undefined, onSent: undefined } as const
    return this.#call({ ...request, authorized: false, redirect: 'follow' }, options, 'always', true)
  }

  #operationCall<Id extends OperationId>(id: Id, input: OperationInput<Id>, options: RequestOptions): Call {
    const { method, retry } = operations[id]
    const { upload, json, onSent } = input
    const request: CallRequest = {
      operationId: id,
      method,
      url: this.#url(id, input, options),
      headers: withExtraHeaders(withOwnHeaders(this.configuration.headers, input.headers), options.headers),
      body: upload ?? (json === undefined ? undefined : jsonBody(json)),
      authorized: true,
      redirect: upload ? uploadRedirect() : 'manual',
      onSent,
    }
    return this.#call(request, options, input.retry ?? retry, upload !== undefined)
  }

  /**
   * The whole call, with its clocks and counts. One that moves a file may take its time, but not stand still. Written out
   * field by field: spreading objects costs more than all else here.
   */
  #call(request: CallRequest, options: RequestOptions, described: RetryClass, movesFile: boolean): Call {
    requireSettings(options)
    const { configuration } = this
    const mode = options.retry ?? configuration.retry ?? described
    // What is never made again by choice may still be made again safely, and its errors say so.
    const isNever = mode === 'never'
    calls += 1
    return {
      id: calls,
      operationId: request.operationId,
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: request.body,
      authorized: request.authorized,
      redirect: request.redirect,
      onSent: request.onSent,
      retry: isNever ? described : mode,
      maxRetries: isNever ? 0 : (options.maxRetries ?? configuration.maxRetries),
      timeout: movesFile ? undefined : (options.timeout ?? configuration.timeout),
      idleTimeout: movesFile ? (options.idleTimeout ?? configuration.idleTimeout) : undefined,
      deadlineAt: performance.now() + (options.deadline ?? configuration.deadline),
      signal: options.signal,
    }
  }

  #url<Id extends OperationId>(id: Id, input: OperationInput<Id>, options: RequestOptions): string {
    const { path } = operations[id]
    const ids: Record<string, unknown> = { ...input.path }
    if (path.includes('{organization_id}')) ids.organization_id = this.#organization(options)
    const url = `${this.configuration.baseUrl}${serializers.pathSerializer(path, ids)}`
    try {
      const search = input.query === undefined ? '' : serializers.querySerializer(input.query)
      return search === '' ? url : `${url}?${search}`
    } catch (cause) {
      throw new InvalidRequestError(`${id}: a parameter cannot be written into a URL.`, { operationId: id, cause })
    }
  }

  #organization(options: RequestOptions): string {
    const id = options.organizationId ?? this.configuration.organizationId
    if (id !== undefined) return id
    throw new InvalidRequestError(
      'The organization is missing: pass organizationId to the client or the call, or set ABEJA_ORGANIZATION_ID.',
    )
  }
}
