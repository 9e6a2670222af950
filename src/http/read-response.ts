import type { AttemptTimer } from './attempt-timer.ts'
import { concatBytes } from './bytes.ts'
import { type Check, object, UnexpectedMember } from './response-check.ts'

/** The result of reading a successful response. */
export interface ResponseContent<T> {
  readonly value: T
  /** How much of the body was read, in bytes. */
  readonly bytes: number
  /** Set when the body is still being read: then the reader stops the timer. */
  readonly keepsTimer?: boolean
}

/** Reads a successful response within the attempt: an error that it throws is a failure of the attempt. */
export type ResponseReader<T> = (response: Response, timer: AttemptTimer) => Promise<ResponseContent<T>>

/** A successful response that cannot be used. It becomes an `InvalidResponseError` with the context of the call. */
export class UnusableResponse extends Error {
  readonly response: Response
  /** The part of the body that may be shown. */
  readonly body: string | undefined
  /** Whether the response seems truncated, so that another attempt may succeed. */
  readonly cut: boolean

  constructor(message: string, { response, body, cut = false }: { response: Response; body?: string; cut?: boolean }) {
    super(message)
    this.response = response
    this.body = body
    this.cut = cut
  }
}

/** The requirements for a successful JSON response. */
export interface JsonExpectation {
  /** Checks the members that are relied on. */
  readonly check?: Check | undefined
  /** Whether the operation has done its work once the status says so, and the body may be missing. */
  readonly mayBeEmpty?: boolean | undefined
  /** In bytes, after decompression. */
  readonly maxBytes: number
}

/** A JSON body, parsed and as it came. */
export interface JsonContent {
  readonly json: unknown
  readonly text: string
}

const UTF_8 = new TextDecoder()

/** Reads and checks a JSON object. */
export function readJson({ check, mayBeEmpty, maxBytes }: JsonExpectation): ResponseReader<JsonContent> {
  return async (response, timer) => {
    const content = await readBytes(response, timer, maxBytes)
    const text = UTF_8.decode(content)
    const bytes = content.byteLength
    if (text.trim() !== '') return { value: { json: parse(text, response, check), text }, bytes }
    if (mayBeEmpty) return { value: { json: undefined, text: '' }, bytes }
    const message = `status ${response.status} without a body, but JSON is expected; the request may have been processed`
    throw new UnusableResponse(message, { response })
  }
}

/** Reads the whole body, unless it is larger than the bound. */
async function readBytes(response: Response, timer: AttemptTimer, maxBytes: number): Promise<Uint8Array> {
  // A compressed body can be of any size, whatever its length on the wire.
  const isCompressed = response.headers.has('content-encoding')
  const length = isCompressed ? null : response.headers.get('content-length')
  if (length !== null && Number(length) <= maxBytes) return new Uint8Array(await timer.race(response.arrayBuffer()))
  const reader = bodyReader(response)
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await timer.race(reader.read())
    if (done) return concatBytes(chunks)
    size += value.byteLength
    chunks.push(value)
    if (size <= maxBytes) continue
    void reader.cancel().catch(() => {})
    const message = `the response is larger than ${maxBytes} bytes (maxResponseBytes); set maxResponseBytes to allow more`
    throw new UnusableResponse(message, { response })
  }
}

function parse(text: string, response: Response, check: Check | undefined): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Without the parser's error as a cause: it quotes the text, which can hold the secret of a datasource.
    throw notJson(text, response)
  }
  try {
    object()(value, '')
    check?.(value, '')
    return value
  } catch (error) {
    if (!(error instanceof UnexpectedMember)) throw error
    throw new UnusableResponse(`unexpected response: ${error.message}`, { response })
  }
}

const SNIPPET = 1_000

function notJson(text: string, response: Response): UnusableResponse {
  const type = response.headers.get('content-type') ?? 'without a content type'
  if (/json/i.test(type)) {
    return new UnusableResponse('the response is not complete JSON: it was cut off or garbled', { response, cut: true })
  }
  // The page of a proxy explains the problem; anything else could be JSON with a secret and a wrong type.
  const page = text.trimStart().startsWith('<') ? { body: text.slice(0, SNIPPET) } : {}
  const message = `expected JSON, but the response is ${type}. Check baseUrl, and proxies on the way`
  return new UnusableResponse(message, { response, ...page })
}

/** The start of a body. */
export interface BodyStart {
  readonly text: string
  /** How much of the body was read. */
  readonly bytes: number
  /** Whether the body goes on after the text. */
  readonly isCut: boolean
}

const START_BYTES = 64 * 1024

/**
 * Reads the start of a body as text, at most 64 KiB, and cancels the rest. When the body breaks off or a timeout elapses, the
 * text is what arrived before: an incomplete body must not hide the error that it belongs to.
 */
export async function readStart(response: Response, timer: AttemptTimer): Promise<BodyStart> {
  const reader = bodyReader(response)
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  try {
    while (bytes < START_BYTES) {
      const { done, value } = await timer.race(reader.read())
      if (done) return { text: text + decoder.decode(), bytes, isCut: false }
      text += decoder.decode(value.subarray(0, START_BYTES - bytes), { stream: true })
      bytes += value.byteLength
    }
    return { text, bytes, isCut: true }
  } catch {
    return { text, bytes, isCut: false }
  } finally {
    void reader.cancel().catch(() => {})
  }
}

/** The part of a stream's reader that is used. */
export type BodyReader = Pick<ReadableStreamDefaultReader<Uint8Array>, 'cancel' | 'read'>

/** Returns a reader of the body, also where a `fetch` that is not a standard one gives no web stream. */
export function bodyReader(response: Response): BodyReader {
  const { body } = response
  if (typeof body?.getReader === 'function') return body.getReader()
  let isRead = body === null
  return {
    async read() {
      if (isRead) return { done: true, value: undefined }
      isRead = true
      return { done: false, value: new Uint8Array(await response.arrayBuffer()) }
    },
    cancel: async () => {},
  }
}
