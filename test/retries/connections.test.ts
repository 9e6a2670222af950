import { createServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { inspect } from 'node:util'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { AbejaClient } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { operationCalls } from '../helpers/operation-calls.ts'
import { exampleAnswer } from '../helpers/operations.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'
import { selfSigned } from '../helpers/self-signed.ts'

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
})

const create = (abeja: AbejaClient) => operationCalls.createChannel(abeja)
const get = (abeja: AbejaClient) => operationCalls.getChannel(abeja)

/** Listens for the running test, and tells the port. */
async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

describe('a creating call is made again when there never was a connection', () => {
  test('because the name is not known', async () => {
    const error = await abejaErrorOf(create(abejaAt('https://nowhere.invalid', { maxRetries: 2 })))
    expect(error).toMatchObject({ name: 'ConnectionError', retryable: true })
    expect(error.message).toMatch(/host name is not known|name resolution failed/)
    expect(error.attempts.map(({ mayHaveBeenProcessed }) => mayHaveBeenProcessed)).toEqual([false, false, false])
  })

  test('because nobody listens', async () => {
    const server = createTcpServer()
    const port = await listen(server)
    await new Promise((resolve) => server.close(resolve))
    const error = await abejaErrorOf(create(abejaAt(`http://127.0.0.1:${port}`, { maxRetries: 2 })))
    expect(error).toMatchObject({ name: 'ConnectionError', retryable: true, cause: { message: 'fetch failed' } })
    expect(error.message).toContain('Connection refused (ECONNREFUSED)')
    expect(error.attempts).toHaveLength(3)
  })

  test('because the certificate is nobody’s', async () => {
    const requests: unknown[] = []
    const port = await listen(createServer(selfSigned, (request) => requests.push(request)))
    const error = await abejaErrorOf(create(abejaAt(`https://127.0.0.1:${port}`, { maxRetries: 2 })))
    expect(error).toMatchObject({ name: 'ConnectionError', retryable: true })
    expect(error.message).toContain('TLS failed (DEPTH_ZERO_SELF_SIGNED_CERT)')
    expect([error.attempts.length, requests.length]).toEqual([3, 0])
  })

  test('because the server speaks no TLS', async () => {
    const port = await listen(createTcpServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 No\r\n\r\n')))
    const error = await abejaErrorOf(create(abejaAt(`https://127.0.0.1:${port}`, { maxRetries: 2 })))
    // Newer Node.js calls it a record that is too long, which one in mid-connection can be too: not surely unsent.
    const isSure = !/packet.length.too.long/i.test(inspect(error))
    expect(error).toMatchObject({ name: 'ConnectionError', retryable: isSure })
    expect(error.attempts).toHaveLength(isSure ? 3 : 1)
  })
})

/** A client whose first request fails like this, and whose second succeeds. */
function failingOnce(cause: object, message = 'fetch failed') {
  const fetch = vi
    .fn<typeof globalThis.fetch>()
    .mockRejectedValueOnce(new TypeError(message, { cause: Object.assign(new Error('low level'), cause) }))
    .mockImplementation(async () => Response.json(exampleAnswer('createChannel')))
  return { fetch, abeja: abejaAt('https://api.example', { fetch, maxRetries: 5 }) }
}

describe.each([
  { code: 'ENOTFOUND', syscall: 'getaddrinfo' },
  { code: 'EAI_AGAIN', syscall: 'getaddrinfo' },
  { code: 'ECONNREFUSED', syscall: 'connect' },
  { code: 'EHOSTUNREACH', syscall: 'connect' },
  { code: 'ENETUNREACH', syscall: 'connect' },
  { code: 'ETIMEDOUT', syscall: 'connect' },
  { code: 'UND_ERR_CONNECT_TIMEOUT' },
  { code: 'CERT_HAS_EXPIRED' },
  { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  { code: 'ERR_SSL_WRONG_VERSION_NUMBER' },
  { errors: [{ code: 'ECONNREFUSED', syscall: 'connect' }], code: 'ECONNREFUSED' },
])('after %o', (cause) => {
  test('nothing was sent, and a creating call goes again', async () => {
    const { abeja, fetch } = failingOnce(cause)
    await create(abeja)
    expect(fetch).toHaveBeenCalledTimes(2)
  })
})

describe.each([
  { code: 'ECONNRESET', syscall: 'read' },
  { code: 'EPIPE', syscall: 'write' },
  { code: 'EHOSTUNREACH', syscall: 'read' },
  { code: 'ETIMEDOUT', syscall: 'read' },
  { code: 'EPROTO', syscall: 'write' },
  { code: 'UND_ERR_SOCKET' },
  { code: 'UND_ERR_HEADERS_TIMEOUT' },
  { code: 'UND_ERR_BODY_TIMEOUT' },
  { code: 'HPE_INVALID_CONSTANT' },
  {},
])('after %o', (cause) => {
  test('the server may have acted: a creating call ends, any other goes again', async () => {
    const creating = failingOnce(cause)
    const error = await abejaErrorOf(create(creating.abeja))
    expect(error).toMatchObject({
      name: 'ConnectionError',
      retryable: false,
      attempts: [{ mayHaveBeenProcessed: true }],
    })
    expect(error.message).toContain('not idempotent and may have been processed')
    expect(creating.fetch).toHaveBeenCalledTimes(1)

    const getting = failingOnce(cause)
    await get(getting.abeja)
    expect(getting.fetch).toHaveBeenCalledTimes(2)
  })
})

test('a host whose name speaks of redirects is not taken for a redirect', async () => {
  const { abeja, fetch } = failingOnce({ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND redirect.example' })
  await create(abeja)
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('a redirect that a browser hides is told as one', async () => {
  const hidden = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })
  const error = await abejaErrorOf(get(abejaAt('https://api.example', { fetch: async () => hidden })))
  expect(error).toMatchObject({ name: 'ConnectionError', retryable: false })
  expect(error.message).toContain('Redirected')
})

describe('the option retry', () => {
  const reset = { code: 'ECONNRESET', syscall: 'read' }

  test('widens: a creating call goes again at the caller’s own risk', async () => {
    const { abeja, fetch } = failingOnce(reset)
    await operationCalls.createChannel(abeja, { retry: 'always' })
    expect(fetch).toHaveBeenCalledTimes(2)
  })

  test('of "auto" overrides "always" of the client', async () => {
    const { fetch } = failingOnce(reset)
    const abeja = abejaAt('https://api.example', { fetch, retry: 'always' })
    await abejaErrorOf(operationCalls.createChannel(abeja, { retry: 'auto' }))
    expect(fetch).toHaveBeenCalledTimes(1)
  })

  test('of "never" ends the call at once, and the error still tells that it could go again', async () => {
    const { abeja, fetch } = failingOnce(reset)
    const error = await abejaErrorOf(operationCalls.getChannel(abeja, { retry: 'never' }))
    expect(error.retryable).toBe(true)
    expect(fetch).toHaveBeenCalledTimes(1)
  })
})

test('a fetch that returns no promise of an answer ends in an error of the package', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>(() => {
    throw new RangeError('no fetch today')
  })
  const error = await abejaErrorOf(get(abejaAt('https://api.example', { fetch })))
  expect(error).toMatchObject({ name: 'ConnectionError', cause: expect.any(RangeError) })
})
