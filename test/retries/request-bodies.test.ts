import { describe, expect, test, vi } from 'vitest'
import type { AbejaClient, UploadBody } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import type { Step } from '../helpers/fault-server.ts'
import { exampleAnswer } from '../helpers/operations.ts'
import { abejaErrorOf, outcomeOf } from '../helpers/outcome.ts'
import { ok, refused, resetBeforeBody } from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'
import { withoutPauses } from '../helpers/without-pauses.ts'

/** More than goes out in one piece. */
const BYTES = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251)

const server = useFaultServer()
withoutPauses()

const answer = exampleAnswer('postChannelFileUpload')
const upload = (abeja: AbejaClient, body: UploadBody) => abeja.channels.files.upload('1', body)

async function* iterate() {
  for (let start = 0; start < BYTES.length; start += 100_000) yield BYTES.subarray(start, start + 100_000)
}

describe('a body is opened again for each attempt:', () => {
  const bodies: readonly (readonly [string, () => UploadBody])[] = [
    ['bytes', () => BYTES],
    ['a part of a buffer', () => new Uint8Array([1, ...BYTES, 1]).subarray(1, BYTES.length + 1)],
    ['an ArrayBuffer', () => BYTES.slice().buffer],
    ['a Blob', () => new Blob([BYTES])],
    ['a File', () => new File([BYTES], 'cat.jpg')],
    ['a function that opens a stream', () => () => new Blob([BYTES]).stream()],
    ['a function that opens an iterable', () => iterate],
    ['an async function that opens bytes', () => async () => BYTES],
  ]

  test.each(bodies)('%s', async (_, body) => {
    server.script([refused(429), refused(429), ok], answer)
    await upload(abejaAt(server.url, { maxRetries: 2 }), body())
    expect(server.received.map(({ body: bytes }) => bytes?.equals(BYTES))).toEqual([true, true, true])
    expect(server.acts).toBe(1)
  })

  test.each(bodies)('%s, also when the server goes away before it has read it', async (_, body) => {
    server.script([resetBeforeBody, ok], answer)
    const { files } = abejaAt(server.url, { maxRetries: 1 }).channels
    await files.upload('1', body(), {}, { retry: 'always' })
    expect(server.received[1]?.body?.equals(BYTES)).toBe(true)
  })

  test('a long text, with its length announced', async () => {
    const text = 'あ'.repeat(100_000)
    server.script([refused(429), ok], answer)
    await upload(abejaAt(server.url, { maxRetries: 1 }), text)
    for (const { body, headers } of server.received) {
      expect(body?.toString()).toBe(text)
      expect(headers['content-length']).toBe('300000')
    }
  })
})

describe('what can be read once is sent once, and the error says why:', () => {
  test.each<[string, () => UploadBody, string]>([
    ['a stream', () => new Blob([BYTES]).stream(), 'a stream'],
    ['an iterable', iterate, 'an async iterable'],
    ['a Response', () => new Response(BYTES), 'a Response'],
  ])('%s', async (_, body, what) => {
    server.script([refused(429)])
    const error = await abejaErrorOf(upload(abejaAt(server.url, { maxRetries: 5 }), body()))
    expect(error).toMatchObject({ name: 'RateLimitError', retryable: false })
    expect(error.message).toContain(`the body is ${what} and can be sent only once. Pass a function that opens it.`)
    expect(server.received).toHaveLength(1)
  })

  test('and a function that opens one is no such thing', async () => {
    server.script([refused(429), ok], answer)
    await upload(abejaAt(server.url, { maxRetries: 1 }), () => new Blob([BYTES]).stream())
    expect(server.acts).toBe(1)
  })
})

describe('a body that is not sent to its end is let go of', () => {
  /** A body that never ends, and tells when nobody wants it any more. */
  function watched() {
    const cancel = vi.fn()
    const open = () =>
      new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(1024)), cancel })
    return { open, cancel }
  }

  test.each<[string, readonly Step[]]>([
    ['when the server goes away', [resetBeforeBody]],
    ['when the server answers before it has read it', [({ response }) => void response.writeHead(401).end()]],
    ['when nobody answers', [() => {}]],
  ])('%s', async (_, steps) => {
    server.script(steps, answer)
    const { open, cancel } = watched()
    const abeja = abejaAt(server.url)
    const outcome = outcomeOf(abeja.channels.files.upload('1', open, {}, { totalTimeout: 200 }))
    expect(await outcome).toHaveProperty('error')
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce())
  })

  test('when there is no connection', async () => {
    const { open, cancel } = watched()
    const fetch = () => Promise.reject(new TypeError('fetch failed'))
    await abejaErrorOf(upload(abejaAt(server.url, { fetch }), open))
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce())
  })

  test('when there is no credential to send it with', async () => {
    const { open, cancel } = watched()
    const credential = () => Promise.reject(new Error('no'))
    await abejaErrorOf(upload(abejaAt(server.url, { credential }), open))
    expect(cancel).not.toHaveBeenCalled()
  })
})

describe('a body that fails', () => {
  const failing = () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('the disk is gone'))
      },
    })

  test('while it is sent ends the call with its own error, and tells that the server may have acted', async () => {
    server.script([({ read }) => read(), ok])
    const error = await abejaErrorOf(upload(abejaAt(server.url, { maxRetries: 5 }), failing))
    expect(error).toMatchObject({ name: 'InvalidRequestError', cause: { message: 'the disk is gone' } })
    expect(error).toMatchObject({ attempts: [{ mayHaveBeenProcessed: true }], retryable: false })
    expect(error.message).toContain('The body failed while it was sent: the disk is gone')
  })

  test('to be opened is not sent', async () => {
    server.script([])
    const open = () => Promise.reject(new Error('no such file'))
    const error = await abejaErrorOf(upload(abejaAt(server.url, { maxRetries: 5 }), open))
    expect(error).toMatchObject({ name: 'InvalidRequestError', attempts: [{ mayHaveBeenProcessed: false }] })
    expect(error.message).toContain('The body could not be opened: no such file')
    expect(server.received).toEqual([])
  })
})

test('the answer to an error is read up to a bound, and the rest is not fetched', async () => {
  let written = 0
  let isClosed = false
  server.script([
    ({ response }) => {
      response.writeHead(500, { 'content-type': 'text/plain' })
      response.on('close', () => {
        isClosed = true
      })
      const write = () => {
        while (!isClosed && response.write('x'.repeat(64 * 1024))) written += 64 * 1024
        if (!isClosed) response.once('drain', write)
      }
      write()
    },
  ])
  const error = await abejaErrorOf(abejaAt(server.url).channels.get('1'))
  expect(error).toMatchObject({ name: 'InternalServerError', status: 500 })
  expect(`${error.body}`.length).toBeLessThanOrEqual(64 * 1024)
  await vi.waitFor(() => expect(isClosed).toBe(true))
  // What the connection itself holds back is not the client's to choose.
  expect(written).toBeLessThan(32 * 1024 * 1024)
})
