import createClient, { type Client } from 'openapi-fetch'
import { type Operation, operations } from '../../generated/operations.ts'
import type { paths } from '../../generated/schema.d.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'
import type { Call } from './call.ts'
import { requireOwnHeader, withOwnHeaders } from './headers.ts'
import type { OperationClient } from './operation-client.ts'
import { isJson, RawBodies } from './raw-body.ts'
import { type AnswerReader, readJsonObject } from './read-answer.ts'
import type { RequestBody } from './request-body.ts'
import { serializers } from './serializers.ts'

/**
 * openapi-fetch itself, over the same transport as the resources: the same credential, retries, clocks and errors.
 * A status that is no success throws, so `error` of a result is never set.
 */
export function rawApi(client: OperationClient): Client<paths> {
  const bodies = new RawBodies()
  const operationOf = new WeakMap<Request, Operation>()
  const signals = new WeakMap<Request, AbortSignal | undefined>()
  const api = createClient<paths>({
    baseUrl: client.configuration.baseUrl,
    ...serializers,
    bodySerializer: (body: unknown, headers?: Headers) => bodies.serialize(body, headers),
    Request: class extends Request {
      // Without the signal: a Request listens to it until it is collected, and nothing takes that listener away.
      constructor(input: RequestInfo | URL, { signal, ...init }: RequestInit = {}) {
        super(input, init.body instanceof ReadableStream ? Object.assign(init, { duplex: 'half' }) : init)
        signals.set(this, signal ?? undefined)
        bodies.remember(this, init.body)
      }
    },
    fetch: async (request) => {
      const body = await bodies.bodyOf(request)
      const signal = signals.has(request) ? signals.get(request) : request.signal
      const call = rawCall(client, { operation: operationOf.get(request), request, signal, body })
      return (await client.transport.exchange(call, readAgain)).value
    },
  })
  const described: readonly Operation[] = Object.values(operations)
  api.use({
    onRequest({ request, schemaPath }) {
      const operation = described.find(({ method, path }) => method === request.method && path === schemaPath)
      if (operation) operationOf.set(request, operation)
    },
  })
  return api
}

/** A request that openapi-fetch has made. */
interface RawRequest {
  /** Undefined when it stands in no description. */
  readonly operation: Operation | undefined
  readonly request: Request
  readonly signal: AbortSignal | undefined
  readonly body: RequestBody | undefined
}

function rawCall(client: OperationClient, { operation, request, signal, body }: RawRequest): Call {
  const { baseUrl, headers: clientHeaders } = client.configuration
  const { method, url } = request
  if (new URL(url).origin !== new URL(baseUrl).origin) {
    throw new InvalidRequestError('abeja.api sends the credential, and does so to the base URL of the client alone.')
  }
  const own = Object.fromEntries(request.headers)
  for (const name in own) if (name !== 'content-type') requireOwnHeader(name)
  const headers = withOwnHeaders(clientHeaders, own)
  const redirect = body?.redirect ?? 'manual'
  const sent = { operationId: operation?.id, method, url, headers, body, authorized: true, redirect } as const
  // In no description: then only what is safe is made again.
  const retry = operation?.retry ?? (method === 'GET' ? 'always' : 'not-acted')
  return client.call(sent, { signal }, retry, body !== undefined && !isJson(request))
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
