import { getEventListeners } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type HttpFetch, type HttpFetchInit, type HttpFetchOptions, httpFetch } from '../../src/node.ts'
import { errorOf } from '../helpers/abeja.ts'
import { headerOf, onlyRequest, recordingServer } from '../helpers/recording-server.ts'
import { selfSigned } from '../helpers/self-signed.ts'
import { type Listening, listening } from './listening.ts'

function fetchOf(options?: HttpFetchOptions): HttpFetch {
  const fetch = httpFetch(options)
  onTestFinished(() => fetch.close())
  return fetch
}

async function serving(listener: RequestListener): Promise<Listening & { url: string }> {
  const server = await listening(createServer(listener))
  return { ...server, url: `http://127.0.0.1:${server.port}` }
}

async function* chunksOf(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield new TextEncoder().encode(text)
}

test('reads a response in every way a Response is read', async () => {
  const server = await recordingServer(() => ({ json: { a: 'é' }, headers: { 'x-own': 'one' } }))
  const fetch = fetchOf()
  const get = () => fetch(`${server.url}/a?b#c`)
  const response = await get()
  expect(response).toBeInstanceOf(Response)
  expect(response).toMatchObject({ ok: true, status: 200, statusText: 'OK', type: 'basic', redirected: false })
  expect(response.url).toBe(`${server.url}/a?b`)
  expect(response.headers.get('X-Own')).toBe('one')
  expect(response.bodyUsed).toBe(false)
  expect(await response.json()).toEqual({ a: 'é' })
  expect(response.bodyUsed).toBe(true)
  const bytes = new TextEncoder().encode('{"a":"é"}')
  expect(await (await get()).text()).toBe('{"a":"é"}')
  expect(new Uint8Array(await (await get()).arrayBuffer())).toEqual(bytes)
  expect(new Uint8Array(await (await get()).bytes())).toEqual(bytes)
  const blob = await (await get()).blob()
  expect([blob.type, await blob.text()]).toEqual(['application/json', '{"a":"é"}'])
  expect(await new Response((await get()).body).text()).toBe('{"a":"é"}')
})

test('reads a body that was seen as a stream before', async () => {
  const server = await recordingServer(() => ({ body: 'text' }))
  const response = await fetchOf()(server.url)
  expect(response.body).toBeInstanceOf(ReadableStream)
  expect(await response.text()).toBe('text')
})

test('clones a response, and reads a form', async () => {
  const server = await recordingServer(() => ({
    body: 'a=1',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }))
  const fetch = fetchOf()
  const response = await fetch(server.url)
  const copy = response.clone()
  expect([await copy.text(), await response.text()]).toEqual(['a=1', 'a=1'])
  expect([...(await (await fetch(server.url)).formData())]).toEqual([['a', '1']])
})

test('rejects a second reading of a body', async () => {
  const server = await recordingServer(() => ({ body: 'text' }))
  const response = await fetchOf()(server.url)
  await response.text()
  await expect(response.text()).rejects.toThrow(TypeError)
  expect(() => response.clone()).toThrow(TypeError)
})

test.each([204, 304])('leaves the connection to the next request after a %i', async (status) => {
  const server = await serving((_, response) => response.writeHead(status).end())
  const fetch = fetchOf()
  for (let time = 0; time < 6; time++) {
    const response = await fetch(server.url)
    expect([response.status, response.body, await response.text()]).toEqual([status, null, ''])
  }
  // The end of a response may be noticed after the next request was sent.
  expect(server.connected()).toBeLessThanOrEqual(2)
})

