import { Agent, createServer, type IncomingMessage } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect } from 'node:net'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { InvalidRequestError } from '../../src/index.ts'
import { type HttpFetchOptions, httpFetch } from '../../src/node.ts'
import { errorOf } from '../helpers/abeja.ts'
import { selfSigned } from '../helpers/self-signed.ts'
import { listening } from './listening.ts'

afterEach(() => vi.unstubAllEnvs())

/** Sets the proxy variables, and empties those not given. */
function proxies(variables: Readonly<Record<string, string>>): void {
  for (const name of ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy']) {
    vi.stubEnv(name, '')
    vi.stubEnv(name.toUpperCase(), variables[name] ?? '')
  }
}

function fetchOf(options?: HttpFetchOptions) {
  const fetch = httpFetch(options)
  onTestFinished(() => fetch.close())
  return fetch
}

/** A proxy that passes requests and tunnels on, and records what it was asked for. */
async function startProxy({ rejects = false, tls = false } = {}) {
  const requests: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = []
  const server = tls ? createHttpsServer(selfSigned) : createServer()
  server.on('request', (request, response) => {
    requests.push(request)
    response.end('by the proxy')
  })
  server.on('connect', (request, client) => {
    requests.push(request)
    if (rejects) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const { hostname, port } = new URL(`http://${request.url}`)
    const origin = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      origin.pipe(client).pipe(origin)
    })
    origin.on('error', () => client.destroy())
    client.on('error', () => origin.destroy())
    client.on('close', () => origin.destroy())
  })
  const { port, connected } = await listening(server)
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, requests, connected }
}

async function startOrigin() {
  const { port } = await listening(createHttpsServer(selfSigned, (_, response) => response.end('by the origin')))
  return `https://127.0.0.1:${port}/a?b`
}

test('sends a request for http: to the proxy with its whole URL, and the user of the proxy', async () => {
  const proxy = await startProxy()
  const fetch = fetchOf({ proxy: proxy.url.replace('//', '//us%20er:pass@') })
  expect(await (await fetch('http://api.example.com/a?b')).text()).toBe('by the proxy')
  const [request] = proxy.requests
  expect(request).toMatchObject({
    url: 'http://api.example.com/a?b',
    headers: { host: 'api.example.com', 'proxy-authorization': `Basic ${btoa('us er:pass')}` },
  })
})

test.each([false, true])(
  'reaches an https: origin through a tunnel (proxy on TLS: %s), once for many requests',
  async (tls) => {
    const proxy = await startProxy({ tls })
    const url = await startOrigin()
    const fetch = fetchOf({ proxy: proxy.url.replace('//', '//user:pass@'), ca: selfSigned.cert })
    for (let time = 0; time < 3; time++) expect(await (await fetch(url)).text()).toBe('by the origin')
    expect(proxy.requests.map(({ method, url }) => [method, url])).toEqual([['CONNECT', new URL(url).host]])
    expect(proxy.requests[0]?.headers['proxy-authorization']).toBe(`Basic ${btoa('user:pass')}`)
  },
)

test('checks the certificate of the origin, not only that of the proxy', async () => {
  const proxy = await startProxy()
  const error = await errorOf(fetchOf({ proxy: proxy.url })(await startOrigin()))
  expect(error).toMatchObject({ cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } })
})

test('says that the proxy rejected the tunnel, and that nothing was sent', async () => {
  const proxy = await startProxy({ rejects: true })
  const error = await errorOf(fetchOf({ proxy: proxy.url })('https://api.example.com/'))
  expect(error).toMatchObject({
    message: 'fetch failed',
    cause: { message: expect.stringMatching(/^The proxy .* responded 407/), syscall: 'connect' },
  })
})

test('says that the proxy cannot be reached', async () => {
  for (const url of ['http://api.example.com/', 'https://api.example.com/']) {
    const error = await errorOf(fetchOf({ proxy: 'http://127.0.0.1:1' })(url))
    expect(error).toMatchObject({ cause: { code: 'ECONNREFUSED', syscall: 'connect' } })
  }
})

test('uses the proxies of the environment, except for NO_PROXY and loopback addresses', async () => {
  const proxy = await startProxy({ rejects: true })
  const origin = await startOrigin()
  proxies({ http_proxy: proxy.url, https_proxy: proxy.url, no_proxy: '.example.invalid' })
  const fetch = fetchOf({ ca: selfSigned.cert })
  expect(await errorOf(fetch('https://api.example.com/'))).toMatchObject({ cause: { code: 'ERR_PROXY_CONNECT' } })
  expect(await (await fetch('http://api.example.com/')).text()).toBe('by the proxy')
  expect(await errorOf(fetch('http://api.example.invalid/'))).toMatchObject({ cause: { syscall: 'getaddrinfo' } })
  expect(await (await fetch(origin)).text()).toBe('by the origin')
  expect(proxy.requests.map(({ method }) => method)).toEqual(['CONNECT', 'GET'])
})

test('connects directly with proxy: null', async () => {
  const proxy = await startProxy()
  proxies({ http_proxy: proxy.url })
  const fetch = fetchOf({ proxy: null })
  expect(await errorOf(fetch('http://api.example.invalid/'))).toMatchObject({ cause: { syscall: 'getaddrinfo' } })
  expect(proxy.requests).toEqual([])
})

test.each(['proxy.example.com:8080', 'socks5://127.0.0.1:1080', ''])('rejects the proxy %j', (proxy) => {
  expect(() => httpFetch({ proxy })).toThrow(InvalidRequestError)
})

test('does not show the password of an invalid proxy', () => {
  let message = ''
  try {
    httpFetch({ proxy: 'ftp://user:secret@proxy.example.com' })
  } catch (error) {
    message = String(error)
  }
  expect(message).toContain('proxy must be an http: or https: URL')
  expect(message).not.toContain('secret')
})

test('uses the agent that a function returns for the URL', async () => {
  const proxy = await startProxy()
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const agentFor = vi.fn(() => agent)
  const fetch = fetchOf({ agent: agentFor })
  for (let time = 0; time < 3; time++) expect(await (await fetch(`${proxy.url}/a`)).text()).toBe('by the proxy')
  expect(agentFor).toHaveBeenCalledWith(new URL(`${proxy.url}/a`))
  expect(proxy.connected()).toBe(1)
})
