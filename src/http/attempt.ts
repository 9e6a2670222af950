import type { Fetch } from '../options.ts'
import type { Authorization } from './authorization.ts'
import { boundedText } from './bounded-text.ts'
import type { Call } from './call.ts'
import { Clock } from './clock.ts'
import type { AbejaEvent, RequestEvent, ResponseEvent } from './events.ts'
import {
  answerFailure,
  connectionFailure,
  type Failure,
  preparationFailure,
  requestId,
  statusFailure,
  stoppedFailure,
  type Unprepared,
} from './failure.ts'
import { meteredBody } from './metered-body.ts'
import { type AnswerReader, UnusableAnswer } from './read-answer.ts'
import type { RequestPayload } from './request-body.ts'

/** What an attempt needs of the client's configuration. */
export interface AttemptSettings {
  readonly fetch: Fetch
  readonly authorization: () => Authorization | Promise<Authorization>
  readonly allowInsecureHttp: boolean
}

/** A whole answer. */
export interface Success<T> {
  readonly response: Response
  readonly value: T
}

type AttemptEvent = Omit<RequestEvent, keyof EventBase> | Omit<ResponseEvent, keyof EventBase>
type EventBase = Pick<AbejaEvent, 'operationId' | 'method' | 'url' | 'attempt'>

/** Sends a call once. Never throws: what went wrong is the result. */
export async function attemptOnce<T>(
  call: Call,
  read: AnswerReader<T>,
  settings: AttemptSettings,
  emit: (event: AttemptEvent) => void,
): Promise<Success<T> | Failure> {
  const startedAt = performance.now()
  const clock = new Clock(call, call.signal)
  let keepsClock = false
  let unprepared: Unprepared | undefined
  let bytesSent = 0

  const prepare = async <P>(what: string, make: () => P | Promise<P>): Promise<P> => {
    try {
      const made = make()
      return made instanceof Promise ? await clock.race(made) : made
    } catch (cause) {
      unprepared ??= { message: `${what}: ${messageOf(cause)}`, cause, sent: false }
      throw cause
    }
  }

  const send = async (authorization: Authorization, payload: RequestPayload | undefined): Promise<Response> => {
    const headers = new Headers(call.headers)
    for (const [name, value] of Object.entries(payload?.headers ?? {})) headers.set(name, value)
    if (authorization.header !== undefined) headers.set('authorization', authorization.header)
    const init: RequestInit = { method: call.method, headers, redirect: call.redirect, signal: clock.signal }
    if (payload) {
      const onBytes = (count: number) => {
        clock.touch()
        bytesSent += count
        call.onSent?.(count)
      }
      const onFault = (cause: unknown) => {
        unprepared = { message: `the body failed while it was sent: ${messageOf(cause)}`, cause, sent: true }
      }
      Object.assign(init, meteredBody(payload, headers, onBytes, onFault))
    }
    emit({ type: 'request' })
    return clock.race(settings.fetch(call.url, init), (late) => void late.body?.cancel().catch(() => {}))
  }

  const answered = ({ status, headers }: Response, bytesReceived: number) => {
    const durationMs = performance.now() - startedAt
    emit({ type: 'response', status, requestId: requestId(headers), durationMs, bytesSent, bytesReceived })
  }

  try {
    const authorization = await prepare('no usable credential', () => authorizationOf(call, settings))
    const payload = call.body && (await prepare('the body could not be opened', call.body.open))
    const response = await send(authorization, payload)
    clock.touch()
    if (!response.ok) {
      const text = await boundedText(response)
      answered(response, text.length)
      if (clock.stopped) return stoppedFailure(call, clock.stopped)
      return statusFailure(call, response, text, authorization)
    }
    const answer = await read(response, clock)
    keepsClock = answer.keepsClock ?? false
    answered(response, answer.bytes)
    return { response, value: answer.value }
  } catch (error) {
    if (unprepared && !clock.stopped) return preparationFailure(call, unprepared)
    return failureOf(call, clock, error)
  } finally {
    if (!keepsClock) clock.stop()
  }
}

/** What an error while an answer was awaited or read means for the call. */
export function failureOf(call: Call, clock: Clock, error: unknown): Failure {
  if (clock.stopped) return stoppedFailure(call, clock.stopped)
  if (error instanceof UnusableAnswer) return answerFailure(call, error)
  return connectionFailure(call, error)
}

function authorizationOf(call: Call, settings: AttemptSettings): Authorization | Promise<Authorization> {
  if (!call.authorized) return { kind: 'none', source: 'presigned', header: undefined, secrets: [] }
  const check = (authorization: Authorization) => {
    if (authorization.header === undefined || settings.allowInsecureHttp || isPrivate(call.url)) return authorization
    throw new Error('it would go unencrypted over http: to another machine; use https:, or set allowInsecureHttp')
  }
  const given = settings.authorization()
  return given instanceof Promise ? given.then(check) : check(given)
}

/** Whether nobody on the way can read it: https:, or this machine. */
function isPrivate(url: string): boolean {
  if (url.startsWith('https:')) return true
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