test.each<[string, () => HttpFetchInit['body'], string | undefined, string | undefined]>([
  ['a string', () => 'abc', 'text/plain;charset=UTF-8', '3'],
  ['bytes', () => new TextEncoder().encode('abc'), undefined, '3'],
  ['an ArrayBuffer', () => new TextEncoder().encode('abc').buffer, undefined, '3'],
  ['a view', () => new DataView(new TextEncoder().encode('abc').buffer), undefined, '3'],
  ['a Blob', () => new Blob(['abc'], { type: 'a/b' }), 'a/b', '3'],
  ['a stream', () => new Blob(['abc']).stream(), undefined, undefined],
  ['an async iterable', () => chunksOf('a', 'bc'), undefined, undefined],
])('sends %s', async (_, body, type, length) => {
  const server = await recordingServer([{ json: {} }])
  const response = await fetchOf()(server.url, { method: 'post', body: body() })
  await response.text()
  const request = onlyRequest(server)
  expect([request.method, String(request.body)]).toEqual(['POST', 'abc'])
  expect(headerOf(request, 'content-type')).toBe(type)
  expect(headerOf(request, 'content-length')).toBe(length)
})

test('sends forms, search parameters and a Request', async () => {
  const server = await recordingServer(() => ({ json: {} }))
  const fetch = fetchOf()
  const form = new FormData()
  form.append('name', 'value')
  await fetch(server.url, { method: 'POST', body: form })
  await fetch(server.url, { method: 'POST', body: new URLSearchParams({ a: 'b c' }) })
  await fetch(new Request(server.url, { method: 'PUT', body: 'of a Request', headers: { 'x-a': '1' } }))
  const [first, second, third] = server.requests
  expect(String(first?.body)).toContain('name="name"\r\n\r\nvalue')
  expect(String(second?.body)).toBe('a=b+c')
  expect([third?.method, String(third?.body)]).toEqual(['PUT', 'of a Request'])
  expect(third && headerOf(third, 'x-a')).toBe('1')
})

test('sends the headers of fetch beside the given ones, and a host', async () => {
  const server = await recordingServer(() => ({ json: {} }))
  const fetch = fetchOf()
  await fetch(server.url, { headers: { Accept: 'a/b' } })
  await fetch(server.url, { headers: new Headers({ range: 'bytes=1-' }), method: 'DELETE' })
  await fetch(server.url, { headers: [['user-agent', 'own']], method: 'POST' })
  const [get, ranged, post] = server.requests.map(({ headers }) => Object.fromEntries(headers))
  expect(get).toMatchObject({ host: server.url.slice(7), accept: 'a/b', 'accept-encoding': 'gzip, deflate, br' })
  expect(ranged).toMatchObject({ range: 'bytes=1-', 'accept-encoding': 'identity', 'user-agent': 'node' })
  expect(post).toMatchObject({ 'content-length': '0', 'user-agent': 'own' })
})

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const)('decodes %s', async (coding, encode) => {
  const text = 'abc'.repeat(100_000)
  const server = await recordingServer(() => ({ body: encode(text), headers: { 'content-encoding': coding } }))
  const fetch = fetchOf()
  expect(await (await fetch(server.url)).text()).toBe(text)
  expect(await new Response((await fetch(server.url)).body).text()).toBe(text)
})

test('decodes several codings, and leaves an unknown one as it is', async () => {
  const server = await recordingServer([
    { body: brotliCompressSync(gzipSync('abc')), headers: { 'content-encoding': 'gzip, br' } },
    { body: 'abc', headers: { 'content-encoding': 'own' } },
    { body: 'no gzip', headers: { 'content-encoding': 'gzip' } },
  ])
  const fetch = fetchOf()
  expect(await (await fetch(server.url)).text()).toBe('abc')
  expect(await (await fetch(server.url)).text()).toBe('abc')
  await expect((await fetch(server.url)).text()).rejects.toThrow('terminated')
})

