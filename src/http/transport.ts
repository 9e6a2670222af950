import type { AbejaError, Attempt } from '../errors/errors.ts'
import { callListener } from '../validation/call-listener.ts'
import { delay } from './abort.ts'
import { AttemptTimer, type StopReason } from './attempt-timer.ts'
import { type Call, type CallRequest, type ClientSettings, makeCall, type RequestOptions } from './call.ts'
import type { Authorization } from './credential.ts'
import type { CallEvent } from './events.ts'
import {
  attemptOf,
  connectionFailure,
  errorOf,
  type Failure,
  type PreparationFailure,
  preparationFailure,
  requestId,
  responseFailure,
  statusFailure,
  stoppedFailure,
} from './failure.ts'
import { fetchFeatures } from './fetch-features.ts'
import { type HeaderRecord, withOwnHeaders } from './headers.ts'
import { type ResponseReader, readStart, UnusableResponse } from './read-response.ts'
import { messageOf, redactorOf, redactUrl } from './redaction.ts'
import type { BodyWatcher, OpenBody } from './request-body.ts'
import { decideRetry } from './retry-policy.ts'

/** Sends calls, with retries and timeouts, until there is a complete response or an error. */
export class Transport {
  readonly settings: ClientSettings

  constructor(settings: ClientSettings) {
    this.settings = settings
  }

  /** Sends a request until its response is read, with retries and timeouts. */
  request<T>(
    request: CallRequest,
    options: RequestOptions,
    movesFile: boolean,
    read: ResponseReader<T>,
  ): Promise<Success<T> & { readonly call: Call }> {
    return this.#exchange(makeCall(request, options, this.settings, movesFile), read)
  }

  async #exchange<T>(call: Call, read: ResponseReader<T>): Promise<Success<T> & { readonly call: Call }> {
    const startedAt = performance.now()
    const attempts: Attempt[] = []
    const isObserved = this.settings.onEvent !== undefined || call.hooks?.onEvent !== undefined
    for (let delayMs = 0; ; ) {
      const attemptAt = performance.now()
      const stopped = stoppedBefore(call, attemptAt)
      if (stopped) {
        const error = errorOf(call, stoppedFailure(call, stopped, false), { attempts, retryable: false })
        throw this.#failed(call, startedAt, attempts, error)
      }
      const attempt = attempts.length + 1
      const emit = isObserved ? (event: CallEvent) => this.emit(call, event) : undefined
      const result = await attemptOnce(call, read, this.settings, { attempt, emit })
      if ('response' in result) {
        call.hooks?.onResponse?.(result.response)
        return { ...result, call }
      }
      attempts.push(attemptOf(result, delayMs, performance.now() - attemptAt))
      const decision = decideRetry(call, result, attempt)
      const error = errorOf(call, result, { attempts: [...attempts], ...decision })
      if (decision.pauseMs === undefined) throw this.#failed(call, startedAt, attempts, error)
      delayMs = decision.pauseMs
      this.emit(call, { type: 'retry', attempt, reason: result.reason, delayMs, error })
      await this.pause(call, delayMs, call.signal)
    }
  }

  #failed(call: Call, startedAt: number, attempts: readonly Attempt[], error: AbejaError): AbejaError {
    const durationMs = performance.now() - startedAt
    this.emit(call, { type: 'failure', attempt: attempts.length, durationMs, error })
    return error
  }

  /** Waits before a failed call is sent again, in milliseconds. Resolves early when the signal is aborted. */
  pause({ hooks }: Call, ms: number, signal: AbortSignal | undefined): Promise<void> {
    return (hooks?.pause ?? delay)(ms, signal)
  }

  /** Calls the hooks of the call and the client's `onEvent`. */
  emit({ hooks, id, operationId, method, url }: Call, event: CallEvent): void {
    const { onEvent } = this.settings
    hooks?.onEvent?.(event)
    if (onEvent) callListener(onEvent, { ...event, callId: id, operationId, method, url: redactUrl(url) })
  }
}

/** Returns why a call must not start another attempt. */
function stoppedBefore({ signal, deadlineAt }: Call, now: number): StopReason | undefined {
  if (signal?.aborted) return { kind: 'aborted', reason: signal.reason }
  return now < deadlineAt ? undefined : { kind: 'totalTimeout' }
}

/** A complete response. */
interface Success<T> {
  readonly response: Response
  readonly value: T
}

/** Which attempt of the call it is, 1 for the first, and who observes it. */
interface ObservedAttempt {
  readonly attempt: number
  readonly emit: ((event: CallEvent) => void) | undefined
}

/** Sends a call once. Never throws: a failure is a result. */
async function attemptOnce<T>(
  call: Call,
  read: ResponseReader<T>,
  settings: ClientSettings,
  { attempt, emit }: ObservedAttempt,
): Promise<Success<T> | Failure> {
  const startedAt = performance.now()
  const timer = new AttemptTimer(call, call.signal)
  const request = new OutgoingRequest(call, timer, settings)
  let keepsTimer = false
  let response: Response | undefined

  const emitResponse = ({ status, headers }: Response, bytesReceived: number) => {
    if (!emit) return
    const { authorization, bytesSent } = request
    // Few responses have an id: a redactor for each would cost more than the event.
    const id = requestId(headers, (text) => redactorOf(call, authorization)(text))
    const date = headers.get('date') ?? undefined
    const durationMs = performance.now() - startedAt
    emit({ type: 'response', attempt, status, requestId: id, date, durationMs, bytesSent, bytesReceived })
  }

  try {
    response = await request.send(() => emit?.({ type: 'request', attempt }))
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
    // A body that nobody reads keeps its connection. One that has a reader is cancelled by that.
    if (response?.body?.locked === false) void response.body.cancel().catch(() => {})
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
  /** Whether a part of it may have been sent. */
  isSent = false
  /** How the caller's credential function or body failed. */
  preparation: PreparationFailure | undefined

  constructor(call: Call, timer: AttemptTimer, settings: ClientSettings) {
    this.#call = call
    this.#timer = timer
    this.#settings = settings
  }

  /** Throws the error of `fetch`, of the preparation of the request, or the abort reason of the timer. */
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

  /** Must be called when the attempt has ended. */
  release(): void {
    this.#body?.release?.()
  }

  /** A fetch that returns no web streams does not accept them either: it sends the text `[object ReadableStream]`. */
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

/** Whether a request is encrypted or stays on this machine. The URL must be normalized. */
export function isConfidential(url: string): boolean {
  return CONFIDENTIAL.test(url)
}
