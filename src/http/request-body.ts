import { InvalidRequestError } from '../errors/errors.ts'
import type { HeaderRecord } from './headers.ts'

/** Observes a body while it is sent. */
export interface BodyWatcher {
  /** Called with the number of bytes each time some were sent. */
  readonly onBytes: (count: number) => void
  /** Called when reading the body fails. */
  readonly onFailure: (cause: unknown) => void
  /** Aborted when the body is no longer needed. */
  readonly signal: AbortSignal
}

/** A body that was opened for one attempt. */
export interface OpenBody {
  readonly content: string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>
  /** In bytes; undefined when it is not known before the body is sent. */
  readonly length: number | undefined
  /** The headers that the body determines, such as its content type. */
  readonly headers: HeaderRecord
  /** The name of the file, when the content has one. */
  readonly name?: string | undefined
  /** Releases resources such as an open file: a request that fails early does not read the body to its end. */
  readonly release?: (() => void) | undefined
}

/** A body that each attempt opens again. */
export interface RequestBody {
  /** A name for a body that can be opened only once, such as `a stream`: then there is one attempt. */
  readonly once: string | undefined
  /**
   * `error` is for files: with any other mode fetch keeps a copy of the whole body in memory. With `manual`, the error can
   * name the target of the redirect.
   */
  readonly redirect: 'error' | 'manual'
  open(watcher: BodyWatcher): OpenBody | Promise<OpenBody>
}

/** Makes a body that is sent in one piece. */
export function wholeBody(content: string | Uint8Array<ArrayBuffer>, headers: HeaderRecord): RequestBody {
  return {
    once: undefined,
    redirect: 'manual',
    open: ({ onBytes }) => {
      const length = typeof content === 'string' ? new TextEncoder().encode(content).byteLength : content.byteLength
      onBytes(length)
      return { content, length, headers }
    },
  }
}

/** Serializes a JSON body. Throws `InvalidRequestError` for values that JSON cannot represent: they would be lost silently. */
export function serializeJson(body: unknown): string {
  try {
    return JSON.stringify(body, checkJsonValue)
  } catch (error) {
    if (error instanceof InvalidRequestError) throw error
    throw new InvalidRequestError('The body cannot be written as JSON: it contains itself, or a number of type bigint.')
  }
}

function checkJsonValue(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const original = this[key]
  const isLost =
    typeof value === 'function' ||
    typeof value === 'symbol' ||
    (typeof value === 'number' && !Number.isFinite(value)) ||
    (original instanceof Date && value === null) ||
    (typeof value === 'object' && value !== null && !isPlain(value))
  if (!isLost) return value
  throw new InvalidRequestError(`Invalid ${key || 'body'}: JSON cannot hold ${kindOf(original)}.`)
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  // Of any realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function kindOf(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : `a ${typeof value}`
}
