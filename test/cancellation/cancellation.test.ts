import { getEventListeners } from 'node:events'
import type { Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AbejaClient, AbejaEvent, ClientOptions } from '../../src/index.ts'
import { abejaAt, ORGANIZATION } from '../helpers/abeja.ts'
import type { Step } from '../helpers/fault-server.ts'
import { operationCalls } from '../helpers/operation-calls.ts'
import { allOperations, exampleAnswer, fileAt } from '../helpers/operations.ts'
import { abejaErrorOf, outcomeOf } from '../helpers/outcome.ts'
import { ok, refused, silence, stalledBody } from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'

const server = useFaultServer()
afterEach(() => {
  vi.restoreAllMocks()
})

/** How a call is brought into a phase, and how the test learns that it is there. */
interface Phase {
  readonly name: string
  readonly steps?: (reached: () => void) => readonly Step[]
  readonly answer?: unknown
  readonly options?: (reached: () => void) => ClientOptions
  /** @default `channels.get` */
  readonly call?: (abeja: AbejaClient, signal: AbortSignal, reached: () => void) => Promise<unknown>
}

/** A step that tells that it was reached. */
const then =
  (step: Step, reached: () => void): Step =>
  async (exchange) => {
    await step(exchange)
    reached()
  }

const never = <T>() => new Promise<T>(() => {})

