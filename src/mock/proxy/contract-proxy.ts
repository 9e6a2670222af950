import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { OperationId } from '../../../generated/operations.ts'
import { Contract, type Difference } from '../../contract/contract.ts'
import { errorResponse, HttpError } from '../api/http-error.ts'
import { drain } from '../api/request-body.ts'
import { type Violation, violationsHeader } from '../api/violation.ts'
import { jsonResponse, type MockRequest, type MockResponse } from '../server/message.ts'
import type { RequestTarget } from '../server/request-target.ts'
import type { SeedRecorder } from './seed-recorder.ts'

/** JSON up to this size is looked into. What is longer goes through unseen. */
const longestJson = 10 * 1024 * 1024

/** Headers of one connection, which do not belong to the next. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
])

export interface ProxyResult {
  readonly response: MockResponse
  readonly operationId?: OperationId
  readonly violations: readonly Violation[]
}

/** Forwards requests to a real server, and compares what goes through with the description. */
export class ContractProxy {
  readonly #contract: Contract
  readonly #upstream: URL
  readonly #fails: boolean
  readonly #recorder: SeedRecorder | undefined

  private constructor(contract: Contract, upstream: URL, fails: boolean, recorder: SeedRecorder | undefined) {
    this.#contract = contract
    this.#upstream = upstream
    this.#fails = fails
    this.#recorder = recorder
  }

  /** `fails`: a violation becomes an error, and a request that violates the description is not forwarded. */
  static async open(upstream: string, fails: boolean, recorder?: SeedRecorder): Promise<ContractProxy> {
    return new ContractProxy(await Contract.load(), new URL(upstream), fails, recorder)
  }

  async respond(request: MockRequest, target: RequestTarget): Promise<ProxyResult> {
    const { method, headers } = request
    const contentType = headers['content-type']
    const isJson = isJsonType(contentType)
    // Only JSON is held back: files stream through.
    const begun = isJson ? await beginningOf(request) : undefined
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
    const route = this.#contract.route(asked(method), target.path)
    const operation = route?.operation.id
    const requestViolations = this.#contract
      .checkRequest({
        ...{ method: asked(method), path: target.path, query: target.query, contentType },
        body: begun?.whole ?? (hasBody ? 'not looked into' : ''),
      })
      .map(violationOf)
    if (this.#fails && requestViolations.length > 0) {
      await drain(begun?.body ?? request)
      return failed(400, 'The request violates the description', operation, requestViolations)
    }
    const upload = operation === 'postChannelFileUpload' ? this.#recorder?.uploadOf(headers) : undefined
    const body = begun?.body ?? (upload ? upload.through(request) : request)
    let incoming: IncomingMessage
    try {
      incoming = await this.#forward(request, target, body, hasBody || begun !== undefined)
    } catch (error) {
      request.signal.throwIfAborted()
      const reason = error instanceof Error ? error.message || String(Object(error).code ?? error) : String(error)
      return failed(502, `${this.#upstream.origin} does not respond: ${reason}`, operation, requestViolations)
    }
    return this.#outcome(request, incoming, operation, requestViolations, (json) =>
      this.#recorder?.see(operation, route?.parameters ?? {}, json, upload),
    )
  }

  async #outcome(
    { method }: MockRequest,
    incoming: IncomingMessage,
    operation: OperationId | undefined,
    requestViolations: readonly Violation[],
    record: (json: unknown) => void,
  ): Promise<ProxyResult> {
    const { statusCode: status = 502, headers } = incoming
    const contentType = headers['content-type']
    const isSeen = method !== 'HEAD' && isJsonType(contentType)
    const begun = isSeen ? await beginningOf(incoming) : undefined
    const plain = begun?.whole && decoded(begun.whole, headers['content-encoding'])
    const isBodyKnown = plain !== undefined || (Number(headers['content-length'] ?? NaN) === 0 && method !== 'HEAD')
    const responseViolations = operation
      ? this.#contract
          .checkResponse(operation, { status, contentType, body: plain ?? (isBodyKnown ? '' : 'not looked into') })
          .map(violationOf)
      : []
    const violations = [...requestViolations, ...responseViolations]
    if (this.#fails && responseViolations.length > 0) {
      await drain(begun?.body ?? incoming)
      return failed(502, 'The response violates the description', operation, violations)
    }
    if (plain && status < 300) record(jsonOf(plain))
    const body = begun?.body ?? incoming
    const response: MockResponse = {
      status,
      headers: {
        ...withoutHopByHop(headers),
        ...(violations.length > 0 && { 'sl-violations': violationsHeader(violations) }),
      },
      body: begun?.whole ?? (body instanceof Readable ? body : Readable.from(body, { objectMode: false })),
    }
    return { response, violations, ...(operation && { operationId: operation }) }
  }

  async #forward(
    { method, headers, signal }: MockRequest,
    target: RequestTarget,
    body: AsyncIterable<Uint8Array>,
    hasBody: boolean,
  ): Promise<IncomingMessage> {
    const { protocol, hostname, port, pathname } = this.#upstream
    const send = protocol === 'https:' ? httpsRequest : httpRequest
    const { host: _, 'x-mock-workspace': __, prefer: ___, ...rest } = withoutHopByHop(headers)
    const chunked = headers['transfer-encoding'] !== undefined && { 'transfer-encoding': 'chunked' }
    const outgoing = send({
      ...{ method, hostname: hostname.replace(/^\[|\]$/g, ''), port, signal },
      path: pathname.replace(/\/$/, '') + target.text,
      headers: { ...rest, ...chunked, host: this.#upstream.host },
    })
    const responded = new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve).once('error', reject)
    })
    if (hasBody) pipeline(body, outgoing).catch(() => undefined)
    else outgoing.end()
    return responded
  }
}

