import createClient, { type Client } from 'openapi-fetch'
import type { Operation } from '../../generated/operations.ts'
import type { paths } from '../../generated/schema.d.ts'
import { InvalidRequestError, InvalidResponseError, isAbejaError } from '../errors/errors.ts'
import { type KeysOf, knownKeys } from '../validation/known-keys.ts'
import { type ClientSettings, REQUEST_OPTIONS, type RequestOptions } from './call.ts'
import { type ExtraHeaders, type HeaderRecord, withExtraHeaders, withOwnHeaders } from './headers.ts'
import { serializePath, serializeQuery } from './parameters.ts'
import { type JsonContent, readJson } from './read-response.ts'
import { sanitizeUnknownError } from './redaction.ts'
import { type RequestBody, serializeJson, wholeBody } from './request-body.ts'
import type { Check } from './response-check.ts'
import { Transport } from './transport.ts'

/** What a call of the openapi-fetch client needs beside its parameters. */
interface CallDetails {
  /** Undefined when the call is not in the description. */
  readonly operation: Operation | undefined
  readonly options: RequestOptions
  /** Checks what the response must hold to be of use. */
  readonly check?: Check | undefined
  /** Whether the work is done once the status says so, and the response may have no body. */
  readonly mayBeEmpty?: boolean | undefined
  /** A file, instead of a JSON body. */
  readonly upload?: RequestBody | undefined
  /** Headers of the operation, already checked. */
  readonly headers?: HeaderRecord | undefined
  /** Overrides what the description states. The option `retry` overrides both. */
  readonly idempotent?: boolean | undefined
  /** Query parameters that the description does not list. */
  readonly undocumented?: readonly string[] | undefined
}

const DETAILS = Symbol('details')

/** Returns the response of an operation: it was checked, unless a middleware put another one in its place. */
export async function dataOf<Data>(result: Promise<{ readonly data?: Data }>): Promise<Data> {
  const { data } = await result
  if (data === undefined) throw new InvalidResponseError('The response has no body.')
  return data
}

/** The init of an operation, with the organization in its path. */
type OperationInit<Params> = {
  readonly params: Params & { readonly path: { readonly organization_id: string } }
  readonly [DETAILS]: CallDetails
}

/** The init of a call. Callers of `abeja.api` pass the options of the call in it. */
interface ApiInit extends RequestOptions {
  readonly [DETAILS]?: CallDetails
  readonly baseUrl?: string
  readonly body?: unknown
  readonly middleware?: readonly unknown[]
  readonly params?: {
    readonly header?: ExtraHeaders
    readonly path?: Record<string, unknown>
    readonly query?: Record<string, unknown>
  }
  readonly parseAs?: unknown
  readonly querySerializer?: unknown
}

/** Everything else in the init of openapi-fetch is decided by the client. */
const API_OPTIONS: KeysOf<ApiInit> = {
  ...REQUEST_OPTIONS,
  baseUrl: true,
  body: true,
  middleware: true,
  params: true,
  parseAs: true,
  querySerializer: true,
}

const PARAMS = ['cookie', 'header', 'path', 'query']
const PARSE_AS: readonly unknown[] = ['arrayBuffer', 'blob', 'json', 'stream', 'text']

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']

/** The openapi-fetch client that every operation goes through: the `fetch` it is given does everything that is hard. */
export class ApiClient {
  readonly api: Client<paths>
  readonly transport: Transport
  readonly #operations: readonly Operation[]
  readonly #origin: string
  #hasMiddleware = false

  /** @param operations those that `abeja.api` knows; the resources pass theirs with each call */
  constructor(settings: ClientSettings, operations: readonly Operation[] = []) {
    this.transport = new Transport(settings)
    this.#operations = operations
    this.#origin = new URL(settings.baseUrl).origin
    this.api = this.#createApi(settings.baseUrl)
  }

  /**
   * Returns the init of an operation of a resource. The organization of the call, or of the client, is added to the path.
   * Throws `InvalidRequestError` for unknown options.
   */
  init<Params extends { readonly path?: object; readonly query?: object }>(
    operation: Operation,
    given: RequestOptions | null | undefined,
    params: Params,
    details: Omit<CallDetails, 'operation' | 'options'>,
  ): OperationInit<Params> {
    const options = knownKeys(given, REQUEST_OPTIONS, 'option', InvalidRequestError)
    const path = { ...this.#organization(operation, options), ...params.path }
    return { params: { ...params, path }, [DETAILS]: { ...details, operation, options } }
  }

  #organization({ path }: Operation, options: RequestOptions): { organization_id: string } {
    const organization_id = options.organizationId ?? this.transport.settings.organizationId
    if (organization_id !== undefined) return { organization_id }
    if (!path.includes('{organization_id}')) return { organization_id: '' }
    throw new InvalidRequestError(
      'The organization is missing. Pass organizationId to the client or the call, or set ABEJA_ORGANIZATION_ID.',
    )
  }

