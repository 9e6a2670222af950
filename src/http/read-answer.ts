import type { Clock } from './clock.ts'
import { type Check, object, UnexpectedMember } from './response-check.ts'

/** What a reader makes of a successful answer. */
export interface ReadAnswer<T> {
  readonly value: T
  /** How much of the body was read, in bytes. */
  readonly bytes: number
  /** Set when the body is still being read: then the reader stops the clock. */
  readonly keepsClock?: boolean
}

type From = [response: Response, clock: Clock]
export type AnswerReader<T> = (...from: From) => Promise<ReadAnswer<T>>

/** An answer that is no good. It becomes an `InvalidResponseError` once the call is known. */
export class UnusableAnswer extends Error {
  readonly response: Response
  /** What of the body may be shown. */
  readonly body: string | undefined
  /** Whether the answer looks cut off on its way, so that another attempt may bring it whole. */
  readonly cut: boolean

  constructor(message: string, { response, body, cut = false }: { response: Response; body?: string; cut?: boolean }) {
    super(message)
    this.response = response
    this.body = body
    this.cut = cut
  }
}

const SNIPPET = 1_000
const UTF_8 = new TextDecoder()

/**
 * Reads a JSON object, and checks the members that are relied on, so that a wrong response is found here and not in a
 * caller. This is the one place where a response is taken for what the description says of it.
 */
export function readJsonObject<T>(check?: Check): (...from: From) => Promise<ReadAnswer<T> & { text: string }> {
  return async (response, clock) => {
    const { text, bytes } = await readText(response, clock)
    if (text.trim() === '') {
      const message = `the response has status ${response.status} and no body, but JSON is expected; the request may well have been carried out`
      throw new UnusableAnswer(message, { response })
    }
    return { value: parseObject(text, response, check), text, bytes }
  }
}

/** Reads the response of an operation that has done its work once the status says so: a body may be missing. */
export function readJsonObjectIfAny<T>(check?: Check): AnswerReader<T | undefined> {
  return async (response, clock) => {
    const { text, bytes } = await readText(response, clock)
    return { value: text.trim() === '' ? undefined : parseObject(text, response, check), bytes }
  }
}

/** The whole body as text. */
export async function readText(response: Response, clock: Clock): Promise<{ text: string; bytes: number }> {
  const buffer = await clock.race(response.arrayBuffer())
  return { text: UTF_8.decode(buffer), bytes: buffer.byteLength }
}

// biome-ignore lint/suspicious/noExplicitAny: JSON.parse's own type, which lets the caller state what it expects.
function parseObject(text: string, response: Response, check: Check = object()): any {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Without the parser's error as a cause: it quotes the text, which can hold a datasource's secret.
    throw notJson(text, response)
  }
  try {
    object()(value, '')
    check(value, '')
  } catch (error) {
    if (!(error instanceof UnexpectedMember)) throw error
    throw new UnusableAnswer(`unexpected response: ${error.message}`, { response })
  }
  return value
}

function notJson(text: string, response: Response): UnusableAnswer {
  const type = response.headers.get('content-type') ?? 'no content type'
  if (/json/i.test(type)) {
    return new UnusableAnswer('the answer is not whole JSON: it was cut off or garbled', { response, cut: true })
  }
  // The page of some proxy tells what is wrong; anything else could be JSON with a secret under a wrong type.
  const page = text.trimStart().startsWith('<') ? { body: text.slice(0, SNIPPET) } : {}
  const what = `the answer is ${type} where JSON is due: is the base URL right, or a proxy between?`
  return new UnusableAnswer(what, { response, ...page })
}
