import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AbejaEvent } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { exampleAnswer, fileAt } from '../helpers/operations.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'
import { acted, ok, refused, silence, stalledBody } from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'
import { withoutPauses } from '../helpers/without-pauses.ts'

const TOLERANCE_MS = 400

const server = useFaultServer()
withoutPauses()
afterEach(() => {
  vi.useRealTimers()
})

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

describe('timeout', () => {
  test('is of each attempt, and covers the answer to its last byte', async () => {
    server.script([silence, stalledBody, silence], exampleAnswer('getChannel'))
    const abeja = abejaAt(server.url, { timeout: 60, maxRetries: 2 })
    const error = await abejaErrorOf(abeja.channels.get('1'))
    expect(error).toMatchObject({ name: 'TimeoutError', kind: 'timeout', retryable: true })
    expect(error.message).toContain('No complete response within 60 ms (timeout)')
    expect(error.attempts).toHaveLength(3)
    for (const { durationMs } of error.attempts) expect(durationMs).toBeLessThan(60 + TOLERANCE_MS)
    expect(error.toJSON()).toMatchObject({ kind: 'timeout' })
  })

  test('does not hide a status that came before it', async () => {
    server.script([({ response }) => void response.writeHead(404, { 'content-length': 100 }).write('{"error":')])
    const error = await abejaErrorOf(abejaAt(server.url, { timeout: 600 }).channels.get('1'))
    expect(error).toMatchObject({ name: 'NotFoundError', status: 404, body: '{"error":' })
  })

  test('of a credential function that hangs leaves nothing sent, and a creating call goes again', async () => {
    server.script([ok], exampleAnswer('createChannel'))
    const credential = vi.fn(async () => null).mockReturnValueOnce(new Promise(() => {}))
    const abeja = abejaAt(server.url, { credential, timeout: 600, maxRetries: 1 })
    await abeja.channels.create({ name: 'a', description: 'b', storage_type: 'datalake' })
    expect([server.acts, credential.mock.calls.length]).toEqual([1, 2])
  })

  test('of a credential function that always hangs says so', async () => {
    const abeja = abejaAt(server.url, { credential: () => new Promise(() => {}), timeout: 30 })
    const error = await abejaErrorOf(abeja.channels.get('1'))
    expect(error).toMatchObject({ name: 'TimeoutError', attempts: [{ mayHaveBeenProcessed: false }] })
    expect(error.message).toContain('The credential and the body were not ready within 30 ms')
  })
})

describe('idleTimeout', () => {
  /** Gives a byte now and then. */
  async function* slowly(pieces: number, everyMs: number) {
    for (let piece = 0; piece < pieces; piece++) {
      await new Promise((resolve) => setTimeout(resolve, everyMs))
      yield 'A'
    }
  }

  test('lets an upload take longer than timeout and idleTimeout, as long as bytes move', async () => {
    server.script([ok], exampleAnswer('postChannelFileUpload'))
    const abeja = abejaAt(server.url, { timeout: 50, idleTimeout: 500 })
    const took = await elapsed(() => abeja.channels.files.upload('1', slowly(16, 40)))
    expect(took).toBeGreaterThan(500)
    expect(server.received[0]?.body?.toString()).toBe('A'.repeat(16))
  })

  test('ends an upload whose body stands still', async () => {
    server.script([({ read }) => read()])
    const abeja = abejaAt(server.url, { idleTimeout: 60 })
    const error = await abejaErrorOf(abeja.channels.files.upload('1', () => new ReadableStream()))
    expect(error).toMatchObject({ name: 'TimeoutError', kind: 'idleTimeout', operationId: 'postChannelFileUpload' })
    expect(error.message).toContain('Transfer stalled: no data for 60 ms (idleTimeout)')
  })

  test('of a download stands still until it is read', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    server.script([
      ({ response }) => void response.end(JSON.stringify(fileAt(`${server.url}/f`))),
      ({ response }) => void response.writeHead(200, { 'content-length': '5' }).end('12345'),
    ])
    const download = await abejaAt(server.url, { idleTimeout: 60_000 }).channels.files.download('1', 'f')
    vi.advanceTimersByTime(600_000)
    expect(await download.text()).toBe('12345')
    expect(server.received).toHaveLength(2)
  })

  test('ends a download that stands still, after it was resumed as often as retries allow', async () => {
    const half = { 'content-length': '10', etag: '"v1"', 'accept-ranges': 'bytes' }
    server.script([
      ({ response }) => void response.end(JSON.stringify(fileAt(`${server.url}/f`))),
      ({ response }) => void response.writeHead(200, half).write('12345'),
      ({ response }) => void response.writeHead(206, { ...half, 'content-range': 'bytes 5-9/10' }).write('67'),
      ({ response }) => void response.writeHead(206, { ...half, 'content-range': 'bytes 7-9/10' }).flushHeaders(),
      ({ response }) => void response.writeHead(206, { ...half, 'content-range': 'bytes 7-9/10' }).flushHeaders(),
    ])
    const events: AbejaEvent[] = []
    const abeja = abejaAt(server.url, { idleTimeout: 60, maxRetries: 1, onEvent: (event) => events.push(event) })
    const download = await abeja.channels.files.download('1', 'f')
    const error = await abejaErrorOf(download.bytes())
    expect(error).toMatchObject({ name: 'TimeoutError', kind: 'idleTimeout', operationId: 'getChannelFileDownload' })
    const ranges = server.received.map(({ headers }) => headers.range)
    expect(ranges).toEqual([undefined, undefined, 'bytes=5-', 'bytes=7-'])
    expect(events.at(-1)).toMatchObject({ type: 'failure', error })
  })
})