test.each([
  [301, 'POST', 'GET', ''],
  [302, 'POST', 'GET', ''],
  [303, 'PUT', 'GET', ''],
  [307, 'POST', 'POST', 'abc'],
  [308, 'PUT', 'PUT', 'abc'],
])('follows a %i of a %s by a %s', async (status, method, followed, body) => {
  const server = await recordingServer([{ status, headers: { location: '/b' } }, { body: 'end' }])
  const response = await fetchOf()(`${server.url}/a`, { method, body: 'abc', headers: { authorization: 'secret' } })
  expect([await response.text(), response.url, response.redirected]).toEqual(['end', `${server.url}/b`, true])
  const [, second] = server.requests
  expect([second?.method, second?.path, String(second?.body)]).toEqual([followed, '/b', body])
  expect(second && headerOf(second, 'authorization')).toBe('secret')
  expect(second && headerOf(second, 'content-length')).toBe(body === '' ? undefined : '3')
})

test('sends no credential to another origin', async () => {
  const other = await recordingServer([{ body: 'end' }])
  const server = await recordingServer([{ status: 302, headers: { location: other.url } }])
  await fetchOf()(server.url, { headers: { authorization: 'secret', 'x-own': 'kept' } })
  const request = onlyRequest(other)
  expect([headerOf(request, 'authorization'), headerOf(request, 'x-own')]).toEqual([undefined, 'kept'])
  expect(headerOf(request, 'host')).toBe(other.url.slice(7))
})

test('does not follow a redirect with a stream, without an end, or where it is an error', async () => {
  const server = await recordingServer(() => ({ status: 307, headers: { location: '/' } }))
  const fetch = fetchOf()
  const body = new Blob(['abc']).stream()
  expect(await errorOf(fetch(server.url, { method: 'POST', body }))).toMatchObject({ message: 'fetch failed' })
  expect(await errorOf(fetch(server.url))).toMatchObject({ cause: { message: 'redirect count exceeded' } })
  expect(await errorOf(fetch(server.url, { redirect: 'error' }))).toMatchObject({
    cause: { message: 'unexpected redirect' },
  })
  const response = await fetch(server.url, { redirect: 'manual' })
  expect([response.status, response.headers.get('location')]).toEqual([307, '/'])
})

test('rejects with the code of the system where no connection could be made', async () => {
  const error = await errorOf(fetchOf()('http://127.0.0.1:1'))
  expect(error).toBeInstanceOf(TypeError)
  expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNREFUSED', syscall: 'connect' } })
})

test('rejects a connection that ends before the response', async () => {
  const server = await serving(({ socket }) => socket.destroy())
  expect(await errorOf(fetchOf()(server.url))).toMatchObject({ cause: { code: 'ECONNRESET' } })
})

test.each(['content-length', 'chunked'])('rejects a body that breaks off (%s)', async (kind) => {
  const server = await serving((_, response) => {
    if (kind === 'content-length') response.setHeader('content-length', 10)
    response.write('abc', () => response.destroy())
  })
  const fetch = fetchOf()
  await expect((await fetch(server.url)).text()).rejects.toThrow('terminated')
  await expect(new Response((await fetch(server.url)).body).text()).rejects.toThrow('terminated')
})

test.each(['file:///etc/passwd', 'data:,abc', 'http://user:secret@127.0.0.1/', 'no URL'])('rejects %s', async (url) => {
  const error = await errorOf(fetchOf()(url))
  expect(error).toBeInstanceOf(TypeError)
})

test('rejects a GET with a body, and headers that cannot be sent', async () => {
  const fetch = fetchOf()
  await expect(fetch('http://127.0.0.1:1', { body: 'abc' })).rejects.toThrow(TypeError)
  await expect(fetch('http://127.0.0.1:1', { headers: { a: '\n' } })).rejects.toThrow(TypeError)
  await expect(fetch('http://127.0.0.1:1', { headers: { a: '日' } })).rejects.toThrow(TypeError)
})

