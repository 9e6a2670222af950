import { AttemptTimer } from './attempt-timer.ts'
import type { Authorization } from './authorization.ts'
import type { Call, ClientSettings } from './call.ts'
import type { AbejaEvent, RequestEvent, ResponseEvent } from './events.ts'
import {
  connectionFailure,
  type Failure,
  type PreparationFailure,
  preparationFailure,
  requestId,
  responseFailure,
  stoppedFailure,
} from './failure.ts'
import { fetchFeatures } from './fetch-features.ts'
import { type HeaderRecord, withOwnHeaders } from './headers.ts'
import { type ResponseReader, readStart, UnusableResponse } from './read-response.ts'
import { messageOf, redactorOf } from './redaction.ts'
import type { BodyWatcher, OpenBody } from './request-body.ts'
import { statusFailure } from './status-failure.ts'

/** A complete response. */
export interface Success<T> {
  readonly response: Response
  readonly value: T
}

/** An event without what is the same for all events of a call. */
export type AttemptEvent = Omit<RequestEvent, keyof EventBase> | Omit<ResponseEvent, keyof EventBase>
type EventBase = Pick<AbejaEvent, 'callId' | 'operationId' | 'method' | 'url' | 'attempt'>

/** Sends a call once. Never throws: a failure is a result. */
export async function attemptOnce<T>(
  call: Call,
  read: ResponseReader<T>,
  settings: ClientSettings,
  emit: ((event: AttemptEvent) => void) | undefined,
): Promise<Success<T> | Failure> {
  const startedAt = performance.now()
  const timer = new AttemptTimer(call, call.signal)
  const request = new OutgoingRequest(call, timer, settings)
  let keepsTimer = false

  const emitResponse = ({ status, headers }: Response, bytesReceived: number) => {
    if (!emit) return
    const { authorization, bytesSent } = request
    const id = requestId(headers, redactorOf(call, authorization))
    const date = headers.get('date') ?? undefined
    const durationMs = performance.now() - startedAt
    emit({ type: 'response', status, requestId: id, date, durationMs, bytesSent, bytesReceived })
  }

  try {
    const response = await request.send(() => emit?.({ type: 'request' }))
    timer.touch()
    // A browser hides the status and target of a redirect.
    if (response.type === 'opaqueredirect') throw new TypeError('unexpected redirect')
    if (!response.ok) {
      const start = await readStart(response, timer)
      emitResponse(response, start.bytes)
      // A status says more than a timeout that elapsed while its body was read, but not more than the caller.
      if (timer.stopped?.kind === 'aborted') return stoppedFailure(call, timer.stopped, true)
      return statusFailure(call, response, start, request.authorization, redactorOf(call, request.authorization))
    }
    const content = await read(response, timer)
    keepsTimer = content.keepsTimer ?? false
    emitResponse(response, content.bytes)
    return { response, value: content.value }
  } catch (error) {
    if (request.preparation && !timer.stopped) return preparationFailure(request.preparation)
    return failureOf(call, timer, error, request)
  } finally {
    request.release()
    if (!keepsTimer) timer.stop()
  }
}

/** Returns what an error means for the call, after `fetch` was called or while the response was read. */
export function failureOf(
  call: Call,
  timer: AttemptTimer,
  error: unknown,
  { authorization, isSent }: Pick<OutgoingRequest, 'authorization' | 'isSent'> = PRESIGNED,
): Failure {
  if (timer.stopped) return stoppedFailure(call, timer.stopped, isSent)
  const redact = redactorOf(call, authorization)
  return error instanceof UnusableResponse ? responseFailure(error, redact) : connectionFailure(error, redact)
}

const PRESIGNED = { authorization: undefined, isSent: true }

/** The request of one attempt: prepares the credential and the body, sends both, and releases the body. */
class OutgoingRequest {
  readonly #call: Call
  readonly #timer: AttemptTimer
  readonly #settings: ClientSettings
  #body: OpenBody | undefined
  /** Undefined for a presigned URL, and until it is known. */
  authorization: Authorization | undefined
  /** Of the body. */
  bytesSent = 0
  /** Whether a part of it may have left this machine. */
  isSent = false
  /** How the caller's credential function or body failed. */
  preparation: PreparationFailure | undefined

