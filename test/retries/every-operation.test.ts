import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RequestOptions } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import type { Received, Step } from '../helpers/fault-server.ts'
import { UPLOADED } from '../helpers/operation-calls.ts'
import { allOperations, type Operation } from '../helpers/operations.ts'
import { outcomeOf } from '../helpers/outcome.ts'
import {
  acted,
  cutChunks,
  cutChunksOfAClosingConnection,
  garbage,
  ok,
  refused,
  resetAfterBody,
  resetBeforeBody,
  shortBody,
  silence,
  stalledBody,
} from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'

/** How a call ends: after how many attempts, in a result (`ok`) or an error of one of these names, with which status. */
type End = readonly [attempts: number, ...ends: (string | number)[]]

interface Scenario {
  readonly name: string
  readonly steps: readonly Step[]
  /** Whether a clock has to run out, which is set short for it. */
  readonly waits?: true
  /** Of what may be made again. */
  readonly safe: End
  /** Of what creates something. */
  readonly creates: End
  /** Of what has done its work once the status says so, where that differs. */
  readonly acts?: End
}

const HTML = '<html><body><h1>Bad Gateway</h1></body></html>'
const same = (end: End) => ({ safe: end, creates: end })

const scenarios: readonly Scenario[] = [
  { name: '200', steps: [ok], ...same([1, 'ok']) },
  {
    name: '503 twice, then 200',
    steps: [acted(503), acted(503), ok],
    safe: [3, 'ok'],
    creates: [1, 'InternalServerError', 503],
  },
  {
    name: '503 with Retry-After twice, then 200',
    steps: [refused(503, '', { 'retry-after': '0' }), refused(503, '', { 'retry-after': '0' }), ok],
    ...same([3, 'ok']),
  },
  { name: '429 without Retry-After, then 200', steps: [refused(429), ok], ...same([2, 'ok']) },
  { name: '429 with Retry-After, then 200', steps: [refused(429, '', { 'retry-after': '0' }), ok], ...same([2, 'ok']) },
  {
    name: '429 with a Retry-After of a day',
    steps: [refused(429, '', { 'retry-after': '86400' })],
    ...same([1, 'RateLimitError', 429]),
  },
  {
    name: '429 with a Retry-After that is a date of tomorrow',
    steps: [refused(429, '', { 'retry-after': new Date(Date.now() + 86_400_000).toUTCString() })],
    ...same([1, 'RateLimitError', 429]),
  },
  { name: '500, then 200', steps: [acted(500, HTML), ok], safe: [2, 'ok'], creates: [1, 'InternalServerError', 500] },
  {
    name: '502 with a page of HTML, then 200',
    steps: [acted(502, HTML, { 'content-type': 'text/html' }), ok],
    safe: [2, 'ok'],
    creates: [1, 'InternalServerError', 502],
  },
  { name: '504, then 200', steps: [acted(504), ok], safe: [2, 'ok'], creates: [1, 'InternalServerError', 504] },
  { name: '408, then 200', steps: [acted(408), ok], safe: [2, 'ok'], creates: [1, 'ApiError', 408] },
  { name: '501', steps: [refused(501)], ...same([1, 'InternalServerError', 501]) },
  { name: '400 with an array', steps: [refused(400, '["no"]')], ...same([1, 'BadRequestError', 400]) },
  { name: '401 with no body', steps: [refused(401)], ...same([1, 'UnauthorizedError', 401]) },
  { name: '403 with a page', steps: [refused(403, HTML)], ...same([1, 'ForbiddenError', 403]) },
  { name: '404 with cut JSON', steps: [refused(404, '{"error": "not_f')], ...same([1, 'NotFoundError', 404]) },
  { name: '405', steps: [refused(405)], ...same([1, 'ApiError', 405]) },
  { name: '409', steps: [refused(409)], ...same([1, 'ConflictError', 409]) },
  {
    name: 'a reset before the body is read, then 200',
    steps: [resetBeforeBody, ok],
    safe: [2, 'ok'],
    creates: [1, 'ConnectionError'],
  },
  {
    name: 'a reset after the body is read, then 200',
    steps: [resetAfterBody, ok],
    safe: [2, 'ok'],
    creates: [1, 'ConnectionError'],
  },
  {
    name: 'no answer within the timeout, then 200',
    steps: [silence, ok],
    waits: true,
    safe: [2, 'ok'],
    creates: [1, 'TimeoutError'],
  },
  {
    name: 'an answer that stands still, then 200',
    steps: [stalledBody, ok],
    waits: true,
    safe: [2, 'ok'],
    creates: [1, 'TimeoutError'],
  },
  {
    name: 'an answer shorter than announced, then 200',
    steps: [shortBody, ok],
    safe: [2, 'ok'],
    creates: [1, 'ConnectionError'],
  },
  {
    name: 'an answer in chunks that breaks off, then 200',
    steps: [cutChunks, ok],
    safe: [2, 'ok'],
    creates: [1, 'ConnectionError'],
  },
  {
    name: 'an answer in chunks that breaks off without a word, then 200',
    steps: [cutChunksOfAClosingConnection, ok],
    safe: [2, 'ok'],
    // Node 20 takes it for the whole answer, Node 22 does not.
    creates: [1, 'ConnectionError', 'InvalidResponseError'],
  },
  { name: 'what is no HTTP, then 200', steps: [garbage, ok], safe: [2, 'ok'], creates: [1, 'ConnectionError'] },
  { name: '204', steps: [acted(204)], ...same([1, 'InvalidResponseError', 204]), acts: [1, 'ok'] },
  { name: '200 with nothing', steps: [acted(200)], ...same([1, 'InvalidResponseError', 200]), acts: [1, 'ok'] },
  {
    name: '200 with a page of HTML',
    steps: [acted(200, HTML, { 'content-type': 'text/html' })],
    ...same([1, 'InvalidResponseError', 200]),
  },
  {
    name: '200 with JSON that is no object',
    steps: [acted(200, '["a"]', { 'content-type': 'application/json' })],
    ...same([1, 'InvalidResponseError', 200]),
  },
  {
    name: '200 with null',
    steps: [acted(200, 'null', { 'content-type': 'application/json' })],
    ...same([1, 'InvalidResponseError', 200]),
  },
]

