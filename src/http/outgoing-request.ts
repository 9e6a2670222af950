import type { Fetch } from '../options.ts'
import type { Authorization } from './authorization.ts'
import type { Call } from './call.ts'
import type { Clock } from './clock.ts'
import type { Unprepared } from './failure.ts'
import { type HeaderRecord, withOwnHeaders } from './headers.ts'
import { type MeteredBody, meteredBody } from './metered-body.ts'
import type { RequestPayload } from './request-body.ts'
import { messageOf } from './safe-cause.ts'

/** What a request needs of the client's configuration. */
export interface SendSettings {
  readonly fetch: Fetch
  /** Whether `fetch` is the caller's: it may not heed the signal that it gets. */
  readonly isForeignFetch: boolean
  readonly authorization: () => Authorization | Promise<Authorization>
  readonly allowInsecureHttp: boolean
}

/** The request of one attempt: prepared, sent, and let go of. */
export class OutgoingRequest {
  readonly #call: Call
  readonly #clock: Clock
  readonly #settings: SendSettings
  #authorization: Authorization | undefined
  #body: MeteredBody | undefined
  #bytesSent = 0
  #isSent = false
  #unprepared: Unprepared | undefined

  constructor(call: Call, clock: Clock, settings: SendSettings) {
    this.#call = call
    this.#clock = clock
    this.#settings = settings
  }

  /** What goes with it; undefined for a presigned URL, and until it is known. */
  get authorization(): Authorization | undefined {
    return this.#authorization
  }

  /** Of the body. */
  get bytesSent(): number {
    return this.#bytesSent
  }

  /** Whether a part of it may have left this machine. */
  get isSent(): boolean {
    return this.#isSent
  }

  /** What of the caller's failed, when it did. */
  get unprepared(): Unprepared | undefined {
    return this.#unprepared
  }

  /** Throws what `fetch` throws, the reason of the clock, and what keeps it from being prepared. */
  async send(onStart: () => void): Promise<Response> {
    const { authorized, body, headers, method, redirect, url } = this.#call
    if (authorized) {
      const authorization = this.#prepared('no usable credential', () => this.#authorize())
      this.#authorization = authorization instanceof Promise ? await authorization : authorization
    }
    const payload = body && (await this.#prepared('the body could not be opened', body.open, discard))
    const init: RequestInit = { method, headers: this.#headers(headers, payload), redirect, signal: this.#clock.signal }
    if (this.#body) Object.assign(init, this.#body.init)
    onStart()
    // The credential, the body and a listener may each have ended the call.
    this.#clock.signal.throwIfAborted()
    this.#isSent = true
    const answer = this.#settings.fetch(url, init)
    if (!this.#settings.isForeignFetch) return answer
    return this.#clock.race(answer, (late) => void late.body?.cancel().catch(() => {}))
  }

  /** To be called when the attempt is over. */
  release(): void {
    this.#body?.release()
  }

  #headers(given: HeaderRecord, payload: RequestPayload | undefined): Record<string, string> {
    const headers: Record<string, string> = { ...withOwnHeaders(given, payload?.headers) }
    if (payload) {
      this.#body = meteredBody(payload, {
        onBytes: (count) => this.#moved(count),
        onFault: (cause) => {
          const message = `the body failed while it was sent: ${messageOf(cause)}`
          this.#unprepared = { message, cause, sent: true }
        },
      })
      if (this.#body.contentLength !== undefined) headers['content-length'] = String(this.#body.contentLength)
    }
    if (this.#authorization?.header !== undefined) headers.authorization = this.#authorization.header
    return headers
  }

  #moved(count: number): void {
    this.#clock.touch()
    this.#bytesSent += count
    this.#call.onSent?.(count)
  }

  #prepared<P>(what: string, make: () => P | Promise<P>, late?: (made: P) => void): P | Promise<P> {
    const fail = (cause: unknown): never => {
      this.#unprepared ??= { message: `${what}: ${messageOf(cause)}`, cause, sent: false }
      throw cause
    }
    try {
      const made = make()
      return made instanceof Promise ? this.#clock.race(made, late).catch(fail) : made
    } catch (cause) {
      return fail(cause)
    }
  }

  #authorize(): Authorization | Promise<Authorization> {
    const given = this.#settings.authorization()
    return given instanceof Promise ? given.then((authorization) => this.#checked(authorization)) : this.#checked(given)
  }

  #checked(authorization: Authorization): Authorization {
    if (authorization.header === undefined || this.#settings.allowInsecureHttp || isPrivate(this.#call.url)) {
      return authorization
    }
    throw new Error('it would go unencrypted over http: to another machine; use https:, or set allowInsecureHttp')
  }
}

/** Lets go of a body that was opened when nobody waited for it any more. */
function discard({ content }: RequestPayload): void {
  if (content instanceof ReadableStream) void content.cancel().catch(() => {})
}

const PRIVATE = /^(https:|http:\/\/(localhost|\[::1\]|127\.\d+\.\d+\.\d+)(:\d+)?(\/|$))/

/** Whether nobody on the way can read it: https:, or this machine. The URL is a normalised one. */
function isPrivate(url: string): boolean {
  return PRIVATE.test(url)
}