test('rejects with the reason of its signal before, during and after the wait, and frees the socket', async () => {
  const server = await serving(({ url }, response) => {
    if (url === '/silent') return
    response.writeHead(200).write('abc')
  })
  const fetch = fetchOf()
  const reason = new Error('enough')
  await expect(fetch(server.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  const waiting = new AbortController()
  const work = errorOf(fetch(`${server.url}/silent`, { signal: waiting.signal }))
  await vi.waitFor(() => expect(server.sockets.size).toBe(1))
  waiting.abort(reason)
  expect(await work).toBe(reason)
  for (const read of [(response: Response) => response.text(), ({ body }: Response) => new Response(body).text()]) {
    const reading = new AbortController()
    const text = errorOf(read(await fetch(server.url, { signal: reading.signal })))
    reading.abort(reason)
    expect(await text).toBe(reason)
  }
  await vi.waitFor(() => expect(server.sockets.size).toBe(0))
})

test('rejects with a reason that is no error', async () => {
  const server = await serving(() => {})
  for (const reason of ['enough', null]) {
    const controller = new AbortController()
    const work = errorOf(fetchOf()(server.url, { signal: controller.signal }))
    await vi.waitFor(() => expect(server.sockets.size).toBeGreaterThan(0))
    controller.abort(reason)
    expect(await work).toBe(reason)
  }
})

test('leaves no listener at a signal, and uses one connection for one request after the other', async () => {
  const server = await serving((_, response) => response.end('abc'))
  const fetch = fetchOf()
  const { signal } = new AbortController()
  for (let time = 0; time < 20; time++) await (await fetch(server.url, { signal })).text()
  await fetch('http://127.0.0.1:1', { signal }).catch(() => {})
  await vi.waitFor(() => expect(getEventListeners(signal, 'abort')).toHaveLength(0))
  expect(server.connected()).toBe(1)
})

test('lets no more connections be open than maxSockets', async () => {
  const server = await serving((_, response) => response.end('abc'))
  const fetch = fetchOf({ maxSockets: 2 })
  await Promise.all(Array.from({ length: 10 }, async () => (await fetch(server.url)).text()))
  expect(server.connected()).toBe(2)
})

test('closes an idle connection after keepAliveTimeout, and no busy one', async () => {
  const server = await serving((_, response) => void setTimeout(() => response.end('abc'), 200))
  const fetch = fetchOf({ keepAliveTimeout: 50 })
  expect(await (await fetch(server.url)).text()).toBe('abc')
  await vi.waitFor(() => expect(server.sockets.size).toBe(0))
})

test('closes the connection of a body that is cancelled', async () => {
  const server = await serving((_, response) => void response.writeHead(200).write('abc'))
  const response = await fetchOf()(server.url)
  await response.body?.cancel()
  await vi.waitFor(() => expect(server.sockets.size).toBe(0))
})

test('takes a cancel of a body that has come whole', async () => {
  const server = await serving((_, response) => response.end('abc'))
  const fetch = fetchOf()
  for (let time = 0; time < 5; time++) {
    const { body } = await fetch(server.url)
    await body?.cancel()
    expect(await (await fetch(server.url)).text()).toBe('abc')
  }
})

test('reads a body no faster than its reader', async () => {
  const chunk = Buffer.alloc(64 * 1024)
  let written = 0
  const server = await serving((_, response) => {
    const more = () => {
      while (response.writable && response.write(chunk)) written += chunk.length
    }
    response.on('drain', more)
    more()
  })
  const { body } = await fetchOf()(server.url)
  const reader = body?.getReader()
  await reader?.read()
  let before = -1
  await vi.waitFor(
    () => {
      const isStill = before === written
      before = written
      expect(isStill).toBe(true)
    },
    { interval: 200, timeout: 10_000 },
  )
  expect(written).toBeLessThan(64 * 1024 * 1024)
  await reader?.cancel()
})

test('reads an upload no faster than the server, and reports what the socket has taken', async () => {
  let resume = () => {}
  const server = await serving((request, response) => {
    resume = () => void request.resume().on('end', () => response.end())
  })
  const chunk = new Uint8Array(1024 * 1024)
  let read = 0
  let sent = 0
  const body = new ReadableStream({
    pull(controller) {
      if (read === 64) controller.close()
      else controller.enqueue(chunk)
      read += 1
    },
  })
  const onBodySent = (bytes: number) => {
    sent += bytes
  }
  const work = fetchOf()(server.url, { method: 'POST', body, onBodySent })
  await vi.waitFor(() => expect(read).toBeGreaterThan(1))
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(read).toBeLessThan(32)
  expect(sent).toBeLessThan(read * chunk.length)
  resume()
  await work
  expect(sent).toBe(64 * chunk.length)
})

test('lets timers run while a body in memory is sent', async () => {
  const server = await serving((request) => request.resume())
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1024)) })
  const startedAt = performance.now()
  await errorOf(fetchOf()(server.url, { method: 'POST', body, signal: AbortSignal.timeout(50) }))
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

