import createClient, { type Client } from 'openapi-fetch'
import { type OperationId, operations } from '../../generated/operations.ts'
import type { paths } from '../../generated/schema.d.ts'
import type { OperationClient } from './operation-client.ts'
import { type AnswerReader, readJsonObject } from './read-answer.ts'
import type { RequestBody } from './request-body.ts'
import { serializers } from './serializers.ts'

/**
 * openapi-fetch itself, over the same transport as the resources: the same credential, retries, clocks and errors.
 * A status that is no success throws, so `error` of a result is never set.
 */
export function rawApi(client: OperationClient): Client<paths> {
  const operationIds = new WeakMap<Request, OperationId>()
  const api = createClient<paths>({
    baseUrl: client.configuration.baseUrl,
    ...serializers,
    ...binaryBodies(),
    fetch: async (request) => {
      const call = client.rawCall(operationIds.get(request), request, await bodyOf(request))
      return (await client.transport.exchange(call, readBuffered)).value
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

/**
 * openapi-fetch writes every body as JSON and calls it JSON. Bytes, Blobs, streams and forms pass as they are; where
 * the caller named no content type, a binary body gets its own.
 */
function binaryBodies() {
  const untyped = new WeakSet<object>()
  return {
    bodySerializer(body: unknown, headers?: Headers) {
      if (!isBinary(body)) return JSON.stringify(body)
      if (!headers?.has('content-type')) untyped.add(body)
      return body
    },
    Request: class extends Request {
      constructor(input: RequestInfo | URL, init: RequestInit = {}) {
        const { body } = init
        super(input, body instanceof ReadableStream ? Object.assign(init, { duplex: 'half' }) : init)
        if (typeof body !== 'object' || body === null || !untyped.has(body)) return
        this.headers.set('content-type', (body instanceof Blob && body.type) || 'application/octet-stream')
      }
    },
  }
}

function isBinary(body: unknown): body is Blob | ArrayBuffer | ArrayBufferView | ReadableStream | FormData {
  return [Blob, ArrayBuffer, ReadableStream, FormData].some((type) => body instanceof type) || ArrayBuffer.isView(body)
}

async function bodyOf(request: Request): Promise<RequestBody | undefined> {
  const { body, headers } = request
  if (!body) return undefined
  const nothing = { length: undefined, headers: {} }
  if (headers.get('content-type') === 'application/json') {
    const content = await request.text()
    return { once: undefined, open: () => ({ content, ...nothing }) }
  }
  return { once: 'a body of abeja.api', open: () => ({ content: body, ...nothing }) }
}

/** The answer once more, whole: so its clock and its retries end before it is handed on. */
const readBuffered: AnswerReader<Response> = async (response, clock) => {
  const { value, bytes } = await readJsonObject<object>()(response, clock)
  const { status, statusText, headers } = response
  return { value: new Response(JSON.stringify(value), { status, statusText, headers }), bytes }
}