  #createApi(baseUrl: string): Client<paths> {
    const api = createClient<paths>({
      baseUrl,
      bodySerializer: serializeJson,
      pathSerializer: serializePath,
      querySerializer: serializeQuery,
    })
    const { request, use } = api
    const call = (method: string, path: string, init?: ApiInit) => this.#call(request, method, path, init ?? {})
    const methods = METHODS.map((method) => [method, (path: string, init?: ApiInit) => call(method, path, init)])
    return Object.assign(api, Object.fromEntries(methods), {
      request: (method: string, path: string, init?: ApiInit) => call(method.toUpperCase(), path, init),
      use: (...middleware: Parameters<typeof use>) => {
        this.#hasMiddleware = true
        use(...middleware)
      },
    })
  }

  /** Sends through openapi-fetch. What it or a middleware throws becomes an error of the package. */
  async #call(request: (...args: never) => unknown, method: string, path: string, given: ApiInit): Promise<unknown> {
    try {
      return await Reflect.apply(request, undefined, [method, path, this.#init(method, path, given)])
    } catch (error) {
      if (isAbejaError(error)) throw error
      const cause = sanitizeUnknownError(error)
      throw new InvalidRequestError(`${method} ${path}: openapi-fetch or a middleware failed: ${cause.message}.`, {
        cause,
      })
    }
  }

  #init(method: string, path: string, given: ApiInit): object {
    const details = given[DETAILS] ?? this.#apiDetails(method, path, given)
    const { baseUrl, body, middleware = [], params, parseAs = 'json', querySerializer } = given
    const json = details.upload ? undefined : body
    checkParameters(details, params?.query, json)
    const headers = withExtraHeaders(
      withOwnHeaders(this.transport.settings.headers, details.headers),
      details.options.headers,
    )
    // With the standard Request, a middleware can read and replace it; without, it costs more than all else in a call.
    const isPlain = !this.#hasMiddleware && middleware.length === 0 && parseAs === 'json'
    return {
      baseUrl,
      body: json,
      middleware,
      params: { path: params?.path ?? {}, query: params?.query ?? {} },
      querySerializer,
      // openapi-fetch calls the method of the response with this name: the body has been parsed already.
      parseAs: isPlain ? 'parsed' : parseAs,
      ...(isPlain ? { Request: PlainRequest } : { headers }),
      fetch: (request: PlainRequest | Request) => this.#fetch(request, headers, details),
    }
  }

  #apiDetails(method: string, path: string, given: ApiInit): CallDetails {
    const { baseUrl, body, middleware, params, parseAs, querySerializer, ...options } = knownKeys(
      given,
      API_OPTIONS,
      'option',
      InvalidRequestError,
    )
    if (parseAs !== undefined && !PARSE_AS.includes(parseAs)) {
      throw new InvalidRequestError(`parseAs must be ${PARSE_AS.join(', ')} (received ${String(parseAs)}).`)
    }
    knownKeys(params, PARAMS, 'parameter location', InvalidRequestError)
    const headers = withExtraHeaders({}, params?.header)
    const operation = this.#operations.find((known) => known.method === method && known.path === path)
    return { operation, options, headers, mayBeEmpty: true }
  }

  async #fetch(
    request: PlainRequest | Request,
    headers: HeaderRecord,
    { operation, options, upload, idempotent, check, mayBeEmpty }: CallDetails,
  ): Promise<Response> {
    const { method, url } = request
    if (!url.startsWith(`${this.#origin}/`)) {
      throw new InvalidRequestError('abeja.api sends the credential, so it only calls the baseUrl of the client.')
    }
    const isPlain = request instanceof PlainRequest
    const signal = isPlain ? options.signal : anySignal(options.signal, request.signal)
    const body = upload ?? (isPlain ? request.body : await standardBody(request))
    const sent = {
      operationId: operation?.id,
      method,
      url,
      headers: isPlain ? headers : Object.fromEntries(request.headers),
      body,
      authorized: true,
      redirect: body?.redirect ?? 'manual',
      // Without a description, only what is safe is sent again.
      idempotent: idempotent ?? operation?.idempotent ?? method === 'GET',
    } as const
    const maxBytes = options.maxResponseBytes ?? this.transport.settings.maxResponseBytes
    const read = readJson({ check, mayBeEmpty, maxBytes })
    const { response, value } = await this.transport.request(sent, { ...options, signal }, upload !== undefined, read)
    return isPlain ? Object.assign(response, { parsed: () => value.json }) : standardResponse(response, value)
  }
}

/** Keeps the URL and the init as they are. */
class PlainRequest {
  readonly url: string
  readonly method: string
  readonly body: RequestBody | undefined

  constructor(url: string, { method, body }: { readonly method: string; readonly body?: string }) {
    this.url = url
    this.method = method
    this.body = body === undefined ? undefined : wholeBody(body, { 'content-type': 'application/json' })
  }
}

/** A middleware may have put another request in place of the first, with a signal of its own. */
function anySignal(given: AbortSignal | null | undefined, own: AbortSignal): AbortSignal {
  return given ? AbortSignal.any([given, own]) : own
}

async function standardBody(request: Request): Promise<RequestBody | undefined> {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined
  const bytes = new Uint8Array(await request.arrayBuffer())
  return bytes.byteLength === 0 ? undefined : wholeBody(bytes, {})
}

/** Returns the response again, with its body. */
function standardResponse({ status, statusText, headers: given }: Response, { text }: JsonContent): Response {
  const headers = new Headers(given)
  // They describe the body as it was on its way.
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name)
  return new Response(text === '' ? null : text, { status, statusText, headers })
}

/** Throws for parameters and fields that the operation does not have: a typo must not be ignored. */
function checkParameters(
  { operation, undocumented = [] }: CallDetails,
  query: object | undefined,
  body: unknown,
): void {
  if (!operation) return
  knownKeys(query, [...(operation.query ?? []), ...undocumented], 'parameter', InvalidRequestError)
  const { id, body: fields } = operation
  if (fields === undefined) {
    if (body === undefined) return
    throw new InvalidRequestError(`${id} takes no JSON body. Files are uploaded with files.upload().`)
  }
  if (typeof body !== 'object' || body === null) {
    throw new InvalidRequestError(`${id}: body must be an object (received ${body === null ? 'null' : typeof body}).`)
  }
  if (fields !== 'any') knownKeys(body, fields, 'field', InvalidRequestError)
}