test('returns a response that comes before the upload ends, and stops the upload', async () => {
  const server = await serving((_, response) => response.writeHead(413).end('too large'))
  let cancelled = false
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    cancel: () => {
      cancelled = true
    },
  })
  const response = await fetchOf()(server.url, { method: 'POST', body })
  expect([response.status, await response.text()]).toEqual([413, 'too large'])
  await vi.waitFor(() => expect([cancelled, server.sockets.size]).toEqual([true, 0]))
})

test('cancels an upload when its signal is aborted, and when there is no connection', async () => {
  const server = await serving(() => {})
  const fetch = fetchOf()
  for (const url of [server.url, 'http://127.0.0.1:1']) {
    const controller = new AbortController()
    const cancel = vi.fn()
    const body = new ReadableStream({ pull: () => controller.abort(), cancel }, { highWaterMark: 0 })
    await errorOf(fetch(url, { method: 'POST', body, signal: controller.signal }))
    await vi.waitFor(() => expect(cancel).toHaveBeenCalledOnce())
  }
})

test.each(['2', '4'])('does not complete an upload of 3 bytes with content-length %s', async (length) => {
  const ended = vi.fn()
  const server = await serving((request) => request.on('end', ended))
  const headers = { 'content-length': length }
  const work = fetchOf()(server.url, { method: 'POST', body: new Blob(['abc']).stream(), headers })
  expect(await errorOf(work)).toMatchObject({ cause: { message: expect.stringContaining('content-length') } })
  expect(ended).not.toHaveBeenCalled()
})

test('rejects an upload whose body fails', async () => {
  const server = await serving((request) => request.resume())
  const fault = new Error('the disk is gone')
  async function* failing() {
    yield* chunksOf('abc')
    throw fault
  }
  const body = new ReadableStream({ start: (controller) => controller.error(fault) })
  expect(await errorOf(fetchOf()(server.url, { method: 'POST', body }))).toMatchObject({ cause: fault })
  expect(await errorOf(fetchOf()(server.url, { method: 'POST', body: failing() }))).toMatchObject({ cause: fault })
})

test('trusts the given authorities alone', async () => {
  const { port } = await listening(createHttpsServer(selfSigned, (_, response) => response.end('secret')))
  const url = `https://127.0.0.1:${port}`
  expect(await errorOf(fetchOf()(url))).toMatchObject({ cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
  expect(await (await fetchOf({ ca: selfSigned.cert })(url)).text()).toBe('secret')
})

test('shows the certificate of the client', async () => {
  const options = { ...selfSigned, ca: selfSigned.cert, requestCert: true, rejectUnauthorized: true }
  const { port } = await listening(createHttpsServer(options, (_, response) => response.end('let in')))
  const url = `https://127.0.0.1:${port}`
  expect(await errorOf(fetchOf({ ca: selfSigned.cert })(url))).toBeInstanceOf(TypeError)
  expect(await (await fetchOf({ ca: selfSigned.cert, ...selfSigned })(url)).text()).toBe('let in')
})
