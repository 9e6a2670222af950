import type { Operation, OperationId } from '../../generated/operations.ts'
import { type Configuration, requireSettings } from '../configuration.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'
import type { RequestOptions } from '../options.ts'
import type { Call, CallRequest } from './call.ts'
import { type HeaderRecord, withExtraHeaders, withOwnHeaders } from './headers.ts'
import type { AnswerOf, JsonBodyOf, PathOf, QueryOf } from './operation-types.ts'
import { readJsonObject, readJsonObjectIfAny } from './read-answer.ts'
import { jsonBody, type RequestBody } from './request-body.ts'
import type { Check } from './response-check.ts'
import { serializers } from './serializers.ts'
import { Transport } from './transport.ts'

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
  readonly headers?: HeaderRecord
  /** Overrides what the description states; the option `retry` takes precedence over both. */
  readonly idempotent?: boolean | undefined
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
   * Sends an operation and returns its response.
   * @param check what the response must hold to be of use
   */
  async send<Id extends OperationId>(
    operation: Operation<Id>,
    input: OperationInput<Id>,
    options: RequestOptions = {},
    check?: Check,
  ): Promise<AnswerOf<Id>> {
    const read = readJsonObject<AnswerOf<Id>>(check)
    return (await this.transport.exchange(this.#operationCall(operation, input, options), read)).value
  }

  /** Sends an operation whose work is done once the status says so, and returns its response, if it has a body. */
  async sendAction<Id extends OperationId>(
    operation: Operation<Id>,
    input: OperationInput<Id>,
    options: RequestOptions = {},
    check?: Check,
  ): Promise<AnswerOf<Id> | undefined> {
    const read = readJsonObjectIfAny<AnswerOf<Id>>(check)
    return (await this.transport.exchange(this.#operationCall(operation, input, options), read)).value
  }

  /**
   * The whole call of a request, with its clocks and counts. Written out field by field: spreading objects costs more than
   * all else here.
   * @param described whether the description states that it is idempotent
   * @param movesFile such a call may take its time, but not stand still
   */
  call(request: CallRequest, options: RequestOptions, described: boolean, movesFile: boolean): Call {
    requireSettings(options)
    const { configuration } = this
    const mode = options.retry ?? configuration.retry ?? 'auto'
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
      idempotent: described || mode === 'always',
      maxRetries: mode === 'never' ? 0 : (options.maxRetries ?? configuration.maxRetries),
      timeout: movesFile ? undefined : (options.timeout ?? configuration.timeout),
      idleTimeout: movesFile ? (options.idleTimeout ?? configuration.idleTimeout) : undefined,
      deadlineAt: performance.now() + (options.totalTimeout ?? configuration.totalTimeout),
      signal: options.signal,
    }
  }

  #operationCall<Id extends OperationId>(
    operation: Operation<Id>,
    input: OperationInput<Id>,
    options: RequestOptions,
  ): Call {
    const { upload, json } = input
    const body = upload ?? (json === undefined ? undefined : jsonBody(json))
    const request: CallRequest = {
      operationId: operation.id,
      method: operation.method,
      url: this.#url(operation, input, options),
      headers: withExtraHeaders(withOwnHeaders(this.configuration.headers, input.headers), options.headers),
      body,
      authorized: true,
      redirect: body?.redirect ?? 'manual',
    }
    return this.call(request, options, input.idempotent ?? operation.idempotent, upload !== undefined)
  }

  #url<Id extends OperationId>(
    { id, path }: Operation<Id>,
    input: OperationInput<Id>,
    options: RequestOptions,
  ): string {
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