  constructor(call: Call, timer: AttemptTimer, settings: ClientSettings) {
    this.#call = call
    this.#timer = timer
    this.#settings = settings
  }

  /** Throws what `fetch` throws, the abort reason of the timer, and what keeps the request from being prepared. */
  async send(onStart: () => void): Promise<Response> {
    const { authorized, body: source, headers, hooks, method, redirect, url } = this.#call
    if (authorized) {
      const authorization = this.#prepare('no usable credential', () => this.#authorize())
      this.authorization = authorization instanceof Promise ? await authorization : authorization
    }
    if (source) {
      const open = () => source.open(this.#watcher())
      this.#body = await this.#prepare('the body could not be opened', open, (late) => late.release?.())
    }
    const { signal } = this.#timer
    const init: RequestInit = { method, headers: this.#headers(headers), redirect, signal, ...fetchFeatures().cache }
    const body = this.#body?.content
    if (body !== undefined) Object.assign(init, { body }, body instanceof ReadableStream && { duplex: 'half' })
    onStart()
    // The credential, the body and a listener may each have ended the call.
    signal.throwIfAborted()
    this.isSent = true
    // Not as a method of the settings: the `fetch` of a browser can only be called on the page.
    const fetch = this.#settings.fetch ?? hooks?.fetch ?? globalThis.fetch
    // Raced, because the fetch of the caller, and a replaced global one, may ignore the signal.
    const response = await this.#timer.race(fetch(url, init), (late) => void late.body?.cancel?.().catch(() => {}))
    if (body instanceof ReadableStream) this.#requireStreams(response)
    return response
  }

  /** To be called when the attempt is over. */
  release(): void {
    this.#body?.release?.()
  }

  /** A fetch that gives no web streams does not take them either: it sends their name, `[object ReadableStream]`. */
  #requireStreams({ body }: Response): void {
    if (body === null || typeof body?.getReader === 'function') return
    const message = 'the file may have been stored garbled: fetch is not a standard one and cannot send streams'
    this.preparation = { message, cause: undefined, sent: true }
    throw new Error(message)
  }

  #watcher(): BodyWatcher {
    return {
      onBytes: (count) => {
        this.#timer.touch()
        this.bytesSent += count
      },
      onFailure: (cause) => {
        const message = `the body failed while it was sent: ${messageOf(cause)}`
        this.preparation = { message, cause, sent: this.isSent }
      },
      signal: this.#timer.signal,
    }
  }

  #headers(given: HeaderRecord): Record<string, string> {
    const headers: Record<string, string> = { ...withOwnHeaders(given, this.#body?.headers) }
    if (this.authorization?.header !== undefined) headers.authorization = this.authorization.header
    return headers
  }

  #prepare<P>(what: string, make: () => P | Promise<P>, late?: (made: P) => void): P | Promise<P> {
    const fail = (cause: unknown): never => {
      this.preparation ??= { message: `${what}: ${messageOf(cause)}`, cause, sent: false }
      throw cause
    }
    try {
      const made = make()
      return made instanceof Promise ? this.#timer.race(made, late).catch(fail) : made
    } catch (cause) {
      return fail(cause)
    }
  }

  #authorize(): Authorization | Promise<Authorization> {
    const given = this.#settings.authorization()
    return given instanceof Promise ? given.then((authorization) => this.#checked(authorization)) : this.#checked(given)
  }

  #checked(authorization: Authorization): Authorization {
    const { allowInsecureHttp } = this.#settings
    if (authorization.header === undefined || allowInsecureHttp || isConfidential(this.#call.url)) return authorization
    throw new Error('it would be sent unencrypted over http: to another machine. Use https:, or set allowInsecureHttp')
  }
}

const CONFIDENTIAL = /^(https:|http:\/\/(localhost|\[::1\]|127\.\d+\.\d+\.\d+)(:\d+)?(\/|$))/

/** Whether nobody on the way can read a request: https:, or this machine. The URL is a normalised one. */
export function isConfidential(url: string): boolean {
  return CONFIDENTIAL.test(url)
}
