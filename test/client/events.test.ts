import { describe, expect, test, vi } from 'vitest'
import type { AbejaEvent, ClientOptions } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { allOperations, exampleAnswer } from '../helpers/operations.ts'
import { abejaErrorOf, outcomeOf } from '../helpers/outcome.ts'
import { acted, ok, refused } from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'
import { withoutPauses } from '../helpers/without-pauses.ts'

const server = useFaultServer()
withoutPauses()

function listening(options: ClientOptions = {}) {
  const events: AbejaEvent[] = []
  return { events, abeja: abejaAt(server.url, { maxRetries: 2, onEvent: (event) => events.push(event), ...options }) }
}

test('a call that succeeds at the second attempt tells all of it in order', async () => {
  server.script([refused(503, 'busy', { 'x-request-id': 'r-1' }), ok], exampleAnswer('getChannel'))
  const { abeja, events } = listening()
  await abeja.channels.get('7')
  const url = `${server.url}/organizations/1234567890123/channels/7`
  const call = { callId: events[0]?.callId, operationId: 'getChannel', method: 'GET', url }
  const durationMs = expect.any(Number)
  const bytes = Buffer.byteLength(JSON.stringify(exampleAnswer('getChannel')))
  expect(events).toEqual([
    { ...call, type: 'request', attempt: 1 },
    {
      ...call,
      type: 'response',
      attempt: 1,
      status: 503,
      requestId: 'r-1',
      date: expect.any(String),
      durationMs,
      bytesSent: 0,
      bytesReceived: 4,
    },
    {
      ...call,
      type: 'retry',
      attempt: 1,
      reason: '503 Service Unavailable',
      delayMs: 0,
      error: expect.objectContaining({ name: 'InternalServerError', retryable: true }),
    },
    { ...call, type: 'request', attempt: 2 },
    {
      ...call,
      type: 'response',
      attempt: 2,
      status: 200,
      requestId: undefined,
      date: expect.any(String),
      durationMs,
      bytesSent: 0,
      bytesReceived: bytes,
    },
  ])
})

test('a call that fails tells the error that it throws, and how long it took in all', async () => {
  server.script([acted(500), acted(500), acted(500)])
  const { abeja, events } = listening()
  const error = await abejaErrorOf(abeja.channels.get('7'))
  expect(events.map(({ type, attempt }) => `${type} ${attempt}`)).toEqual([
    'request 1',
    'response 1',
    'retry 1',
    'request 2',
    'response 2',
    'retry 2',
    'request 3',
    'response 3',
    'failure 3',
  ])
  expect(events.at(-1)).toMatchObject({ error, durationMs: expect.any(Number) })
})

test('a call that cannot be sent tells no request', async () => {
  const { abeja, events } = listening({ credential: () => Promise.reject(new Error('no')) })
  await abejaErrorOf(abeja.channels.get('7'))
  expect(events.map(({ type, attempt }) => `${type} ${attempt}`)).toEqual(['failure 1'])
})

test('bytes are those of the bodies on their way', async () => {
  server.script([acted(400, 'あ')])
  const { abeja, events } = listening()
  await abejaErrorOf(abeja.channels.files.upload('1', new Uint8Array(200_000)))
  expect(events[1]).toMatchObject({ type: 'response', bytesSent: 200_000, bytesReceived: 3 })
})

describe('what goes wrong in a listener changes nothing:', () => {
  test.each<[string, ClientOptions['onEvent']]>([
    [
      'an exception',
      () => {
        throw new Error('no space for logs')
      },
    ],
    ['a promise that is rejected', () => Promise.reject(new Error('no space for logs'))],
  ])('%s', async (_, onEvent) => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    server.script([refused(429), ok], exampleAnswer('getChannel'))
    expect(await abejaAt(server.url, { maxRetries: 1, onEvent }).channels.get('7')).toMatchObject({
      name: expect.anything(),
    })
    server.script([refused(404)])
    expect(await abejaErrorOf(abejaAt(server.url, { onEvent }).channels.get('7'))).toMatchObject({ status: 404 })
    await new Promise((done) => setImmediate(done))
    process.off('unhandledRejection', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })
})

test('calls that go at the same time can be told apart', async () => {
  server.script([ok, ok, ok], exampleAnswer('getChannel'))
  const { abeja, events } = listening()
  await Promise.all([abeja.channels.get('7'), abeja.channels.get('7'), abeja.channels.get('7')])
  const ids = events.filter(({ type }) => type === 'response').map(({ callId }) => callId)
  expect(new Set(ids).size).toBe(3)
})

test.each(allOperations)('$id names itself in every event', async ({ id, call, answer }) => {
  server.script([refused(429), ok], answer)
  const { abeja, events } = listening()
  await call(abeja)
  expect(new Set(events.map(({ operationId }) => operationId))).toEqual(new Set([id]))
  expect(events.map(({ type }) => type)).toEqual(['request', 'response', 'retry', 'request', 'response'])
})

/** As a tracer sees it: what OpenTelemetry's `Tracer` and `Span` have, and no more. */
interface Span {
  setAttribute(name: string, value: string | number): void
  recordException(error: Error): void
  end(): void
}

test('ten lines make a span of each call', async () => {
  const told: string[] = []
  const tracer = {
    startSpan: (name: string): Span => ({
      setAttribute: (attribute, value) => told.push(`${name} ${attribute}=${value}`),
      recordException: (error) => told.push(`${name} ${error.name}`),
      end: () => told.push(`${name} ends`),
    }),
  }
  const spans = new Map<number, Span>()
  const onEvent = (event: AbejaEvent) => {
    if (event.type === 'request' && event.attempt === 1) {
      spans.set(event.callId, tracer.startSpan(event.operationId ?? event.method))
    }
    const span = spans.get(event.callId)
    if (event.type === 'response') span?.setAttribute('http.response.status_code', event.status)
    if (event.type === 'retry' || event.type === 'failure') span?.recordException(event.error)
    if (event.type === 'failure' || (event.type === 'response' && event.status < 300)) span?.end()
  }
  server.script([refused(429), refused(404)])
  await outcomeOf(abejaAt(server.url, { maxRetries: 1, onEvent }).channels.get('7'))
  expect(told).toEqual([
    'getChannel http.response.status_code=429',
    'getChannel RateLimitError',
    'getChannel http.response.status_code=404',
    'getChannel NotFoundError',
    'getChannel ends',
  ])
})