/** These have done their work once the status says so: nothing that is missing in the response makes that an error. */
const ACTIONS: readonly string[] = [
  'archiveBucket',
  'archiveChannel',
  'deleteChannelDatasource',
  'deleteChannelFile',
  'deleteTrigger',
  'putChannelDatasource',
  'putChannelFileLifetime',
  'putChannelFileMetadata',
  'unarchiveBucket',
  'unarchiveChannel',
]

/** What is due in an answer, as something else. */
const WRONG = {
  channel: null,
  bucket: null,
  datasource: null,
  channels: {},
  buckets: {},
  datasources: {},
  files: {},
  entries: {},
}

const server = useFaultServer()
const elsewhere = useFaultServer()
const whole = new Map<string, Received>()

beforeEach(() => {
  // Full jitter: no pause at all.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})

/** Plays a script to a call, and checks all that holds of every script. */
async function play(operation: Operation, steps: readonly Step[], clocks: RequestOptions = {}) {
  server.script(steps, operation.answer)
  const abeja = abejaAt(server.url, { maxRetries: 5, ...clocks })
  const outcome = await outcomeOf(operation.call(abeja))
  if (operation.creates) expect(server.acts).toBeLessThanOrEqual(1)
  for (const { body } of server.received) {
    if (body) expect(withoutBoundary(body)).toEqual(withoutBoundary(wholeBody(operation)))
  }
  if ('error' in outcome) {
    expect(outcome.error).toMatchObject({ operationId: operation.id, method: server.received[0]?.method })
    expect(outcome.error.attempts).toHaveLength(server.received.length)
    expect(outcome.error.message).toContain(operation.id)
  }
  return outcome
}

/** What arrives when nothing goes wrong. */
function wholeBody({ id }: Operation): Buffer {
  return whole.get(id)?.body ?? Buffer.of()
}

/** A form is enclosed by other words each time it is opened. */
function withoutBoundary(body: Buffer): string {
  return body.toString('latin1').replaceAll(/abeja-[0-9a-f]{32}/g, 'boundary')
}

describe.each(allOperations)('$id', (operation) => {
  beforeAll(async () => {
    server.script([ok], operation.answer)
    await operation.call(abejaAt(server.url))
    const [received] = server.received
    if (received) whole.set(operation.id, received)
    if (operation.uploads) expect(wholeBody(operation).includes(Buffer.from(UPLOADED))).toBe(true)
  })

  test.each(scenarios)('$name', async ({ steps, waits, ...ends }) => {
    const { acts = ends.safe } = ends
    const safe = ACTIONS.includes(operation.id) ? acts : ends.safe
    const [attempts, ...names] = operation.creates ? ends.creates : safe
    const outcome = await play(operation, steps, waits && { timeout: 150, idleTimeout: 150 })
    const name = 'error' in outcome ? outcome.error.name : 'ok'
    expect(names).toContain(name)
    expect(server.received).toHaveLength(attempts)
    const status = names.find((end) => typeof end === 'number')
    if (status !== undefined) expect(outcome).toHaveProperty('error.status', status)
  })

  test('200 without what is due is an error, where something is', async () => {
    const outcome = await play(operation, [acted(200, JSON.stringify(WRONG), { 'content-type': 'application/json' })])
    if (ACTIONS.includes(operation.id)) expect(outcome).toHaveProperty('result')
    else expect(outcome).toMatchObject({ error: { name: 'InvalidResponseError', status: 200 } })
    expect(server.received).toHaveLength(1)
  })

  test.each([301, 302, 303, 307, 308])('%i in a circle ends at once', async (status) => {
    const circle = refused(status, '', { location: '/round' })
    const outcome = await play(operation, [circle, circle, circle])
    expect(outcome).toMatchObject({ error: { name: operation.uploads ? 'ConnectionError' : 'ApiError' } })
    expect(server.received).toHaveLength(1)
  })

  test.each([301, 302, 303, 307, 308])('%i to another origin takes nothing there', async (status) => {
    elsewhere.script([ok], operation.answer)
    const outcome = await play(operation, [refused(status, '', { location: `${elsewhere.url}/taken` })])
    expect(outcome).toMatchObject({ error: { message: expect.stringContaining('Check baseUrl') } })
    expect(elsewhere.received).toEqual([])
  })
})
