import createClient, { type Client } from 'openapi-fetch'
import { type OperationId, operations } from '../../generated/operations.ts'
import type { paths } from '../../generated/schema.d.ts'
import type { OperationClient } from './operation-client.ts'
import { RawBodies } from './raw-body.ts'
import { type AnswerReader, readJsonObject } from './read-answer.ts'
import { serializers } from './serializers.ts'

/**
 * openapi-fetch itself, over the same transport as the resources: the same credential, retries, clocks and errors.
 * A status that is no success throws, so `error` of a result is never set.
 */
export function rawApi(client: OperationClient): Client<paths> {
  const bodies = new RawBodies()
  const operationIds = new WeakMap<Request, OperationId>()
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
      const call = client.rawCall({ operationId: operationIds.get(request), request, signal, body })
      return (await client.transport.exchange(call, readAgain)).value
    },
  })
  api.use({
    onRequest({ request, schemaPath }) {
      const id = OPERATION_IDS.get(`${request.method} ${schemaPath}`)
      if (id !== undefined) operationIds.set(request, id)
    },
  })
  return api
}

const OPERATION_IDS: ReadonlyMap<string, OperationId> = new Map(
  objectEntries(operations).map(([id, { method, path }]) => [`${method} ${path}`, id]),
)

function objectEntries<Key extends string, Value>(object: Readonly<Record<Key, Value>>): [Key, Value][] {
  const entries: [Key, Value][] = []
  for (const key in object) entries.push([key, object[key]])
  return entries
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