describe('totalTimeout', () => {
  test('is of the whole call with its retries', async () => {
    server.script(Array.from({ length: 11 }, () => silence))
    const abeja = abejaAt(server.url, { timeout: 100, maxRetries: 10 })
    const took = await elapsed(async () => {
      const error = await abejaErrorOf(abeja.channels.get('1', { totalTimeout: 1000 }))
      expect(error).toMatchObject({ name: 'TimeoutError', kind: 'totalTimeout', retryable: false })
      expect(error.attempts.length).toBeGreaterThan(1)
    })
    expect(took).toBeLessThan(1000 + TOLERANCE_MS)
  })

  test('of the client holds for each call', async () => {
    server.script([silence])
    const error = await abejaErrorOf(abejaAt(server.url, { totalTimeout: 60 }).channels.get('1'))
    expect(error).toMatchObject({ name: 'TimeoutError', kind: 'totalTimeout' })
  })

  test('of the client holds for a whole list, which tells the operation when it runs out between pages', async () => {
    server.script([ok], { channels: [], offset: 0, limit: 50, has_next: true })
    const error = await abejaErrorOf(
      (async () => {
        for await (const _ of abejaAt(server.url, { totalTimeout: 500 }).channels.list().byPage()) {
          await new Promise((resolve) => setTimeout(resolve, 550))
        }
      })(),
    )
    expect(error).toMatchObject({
      name: 'TimeoutError',
      kind: 'totalTimeout',
      operationId: 'listChannels',
      attempts: [],
    })
    expect(server.received).toHaveLength(1)
  })

  test('too near for the pause that the server asks for ends the call at once', async () => {
    server.script([refused(503, '', { 'retry-after': '3' })])
    const abeja = abejaAt(server.url, { maxRetries: 5, totalTimeout: 2_000 })
    const took = await elapsed(async () => {
      const error = await abejaErrorOf(abeja.channels.get('1'))
      expect(error).toMatchObject({ status: 503, retryAfterMs: 3_000, retryable: true })
      expect(error.message).toContain('the server asks to wait 3000 ms')
    })
    expect(took).toBeLessThan(TOLERANCE_MS)
  })
})

describe('pauses', () => {
  /** A client of a server that always answers like this, under a clock that the test moves. */
  function under(answer: () => Response) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
    const fetch = vi.fn(async () => answer())
    const delays: number[] = []
    const onEvent = (event: AbejaEvent) => void (event.type === 'retry' && delays.push(event.delayMs))
    return { fetch, delays, abeja: abejaAt('https://api.example', { fetch, onEvent, maxRetries: 5 }) }
  }

  test('double from half a second to eight', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
    const { abeja, delays, fetch } = under(() => new Response(null, { status: 500 }))
    const error = abejaErrorOf(abeja.channels.get('1'))
    await vi.runAllTimersAsync()
    expect((await error).attempts.map(({ delayMs }) => delayMs)).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000])
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000])
    expect(fetch).toHaveBeenCalledTimes(6)
  })

  test.each([
    ['seconds', () => '30'],
    ['a date', () => new Date(Date.now() + 30_000).toUTCString()],
  ])('last as long as Retry-After asks in %s', async (_, value) => {
    const { abeja, fetch } = under(() => new Response(null, { status: 429, headers: { 'retry-after': value() } }))
    const error = abejaErrorOf(abeja.channels.get('1', { maxRetries: 1 }))
    await vi.advanceTimersByTimeAsync(28_900)
    expect(fetch).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1_200)
    expect(fetch).toHaveBeenCalledTimes(2)
    expect(await error).toMatchObject({ name: 'RateLimitError' })
  })

  test('until a date count by the clock of the server that names it', async () => {
    const headers = { date: 'Mon, 01 Jan 2024 00:00:00 GMT', 'retry-after': 'Mon, 01 Jan 2024 00:00:20 GMT' }
    const { abeja } = under(() => new Response(null, { status: 429, headers }))
    const error = await abejaErrorOf(abeja.channels.get('1', { maxRetries: 0 }))
    expect(error.retryAfterMs).toBe(20_000)
  })

  test('of more than a minute are not made unless totalTimeout allows them', async () => {
    const { abeja, fetch } = under(() => new Response(null, { status: 429, headers: { 'retry-after': '61' } }))
    expect(await abejaErrorOf(abeja.channels.get('1'))).toMatchObject({ retryAfterMs: 61_000 })
    const allowed = abejaErrorOf(abeja.channels.get('1', { totalTimeout: 100_000 }))
    await vi.runAllTimersAsync()
    expect(await allowed).toMatchObject({ attempts: [{ delayMs: 0 }, { delayMs: 61_000 }] })
    expect(fetch).toHaveBeenCalledTimes(3)
  })
})

test('0 retries are none', async () => {
  server.script([acted(503)])
  const error = await abejaErrorOf(abejaAt(server.url, { maxRetries: 0 }).channels.get('1'))
  expect(error).toMatchObject({ status: 503, retryable: true, attempts: [{ status: 503 }] })
})
