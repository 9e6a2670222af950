import type { Clock } from './clock.ts'

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
 * Reads a JSON object, and checks that it holds a field, so that a wrong answer is found here and not in a caller.
 * This is the one place where an answer is taken for what the description says of it.
 * @param isList whether the field holds the items of a list
 */
export function readJsonObject<T>(
  field?: keyof T & string,
  isList = false,
): (...from: From) => Promise<ReadAnswer<T> & { text: string }> {
  return async (response, clock) => {
    const { text, bytes } = await readText(response, clock)
    const value: T = parse(text, response)
    const object: unknown = value
    if (!isRecord(object)) throw new UnusableAnswer('the answer is JSON, but no object', { response })
    if (field !== undefined) requireField(object, field, isList, response)
    return { value, text, bytes }
  }
}

function requireField(answer: Record<string, unknown>, field: string, isList: boolean, response: Response): void {
  const value = answer[field]
  if (value === undefined || value === null) throw new UnusableAnswer(`the answer holds no "${field}"`, { response })
  if (isList && !Array.isArray(value)) throw new UnusableAnswer(`the answer's "${field}" is no list`, { response })
}

/** The whole body as text. */
export async function readText(response: Response, clock: Clock): Promise<{ text: string; bytes: number }> {
  const buffer = await clock.race(response.arrayBuffer())
  return { text: UTF_8.decode(buffer), bytes: buffer.byteLength }
}

/**
 * Without the error of `JSON.parse` as a cause: it quotes the text, which can hold a datasource's secret.
 */
// biome-ignore lint/suspicious/noExplicitAny: JSON.parse's own type, which lets the caller state what it expects.
function parse(text: string, response: Response): any {
  if (text.trim() === '') {
    throw new UnusableAnswer(
      `the answer ${response.status} has no body where JSON is due; the server may well have done what was asked`,
      { response },
    )
  }
  try {
    return JSON.parse(text)
  } catch {
    throw notJson(text, response)
  }
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

/** Whether a parsed value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
