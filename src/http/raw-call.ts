import { type Operation, uploadBucketFile } from '../../generated/operations.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'
import type { Call } from './call.ts'
import { requireOwnHeader, withOwnHeaders } from './headers.ts'
import type { OperationClient } from './operation-client.ts'
import { contentTypeOf, type RawBody, requestBodyOf, serializeBody } from './raw-body.ts'
import { type AnswerReader, readJsonObject } from './read-answer.ts'
import type { RequestBody } from './request-body.ts'

/** What the caller gives to openapi-fetch, as far as it matters here. */
export interface RawInit {
  readonly fetch?: (request: Request) => Promise<Response>
  readonly signal?: AbortSignal | null
  readonly body?: unknown
  readonly bodySerializer?: (body: never, headers?: Headers) => RawBody
}

/** One call of `abeja.api`, from what the caller gave to the answer. */
export class RawCall {
  readonly #client: OperationClient
  /** Undefined when it stands in no description. */
  readonly #operation: Operation | undefined
  readonly #given: RawInit
  #body: RawBody | undefined
  /** Of the body, where the caller named none. */
  #contentType: string | undefined
  #request: Request | undefined

  constructor(client: OperationClient, operation: Operation | undefined, given: RawInit) {
    this.#client = client
    this.#operation = operation
    this.#given = given
  }

  /** What openapi-fetch gets in place of what the caller gave. */
  init() {
    // Without the signal: a Request listens to it until it is collected, and nothing takes that listener away.
    const { signal: _, fetch = (request: Request) => this.#send(request), ...given } = this.#given
    const bodySerializer =
      given.bodySerializer ?? ((body: unknown, headers?: Headers) => this.#serialize(body, headers))
    const duplex = given.body instanceof ReadableStream ? { duplex: 'half' } : {}
    return { ...given, ...duplex, fetch, bodySerializer }
  }

  /** Sees the request as openapi-fetch has made it. */
  begin(request: Request): void {
    this.#request = request
    if (this.#contentType !== undefined) request.headers.set('content-type', this.#contentType)
  }

  #serialize(body: unknown, headers: Headers | undefined): RawBody {
    this.#body = serializeBody(body, this.#operation?.id === uploadBucketFile.id)
    if (!headers?.has('content-type')) this.#contentType = contentTypeOf(this.#body)
    return this.#body
  }

  async #send(request: Request): Promise<Response> {
    const { signal } = this.#given
    // A middleware may have put another one in its place, with a body and a signal of its own.
    const isOwn = request === this.#request
    const body = await requestBodyOf(request, isOwn ? this.#body : undefined)
    const signals = [...(signal ? [signal] : []), ...(isOwn ? [] : [request.signal])]
    const call = this.#call(request, body, signals.length > 1 ? AbortSignal.any(signals) : signals[0])
    return (await this.#client.transport.exchange(call, readAgain)).value
  }

  #call(request: Request, body: RequestBody | undefined, signal: AbortSignal | undefined): Call {
    const { baseUrl, headers: clientHeaders } = this.#client.configuration
    const { method, url } = request
    if (new URL(url).origin !== new URL(baseUrl).origin) {
      throw new InvalidRequestError('abeja.api sends the credential, and does so to the base URL of the client alone.')
    }
    const own = Object.fromEntries(request.headers)
    for (const name in own) if (name !== 'content-type') requireOwnHeader(name)
    const headers = withOwnHeaders(clientHeaders, own)
    const operationId = this.#operation?.id
    const redirect = body?.redirect ?? 'manual'
    const sent = { operationId, method, url, headers, body, authorized: true, redirect } as const
    // In no description: then only what is safe is made again.
    const described = this.#operation?.idempotent ?? method === 'GET'
    // Anything but JSON is a file.
    const movesFile = body !== undefined && headers['content-type'] !== 'application/json'
    return this.#client.call(sent, { signal }, described, movesFile)
  }
}

/** The answer once more, whole: so its clock and its retries end before it is handed on. */
const readAgain: AnswerReader<Response> = async (response, clock) => {
  const { text, bytes } = await readJsonObject<object>()(response, clock)
  const { status, statusText } = response
  const headers = new Headers(response.headers)
  // They speak of the body as it was on its way.
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name)
  return { value: new Response(text, { status, statusText, headers }), bytes }
}
