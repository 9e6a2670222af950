import type { Fetch } from '../options.ts'
import type { Authorization } from './authorization.ts'
import type { Call } from './call.ts'
import type { Clock } from './clock.ts'
import type { Unprepared } from './failure.ts'
import { type HeaderRecord, withOwnHeaders } from './headers.ts'
import type { BodyWatcher, OpenBody } from './request-body.ts'
import { messageOf } from './safe-cause.ts'

/** What a request needs of the client's configuration. */
export interface SendSettings {
  readonly fetch: Fetch
  /** Whether `fetch` is the caller's: it may not heed the signal that it gets. */
  readonly isForeignFetch: boolean
  readonly authorization: () => Authorization | Promise<Authorization>
  readonly allowInsecureHttp: boolean
}

/** The request of one attempt: prepared, sent, and let go of. What it tells of itself, only it changes. */
export class OutgoingRequest {
  readonly #call: Call
  readonly #clock: Clock
  readonly #settings: SendSettings
  #body: OpenBody | undefined
  /** What goes with it; undefined for a presigned URL, and until it is known. */
  authorization: Authorization | undefined
  /** Of the body. */
  bytesSent = 0
  /** Whether a part of it may have left this machine. */
  isSent = false
  /** What of the caller's failed, when it did. */
  unprepared: Unprepared | undefined

  constructor(call: Call, clock: Clock, settings: SendSettings) {
    this.#call = call
    this.#clock = clock
    this.#settings = settings
  }

  /** Throws what `fetch` throws, the reason of the clock, and what keeps it from being prepared. */
  async send(onStart: () => void): Promise<Response> {
    const { authorized, body, headers, method, redirect, url } = this.#call
    if (authorized) {
      const authorization = this.#prepared('no usable credential', () => this.#authorize())
      this.authorization = authorization instanceof Promise ? await authorization : authorization
    }
    if (body) {
      const open = () => body.open(this.#watcher())
      this.#body = await this.#prepared('the body could not be opened', open, (late) => late.release())
    }
    const init: RequestInit = { method, headers: this.#headers(headers), redirect, signal: this.#clock.signal }
    if (this.#body) Object.assign(init, this.#body.init)
    onStart()
    // The credential, the body and a listener may each have ended the call.
    this.#clock.signal.throwIfAborted()
    this.isSent = true
    const { fetch, isForeignFetch } = this.#settings
    // Not as a method of the settings: a browser's own `fetch` refuses to be one of anything but the page.
    const answer = fetch(url, init)
    if (!isForeignFetch) return answer
    return this.#usable(await this.#clock.race(answer, (late) => void late.body?.cancel().catch(() => {})))
  }

  /** To be called when the attempt is over. */
  release(): void {
    this.#body?.release()
  }

  /** What is no answer of a standard `fetch` cannot be read here, and what it was given may have been sent as garbage. */
  #usable(response: Response): Response {
    if (response.body === null || typeof response.body?.getReader === 'function') return response
    const message = 'the option fetch is no standard fetch: the body of its Response is no web stream'
    this.unprepared = { message, cause: undefined, sent: true }
    throw new Error(message)
  }

  #watcher(): BodyWatcher {
    return {
      onBytes: (count) => {
        this.#clock.touch()
        this.bytesSent += count
      },
      onFault: (cause) => {
        const message = `the body failed while it was sent: ${messageOf(cause)}`
        this.unprepared = { message, cause, sent: this.isSent }
      },
      signal: this.#clock.signal,
    }
  }

  #headers(given: HeaderRecord): Record<string, string> {
    const headers: Record<string, string> = { ...withOwnHeaders(given, this.#body?.headers) }
    if (this.authorization?.header !== undefined) headers.authorization = this.authorization.header
    return headers
  }

  #prepared<P>(what: string, make: () => P | Promise<P>, late?: (made: P) => void): P | Promise<P> {
    const fail = (cause: unknown): never => {
      this.unprepared ??= { message: `${what}: ${messageOf(cause)}`, cause, sent: false }
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

const PRIVATE = /^(https:|http:\/\/(localhost|\[::1\]|127\.\d+\.\d+\.\d+)(:\d+)?(\/|$))/

/** Whether nobody on the way can read it: https:, or this machine. The URL is a normalised one. */
function isPrivate(url: string): boolean {
  return PRIVATE.test(url)
}
