import http from 'node:http'
import { describe, expect, test } from 'vitest'
import { startedMocks } from './helpers/started-mocks.ts'
import { ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const start = startedMocks()
const paths = [`${organization}/channels`, '/_mock', '/_mock/snapshot', '/_docs/openapi.json', '/nowhere']

function ask(port: number, path: string, headers: Record<string, string>, method = 'GET') {
  return new Promise<{ status: number | undefined; headers: http.IncomingHttpHeaders; text: string }>((done, fail) => {
    const all = { authorization: 'Bearer x', ...headers }
    const request = http.request({ host: '127.0.0.1', port, method, path, headers: all }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, text }))
    })
    request.on('error', fail)
    request.end()
  })
}

describe('the name in Host', () => {
  test.each([...paths])('that is not of this machine gets 403 for %s', async (path) => {
    const { mock } = fixture
    const names = [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'notlocalhost',
      'localhost@evil.example',
    ]
    const addresses = ['10.0.0.1', '0.0.0.0', '[::2]', '[::ffff:10.0.0.1]', '[::ffff:a00:7f01]']
    const odd = ['evil.example@localhost', 'localhost/evil.example', 'evil.example#localhost', '']
    for (const host of [...names, ...addresses, ...odd]) {
      const { status, headers, text } = await ask(mock.port, path, { host: `${host}:${mock.port}` })
      expect([host, status]).toEqual([host, 403])
      expect(text).toContain('--allow-host')
      expect(headers).not.toHaveProperty('access-control-allow-origin')
    }
  })

  test.each([
    ...['localhost', 'LOCALHOST', 'localhost.', 'app.localhost', '127.0.0.1', '127.0.0.1.', '127.1.2.3', '127.1'],
    ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]'],
  ])('can be %s', async (host) => {
    const { mock } = fixture
    for (const port of [`:${mock.port}`, ':1', '']) {
      expect((await ask(mock.port, `${organization}/channels`, { host: host + port })).status).toBe(200)
    }
  })

  test('counts in the request line too', async () => {
    const { mock } = fixture
    for (const [target, host, status] of [
      ['http://evil.example', 'localhost', 403],
      ['HTTP://localhost', 'evil.example', 403],
      ['http://localhost:1', 'localhost', 200],
    ] as const) {
      expect((await ask(mock.port, `${target}${organization}/channels`, { host })).status).toBe(status)
    }
  })

  test.each(['mock.internal', 'MOCK.internal.', 'mock.internal:4010'])(
    'can be the one that %s allows',
    async (name) => {
      const { mock } = await start({ allowHost: [name] })
      for (const [host, status] of [
        ['mock.internal:4010', 200],
        ['Mock.Internal.', 200],
        ['x.mock.internal', 403],
      ] as const) {
        expect((await ask(mock.port, `${organization}/channels`, { host })).status).toBe(status)
      }
    },
  )

  test('can be an IPv6 address that is allowed, and nothing that is not a host', async () => {
    const { mock } = await start({ allowHost: ['fd00::1'] })
    expect((await ask(mock.port, `${organization}/channels`, { host: '[FD00:0::1]:4010' })).status).toBe(200)
    await expect(start({ allowHost: ['http://a.example'] })).rejects.toThrow('allowHost must be a host name')
    await expect(start({ allowOrigin: ['a.example'] })).rejects.toThrow('allowOrigin must be an origin')
  })

  test('can be one that is allowed, or the host of the public URL', async () => {
    const { mock } = await start({ allowHost: ['mock.internal'], publicUrl: 'https://dev.example/mock' })
    for (const [host, status] of [
      ['mock.internal', 200],
      ['dev.example', 200],
      ['other.internal', 403],
    ] as const) {
      expect((await ask(mock.port, `${organization}/channels`, { host })).status).toBe(status)
    }
  })
})

describe('the origin of a web page', () => {
  test.each(['https://evil.example', 'http://localhost.evil.example', 'null'])(
    '%s gets 403 and may read nothing',
    async (origin) => {
      const { mock } = fixture
      const preflight = { origin, 'access-control-request-method': 'GET' }
      for (const [method, headers] of [
        ['GET', { origin }],
        ['POST', { origin }],
        ['OPTIONS', preflight],
      ] as const) {
        const response = await ask(mock.port, `${organization}/channels`, headers, method)
        expect(response.status).toBe(403)
        expect(response.headers).not.toHaveProperty('access-control-allow-origin')
      }
      expect((await ask(mock.port, '/_mock', { origin })).status).toBe(403)
      expect(mock.requests.at(-1)?.violations[0]?.message).toContain('--allow-origin')
    },
  )

  test.each(['http://localhost:3000', 'https://app.localhost', 'http://127.0.0.1:1', 'http://[::1]:8080'])(
    'can be %s',
    async (origin) => {
      const { mock } = fixture
      const { status, headers } = await ask(mock.port, `/channels/${ids.channel}`, { origin })
      expect([status, headers['access-control-allow-origin']]).toEqual([200, origin])
    },
  )

  test('can be the one of the server under a name that is allowed, and one that is allowed itself', async () => {
    const { mock } = await start({ allowHost: ['mock.internal'], allowOrigin: ['https://APP.example/'] })
    const own = { host: 'mock.internal:4010', origin: 'http://mock.internal:4010' }
    expect((await ask(mock.port, `/channels/${ids.channel}`, own)).status).toBe(200)
    const app = await ask(mock.port, `/channels/${ids.channel}`, { origin: 'https://app.example' })
    expect(app.headers['access-control-allow-origin']).toBe('https://app.example')
    expect((await ask(mock.port, `/channels/${ids.channel}`, { origin: 'https://other.example' })).status).toBe(403)
  })

  test('can be any with "*"', async () => {
    const { mock } = await start({ allowOrigin: ['*'] })
    expect((await ask(mock.port, `/channels/${ids.channel}`, { origin: 'https://any.example' })).status).toBe(200)
  })
})
