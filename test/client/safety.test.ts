import { afterEach, describe, expect, test, vi } from 'vitest'
import { AbejaClient, type ClientOptions, type Fetch, version } from '../../src/index.ts'
import { abejaAt, CREDENTIAL, errorOf } from '../helpers/abeja.ts'
import { exampleAnswer } from '../helpers/operations.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'
import { recordingServer } from '../helpers/recording-server.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const answering = () => vi.fn(async (_url: string, _init: RequestInit) => Response.json(exampleAnswer('getChannel')))

describe('a credential goes over plain http:', () => {
  test.each([
    'http://localhost:1',
    'http://LOCALHOST',
    'http://127.0.0.1:8080/prefix',
    'http://127.1.2.3',
    'http://[::1]:9',
    'HTTPS://api.example',
  ])('to this machine, or not at all: %s', async (baseUrl) => {
    const fetch = answering()
    await abejaAt(baseUrl, { fetch }).channels.get('1')
    expect(fetch).toHaveBeenCalledOnce()
  })

  test.each([
    'http://api.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://evil.example/localhost',
    'http://10.0.0.1',
    'http://[::2]',
  ])('to no other: %s', async (baseUrl) => {
    const fetch = answering()
    const error = await abejaErrorOf(abejaAt(baseUrl, { fetch, maxRetries: 5 }).channels.get('1'))
    expect(error).toMatchObject({ name: 'InvalidRequestError', attempts: [{ mayHaveBeenProcessed: false }] })
    expect(error.message).toContain('it would be sent unencrypted over http: to another machine')
    expect(fetch).not.toHaveBeenCalled()
  })

  test('to another when an option allows it, and nothing is refused that carries none', async () => {
    const fetch = answering()
    await abejaAt('http://api.example', { fetch, allowInsecureHttp: true }).channels.get('1')
    await abejaAt('http://api.example', { fetch, credential: null }).channels.get('1')
    expect(fetch).toHaveBeenCalledTimes(2)
  })
})

describe('what is no signal is refused', () => {
  test.each([new AbortController(), {}, 'signal'])('%o', async (signal) => {
    const options = { signal: Object(signal) }
    const error = await abejaErrorOf(abejaAt('https://api.example').channels.get('1', options))
    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('signal must be an AbortSignal'),
    })
  })
})

describe('in a runtime', () => {
  const headersOf = (fetch: ReturnType<typeof answering>) => new Headers(fetch.mock.lastCall?.[1].headers)
  const options = { organizationId: '1', credential: CREDENTIAL, baseUrl: 'https://api.example' }

  test('with a process the client names itself', async () => {
    const fetch = answering()
    await new AbejaClient({ ...options, fetch }).channels.get('1')
    expect(headersOf(fetch).get('user-agent')).toBe(`abeja-platform-client/${version}`)
  })

  test('without one it works, reads no environment, and leaves the name to the browser', async () => {
    vi.stubEnv('ABEJA_API_URL', 'https://other.example')
    const fetch = answering()
    vi.stubGlobal('process', undefined)
    const call = new AbejaClient({ organizationId: '1', credential: null, fetch }).channels.get('1')
    vi.unstubAllGlobals()
    vi.unstubAllEnvs()
    await call
    expect(fetch.mock.lastCall?.[0]).toMatch(/^https:\/\/api\.abeja\.io\//)
    expect(headersOf(fetch).has('user-agent')).toBe(false)
  })

  test('that forbids the environment it works without it', async () => {
    const forbidding = {
      get env(): never {
        throw new Error('NotCapable')
      },
    }
    vi.stubGlobal('process', forbidding)
    const abeja = new AbejaClient({ organizationId: '1', fetch: answering() })
    vi.unstubAllGlobals()
    expect(abeja.baseUrl).toBe('https://api.abeja.io')
  })
})

describe('a URL that the server names', () => {
  const ticket = (upload_url: string) => ({ file_id: 'f', upload_url, metadata: {} })

  test.each(['http://storage.example/x', 'ftp://storage.example/x', 'javascript:alert(1)', 'file:///etc/passwd', 'x'])(
    'is rejected for an upload when it is %s',
    async (upload_url) => {
      const server = await recordingServer([{ json: ticket(upload_url) }])
      const request = abejaAt(server.url).channels.files.requestUpload('1', { content_type: 'a/b' })
      expect(await errorOf(request)).toMatchObject({
        name: 'InvalidResponseError',
        operationId: 'getChannelFileUpload',
        message: expect.stringContaining('upload_url'),
      })
    },
  )

  test.each(['https://storage.example/x', 'http://127.0.0.1:1/x', 'http://localhost/x'])(
    'is accepted for an upload when it is %s',
    async (upload_url) => {
      const server = await recordingServer([{ json: ticket(upload_url) }])
      const request = abejaAt(server.url).channels.files.requestUpload('1', { content_type: 'a/b' })
      expect(await request).toMatchObject({ upload_url })
    },
  )

  test('is rejected when the store redirects it to another machine over http:', async () => {
    const redirected = { redirected: { value: true }, url: { value: 'http://storage.example/x' } }
    const fetch: Fetch = async (url) =>
      url.startsWith('https://storage.example')
        ? Object.defineProperties(new Response('garbled'), redirected)
        : Response.json({ file_id: 'f', download_uri: 'https://storage.example/x' })
    const download = (options: ClientOptions) =>
      abejaAt('https://api.example', { fetch, ...options }).channels.files.download('1', 'f')
    expect(await errorOf(download({}))).toMatchObject({
      name: 'InvalidResponseError',
      message: expect.stringContaining('redirected to an unencrypted http: URL'),
    })
    expect(await (await download({ allowInsecureHttp: true })).text()).toBe('garbled')
  })
})