/** A body whose beginning has been read, and the whole of it if it was short enough. */
interface Begun {
  readonly body: AsyncIterable<Uint8Array>
  readonly whole: Buffer | undefined
}

async function beginningOf(source: AsyncIterable<Uint8Array>): Promise<Begun> {
  const chunks: Uint8Array[] = []
  let size = 0
  const iterator = source[Symbol.asyncIterator]()
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    chunks.push(next.value)
    size += next.value.byteLength
    if (size > longestJson) return { body: joined(chunks, iterator), whole: undefined }
  }
  const whole = Buffer.concat(chunks)
  return { body: Readable.from([whole]), whole }
}

async function* joined(begun: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* begun
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

function failed(
  status: number,
  message: string,
  operation: OperationId | undefined,
  violations: readonly Violation[],
): ProxyResult {
  const { headers, body } = errorResponse(new HttpError(status, message, { violations: violations.slice(0, 100) }))
  const said = violations.length > 0 && { 'sl-violations': violationsHeader(violations) }
  return {
    response: jsonResponse(body, status, { ...headers, ...said }),
    violations,
    ...(operation && { operationId: operation }),
  }
}

function violationOf({ location, kind, message }: Difference): Violation {
  return { location, severity: 'Error', code: kind, message }
}

function withoutHopByHop<Headers extends OutgoingHttpHeaders>(headers: Headers): Partial<Headers> {
  const named = new Set(
    String(headers.connection ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase()),
  )
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name))
  return Object.assign({}, ...kept.map(([name, value]) => ({ [name]: value })))
}

function isJsonType(contentType: string | undefined): boolean {
  return /^application\/(?:[\w.-]+\+)?json\b/i.test(contentType ?? '')
}

/** The description has no HEAD: it is asked for as GET. */
function asked(method: string): string {
  return method === 'HEAD' ? 'GET' : method
}

/** The bytes without their content coding, or nothing if it is not known or broken. */
function decoded(bytes: Buffer, encoding: string | undefined): Buffer | undefined {
  const options = { maxOutputLength: longestJson }
  try {
    if (encoding === undefined || encoding === 'identity') return bytes
    if (encoding === 'gzip') return gunzipSync(bytes, options)
    if (encoding === 'deflate') return inflateSync(bytes, options)
    return encoding === 'br' ? brotliDecompressSync(bytes, options) : undefined
  } catch {
    return undefined
  }
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