/** Bytes without an end. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)) })
}

const phases: readonly Phase[] = [
  {
    name: 'in an async credential function',
    options: (reached) => ({
      credential: () => {
        reached()
        return never()
      },
    }),
  },
  {
    name: 'while a body is opened',
    call: (abeja, signal, reached) => {
      const open = () => {
        reached()
        return never<string>()
      }
      return abeja.channels.files.upload('1', open, {}, { signal })
    },
  },
  {
    name: 'while a body is sent',
    // The server reads no further than the head.
    steps: (reached) => [reached],
    call: (abeja, signal) => abeja.channels.files.upload('1', endless, {}, { signal }),
  },
  { name: 'while the answer is waited for', steps: (reached) => [then(silence, reached)] },
  {
    name: 'while an answer is read',
    steps: (reached) => [then(stalledBody, reached)],
    answer: exampleAnswer('getChannel'),
  },
  {
    name: 'while the answer of an error is read',
    steps: (reached) => [
      ({ response }) => {
        response.writeHead(500, { 'content-length': 100 }).write('{', () => reached())
      },
    ],
  },
  {
    name: 'in the pause before a retry',
    steps: () => [refused(503)],
    options: (reached) => ({ maxRetries: 5, onEvent: ({ type }) => void (type === 'retry' && reached()) }),
  },
  {
    name: 'in a pause that the server asks for',
    steps: () => [refused(429, '', { 'retry-after': '30' })],
    options: (reached) => ({ maxRetries: 5, onEvent: ({ type }) => void (type === 'retry' && reached()) }),
  },
  {
    name: 'while a later page is waited for',
    answer: { channels: [], offset: 0, limit: 50, has_next: true },
    steps: (reached) => [ok, then(silence, reached)],
    call: (abeja, signal) => abeja.channels.list({}, { signal }).toArray(),
  },
  {
    name: 'while the bytes of a download are waited for',
    call: async (abeja, signal, reached) => {
      server.script([
        ({ response }) => void response.end(JSON.stringify(fileAt(`${server.url}/f`))),
        ({ response }) => void response.writeHead(200, { 'content-length': 10 }).write('12345', () => reached()),
      ])
      return (await abeja.channels.files.download('1', 'f', { signal })).bytes()
    },
  },
  {
    name: 'in abeja.api',
    steps: (reached) => [then(silence, reached)],
    call: (abeja, signal) => {
      const path = { organization_id: ORGANIZATION, channel_id: '1' }
      return abeja.api.GET('/organizations/{organization_id}/channels/{channel_id}', { params: { path }, signal })
    },
  },
  {
    name: 'while a fetch that knows no signal is waited for',
    options: (reached) => ({
      fetch: () => {
        reached()
        return never()
      },
    }),
  },
  {
    name: 'while the answer of a fetch that knows no signal is read',
    options: (reached) => ({
      fetch: async () => {
        reached()
        return new Response(new ReadableStream())
      },
    }),
  },
  {
    name: 'while the download of a fetch that knows no signal is read',
    options: (reached) => ({
      fetch: async (url) => {
        if (!url.endsWith('/bytes')) return Response.json(fileAt(`${server.url}/bytes`))
        reached()
        return new Response(new ReadableStream())
      },
    }),
    call: async (abeja, signal) => (await abeja.channels.files.download('1', 'f', { signal })).bytes(),
  },
]

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

describe('an abort', () => {
  beforeEach(() => {
    // The longest pauses: an abort must not wait for them.
    vi.spyOn(Math, 'random').mockReturnValue(1)
  })

  test.each(phases)('$name ends the call at once, with its reason, and leaves nothing behind', async (phase) => {
    const timersBefore = timers()
    const controller = new AbortController()
    const reason = new Error('enough')
    const { promise: reached, resolve } = withResolvers()
    const call = phase.call ?? ((abeja, signal) => abeja.channels.get('1', { signal }))
    server.script(phase.steps?.(resolve) ?? [], phase.answer)
    const abeja = abejaAt(server.url, { maxRetries: 0, ...phase.options?.(resolve) })
    const outcome = abejaErrorOf(call(abeja, controller.signal, resolve))

    await reached
    // One turn of the loop, so that the client is where the phase says.
    await new Promise((done) => setImmediate(done))
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    const abortedAt = performance.now()
    controller.abort(reason)
    const error = await outcome
    expect(performance.now() - abortedAt).toBeLessThan(50)

    expect(error).toMatchObject({ name: 'AbortedError', retryable: false })
    expect(error.cause).toBe(reason)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    expect(timers()).toBeLessThanOrEqual(timersBefore)
  })

  test.each(allOperations)('before $id sends nothing', async ({ call }) => {
    server.script([])
    const error = await abejaErrorOf(call(abejaAt(server.url), { signal: AbortSignal.abort('early') }))
    expect(error).toMatchObject({ name: 'AbortedError', cause: 'early', attempts: [] })
    expect(server.received).toEqual([])
  })

  test('in a listener of the request event sends nothing either', async () => {
    server.script([])
    const controller = new AbortController()
    const onEvent = () => controller.abort('by the listener')
    const fetch = vi.fn(globalThis.fetch)
    const call = abejaAt(server.url, { onEvent, fetch }).channels.get('1', { signal: controller.signal })
    expect(await abejaErrorOf(call)).toMatchObject({
      cause: 'by the listener',
      attempts: [{ mayHaveBeenProcessed: false }],
    })
    expect(fetch).not.toHaveBeenCalled()
  })

  test('between the reads of a download ends it at the next', async () => {
    server.script([
      ({ response }) => void response.end(JSON.stringify(fileAt(`${server.url}/f`))),
      ({ response }) => void response.writeHead(200, { 'content-length': 10 }).write('12345'),
    ])
    const controller = new AbortController()
    const download = await abejaAt(server.url).channels.files.download('1', 'f', { signal: controller.signal })
    const reader = download.getReader()
    await reader.read()
    controller.abort('full')
    expect(await abejaErrorOf(reader.read())).toMatchObject({ name: 'AbortedError', cause: 'full' })
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  test('closes the connections', async () => {
    const sockets: Socket[] = []
    const step: Step = ({ socket }) => void sockets.push(socket)
    server.script([step, step, step])
    const controller = new AbortController()
    const abeja = abejaAt(server.url)
    const calls = [1, 2, 3].map((id) => outcomeOf(abeja.channels.get(`${id}`, { signal: controller.signal })))
    await vi.waitFor(() => expect(sockets).toHaveLength(3))
    controller.abort()
    await Promise.all(calls)
    await vi.waitFor(() => expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true, true]))
  })
})

describe('a download that is cancelled', () => {
  const half = { 'content-length': '10', etag: '"v1"', 'accept-ranges': 'bytes' }
  const info: Step = ({ response }) => void response.end(JSON.stringify(fileAt(`${server.url}/f`)))

  /** A download that has its first bytes, and is resumed without a pause. */
  async function begun() {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const controller = new AbortController()
    const { files } = abejaAt(server.url, { maxRetries: 5 }).channels
    const reader = (await files.download('1', 'f', { signal: controller.signal })).getReader()
    await reader.read()
    return { reader, controller }
  }

  test('while a read waits opens no other connection, and tells no retry', async () => {
    const sockets: Socket[] = []
    server.script([
      info,
      ({ response, socket }) => {
        sockets.push(socket)
        response.writeHead(200, half).write('12345')
      },
    ])
    const events: AbejaEvent[] = []
    const abeja = abejaAt(server.url, { maxRetries: 5, onEvent: (event) => events.push(event) })
    const download = await abeja.channels.files.download('1', 'f')
    const reader = download.getReader()
    await reader.read()
    const waiting = reader.read()
    await reader.cancel()
    expect(await waiting).toEqual({ done: true, value: undefined })
    await vi.waitFor(() => expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true]))
    expect(server.received).toHaveLength(2)
    expect(events.map(({ type }) => type)).toEqual(['request', 'response', 'request', 'response'])
  })

  test('while it is about to be resumed ends at once', async () => {
    let resumed: Socket | undefined
    server.script([
      info,
      ({ response, socket }) => void response.writeHead(200, half).write('12345', () => socket.destroySoon()),
      ({ socket }) => {
        resumed = socket
      },
    ])
    const { reader, controller } = await begun()
    const waiting = reader.read()
    await vi.waitFor(() => expect(resumed).toBeDefined())
    await reader.cancel()
    expect(await waiting).toEqual({ done: true, value: undefined })
    await vi.waitFor(() => expect(resumed?.destroyed).toBe(true))
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  test('after it was resumed by its signal ends with it', async () => {
    server.script([
      info,
      ({ response, socket }) => void response.writeHead(200, half).write('12345', () => socket.destroySoon()),
      ({ response }) => void response.writeHead(206, { ...half, 'content-range': 'bytes 5-9/10' }).write('67'),
    ])
    const { reader, controller } = await begun()
    await reader.read()
    controller.abort('full')
    expect(await abejaErrorOf(reader.read())).toMatchObject({ name: 'AbortedError', cause: 'full' })
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })
})

