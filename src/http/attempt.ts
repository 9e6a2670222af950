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
  stoppedFailure,
} from './failure.ts'
import { OutgoingRequest, type SendSettings } from './outgoing-request.ts'
import { type AnswerReader, UnusableAnswer } from './read-answer.ts'
import { redactorOf } from './redactor.ts'
import { statusFailure } from './status-failure.ts'

/** A whole answer. */
export interface Success<T> {
  readonly response: Response
  readonly value: T
}

/** An event without what the transport knows already. */
export type AttemptEvent = Omit<RequestEvent, keyof EventBase> | Omit<ResponseEvent, keyof EventBase>
type EventBase = Pick<AbejaEvent, 'callId' | 'operationId' | 'method' | 'url' | 'attempt'>

/** Sends a call once. Never throws: what went wrong is the result. */
export async function attemptOnce<T>(
  call: Call,
  read: AnswerReader<T>,
  settings: SendSettings,
  emit: ((event: AttemptEvent) => void) | undefined,
): Promise<Success<T> | Failure> {
  const startedAt = performance.now()
  const clock = new Clock(call, call.signal)
  const request = new OutgoingRequest(call, clock, settings)
  let keepsClock = false

  const answered = ({ status, headers }: Response, bytesReceived: number) => {
    if (!emit) return
    const { authorization, bytesSent } = request
    const id = requestId(headers, redactorOf(call, authorization))
    const date = headers.get('date') ?? undefined
    const durationMs = performance.now() - startedAt
    emit({ type: 'response', status, requestId: id, date, durationMs, bytesSent, bytesReceived })
  }

  try {
    const response = await request.send(() => emit?.({ type: 'request' }))
    clock.touch()
    // A browser hides what a redirect says.
    if (response.type === 'opaqueredirect') throw new TypeError('unexpected redirect')
    if (!response.ok) {
      const told = await boundedText(response, clock)
      answered(response, told.bytes)
      // A status says more than the clock that ran out while its body was read, but not more than the caller.
      if (clock.stopped?.kind === 'aborted') return stoppedFailure(call, clock.stopped, true)
      return statusFailure(call, response, told, request.authorization, redactorOf(call, request.authorization))
    }
    const answer = await read(response, clock)
    keepsClock = answer.keepsClock ?? false
    answered(response, answer.bytes)
    return { response, value: answer.value }
  } catch (error) {
    if (request.unprepared && !clock.stopped) return preparationFailure(request.unprepared)
    return failureOf(call, clock, error, request)
  } finally {
    request.release()
    if (!keepsClock) clock.stop()
  }
}

/** What an error while an answer was awaited or read means for the call. */
export function failureOf(
  call: Call,
  clock: Clock,
  error: unknown,
  { authorization, isSent }: Pick<OutgoingRequest, 'authorization' | 'isSent'> = PRESIGNED,
): Failure {
  if (clock.stopped) return stoppedFailure(call, clock.stopped, isSent)
  const redact = redactorOf(call, authorization)
  return error instanceof UnusableAnswer ? answerFailure(error, redact) : connectionFailure(error, redact)
}

const PRESIGNED = { authorization: undefined, isSent: true }