test('an answer that comes after the abort is let go of', async () => {
  const { promise: answer, resolve: answerWith } = withResolvers<Response>()
  const controller = new AbortController()
  const call = abejaAt(server.url, { fetch: () => answer }).channels.get('1', { signal: controller.signal })
  const outcome = outcomeOf(call)
  await new Promise((done) => setImmediate(done))
  controller.abort()
  await outcome
  const cancel = vi.fn()
  answerWith(new Response(new ReadableStream({ cancel })))
  await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce())
})

test('a body that is opened after the abort is let go of', async () => {
  const { promise: body, resolve: openWith } = withResolvers<ReadableStream<Uint8Array>>()
  const controller = new AbortController()
  const upload = abejaAt(server.url).channels.files.upload('1', () => body, {}, { signal: controller.signal })
  const outcome = outcomeOf(upload)
  await new Promise((done) => setImmediate(done))
  controller.abort()
  await outcome
  const cancel = vi.fn()
  openWith(new ReadableStream({ cancel }))
  await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce())
})

describe('a signal shared by a thousand calls', () => {
  const warnings: Error[] = []
  const onWarning = (warning: Error) => warnings.push(warning)
  beforeAll(() => void process.on('warning', onWarning))
  afterAll(() => void process.off('warning', onWarning))

  test('keeps no listener of them, and no warning is printed', async () => {
    const { signal } = new AbortController()
    const answers = [() => Response.json(exampleAnswer('getChannel')), () => new Response('no', { status: 500 })]
    let requests = 0
    const fetch = async () => answers[requests++ % answers.length]?.() ?? Response.error()
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const abeja = abejaAt('https://api.example', { fetch, maxRetries: 1 })
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 50 }, () => outcomeOf(operationCalls.getChannel(abeja, { signal }))))
    }
    expect(requests).toBeGreaterThanOrEqual(1_000)
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    expect(warnings).toEqual([])
  })

  test.each(allOperations)('keeps none of $id over a real connection', async ({ call, answer }) => {
    const { signal } = new AbortController()
    server.script([ok, refused(404)], answer)
    for (let time = 0; time < 2; time++) await outcomeOf(call(abejaAt(server.url), { signal }))
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

function withResolvers<T = void>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((given) => {
    resolve = given
  })
  return { promise, resolve }
}
