import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AbejaClient, type AbejaError, type AbejaEvent, Channels, type ClientOptions } from '../../src/index.ts'
import { environment, ORGANIZATION } from '../helpers/abeja.ts'
import { everythingShown } from '../helpers/everything-shown.ts'
import type { Exchange, Step } from '../helpers/fault-server.ts'
import { exampleAnswer, fileAt } from '../helpers/operations.ts'
import { outcomeOf } from '../helpers/outcome.ts'
import { refused } from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'

/** One secret for each place that can hold one: what is found tells where it leaked from. */
const SECRETS = {
  token: 'tokenSecret-A1b2+C3/d4=',
  personalAccessToken: 'patSecret-E5f6/G7',
  datasourceSecret: 'datasourceCredentialSecret-H8i9',
  signature: 'signatureSecret%2FJ1k2%3D',
  answeredSecret: 'answeredSecret-L3m4',
  extraHeader: 'extraHeaderSecret-N5o6',
  pageToken: 'pageTokenSecret-P7q8',
  search: 'searchSecret-R9s1',
  redirect: 'redirectSecret-T2u3',
  userInfo: 'userInfoSecret-V4w5',
  credentialError: 'credentialErrorSecret-X6y7',
  foreign: 'foreignSecret-Z8a9b1c2d3e4',
  bare: 'bareQuerySecret-f5g6',
} as const

const { token, signature } = SECRETS
const presigned = (url: string) => `${url}/bytes?X-Amz-Date=20240101&X-Amz-Signature=${signature}&${SECRETS.bare}`

const server = useFaultServer()

const printed: string[] = []
beforeEach(() => {
  environment()
  printed.length = 0
  vi.spyOn(Math, 'random').mockReturnValue(0)
  for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void printed.push(everythingShown(words)))
  }
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

interface Shown {
  readonly error: AbejaError
  readonly texts: readonly string[]
}

/** What a failing call shows anywhere. */
async function shownBy(
  steps: readonly Step[],
  call: (abeja: AbejaClient) => Promise<unknown>,
  options: ClientOptions = {},
): Promise<Shown> {
  server.script(steps)
  const events: AbejaEvent[] = []
  const abeja = new AbejaClient({
    baseUrl: server.url,
    organizationId: ORGANIZATION,
    credential: { authToken: token },
    headers: { 'x-gateway-key': SECRETS.extraHeader },
    maxRetries: 1,
    onEvent: (event) => events.push(event),
    ...options,
  })
  const outcome = await outcomeOf(call(abeja))
  if (!('error' in outcome)) throw new Error('the call succeeded')
  return { error: outcome.error, texts: [everythingShown([outcome.error, events, abeja, { ...abeja }]), ...printed] }
}

function expectNoSecret({ texts }: Shown): void {
  const basic = [
    btoa(`user-1:${SECRETS.personalAccessToken}`),
    btoa(`datasource-1:${SECRETS.datasourceSecret}`),
    decodeURIComponent(signature),
    encodeURIComponent(token),
    JSON.stringify(token).replaceAll('/', '\\/').slice(1, -1),
  ]
  const leaked = [...Object.values(SECRETS), ...basic].filter((secret) => texts.some((text) => text.includes(secret)))
  expect(leaked).toEqual([])
}

const get = (abeja: AbejaClient) => abeja.channels.get('1')

/** Answers with everything that was asked, as some proxies do. */
function echo(status: number, wrap: (echoed: string) => string, type: string): Step {
  return async (exchange: Exchange) => {
    await exchange.read()
    const { url, headers } = server.received.at(-1) ?? { url: '', headers: {} }
    const body = wrap(`${url} ${Object.values(headers).join(' ')}`)
    const head = {
      'content-type': type,
      'x-request-id': `${headers.authorization}`,
      server: `for ${headers.authorization}`,
    }
    exchange.response.writeHead(status, `No to ${headers.authorization}`, head).end(body)
  }
}

const echoes: readonly (readonly [string, string, (echoed: string) => string])[] = [
  ['text', 'text/plain', (echoed) => echoed],
  ['HTML', 'text/html', (echoed) => `<pre>${echoed}</pre>`],
  [
    'JSON',
    'application/json',
    (echoed) => JSON.stringify({ error: echoed, error_description: echoed, [echoed]: [echoed] }),
  ],
  ['JSON with escaped slashes', 'application/json', (echoed) => JSON.stringify({ echoed }).replaceAll('/', '\\/')],
  ['JSON that is cut off', 'application/json', (echoed) => JSON.stringify({ echoed }).slice(0, -2)],
  ['text that is longer than is read', 'text/plain', (echoed) => echoed.padStart(64 * 1024 + 20).padEnd(200_000)],
]

describe.each([
  ['a token', { authToken: token }],
  ['a personal access token', { userId: '1', personalAccessToken: SECRETS.personalAccessToken }],
  ['a datasource secret', { datasourceId: '1', datasourceSecret: SECRETS.datasourceSecret }],
])('%s that is echoed', (_, credential) => {
  test.each(echoes)('by an error of %s is shown nowhere', async (_name, type, wrap) => {
    const step = echo(401, wrap, type)
    expectNoSecret(await shownBy([step], get, { credential }))
  })

  test.each(echoes)('by a success that is %s is shown nowhere', async (_name, type, wrap) => {
    const step = echo(200, wrap, type)
    expectNoSecret(await shownBy([step, step], get, { credential }))
  })

  test('by the error of a fetch of the caller’s, with the whole request, is shown nowhere', async () => {
    const fetch = async (url: string, init: RequestInit) => {
      const { authorization } = Object.fromEntries(new Headers(init.headers))
      const cause = Object.assign(new Error(`sent ${authorization}`), { request: new Request(url, init), config: init })
      throw Object.assign(new TypeError(`no answer to ${authorization} from ${url}`, { cause }), { code: 'ECONNRESET' })
    }
    const shown = await shownBy([], get, { credential, fetch })
    expectNoSecret(shown)
    // What can be told is told.
    expect(shown.error.cause).toMatchObject({ name: 'TypeError', code: 'ECONNRESET' })
    expect(shown.error.message).toContain('The connection was reset (ECONNRESET)')
  })
})

test('the harmless error of a fetch stays the cause that it is', async () => {
  const cause = new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
  })
  const { error } = await shownBy([], get, { fetch: () => Promise.reject(cause) })
  expect(error.cause).toBe(cause)
  expect(error.attempts.map((attempt) => attempt.cause)).toEqual([cause, cause])
})

describe('a datasource’s secret in an answer is shown nowhere', () => {
  const datasources = JSON.stringify({ datasources: [{ datasource_id: '1', secret: SECRETS.answeredSecret }] })
  const list = (abeja: AbejaClient) => abeja.channels.datasources.list('1').toArray()
  const connect = (abeja: AbejaClient) => abeja.channels.datasources.connect('1', '2')

  test.each([
    ['cut off', 200, 'application/json', datasources.slice(0, -5)],
    ['cut off within it', 200, 'application/json', datasources.slice(0, -10)],
    ['garbled before it', 200, 'application/json', `${datasources.slice(0, 20)},, ${datasources}`],
    ['garbled just before it', 200, 'application/json', datasources.replace('"secret":"', '"secret":"", x')],
    ['of another type', 200, 'text/plain', datasources.slice(0, -5)],
    ['of no type', 200, '', `${datasources}]`],
    ['an array', 200, 'application/json', `[${datasources}]`],
    ['without what is due', 200, 'application/json', datasources.replace('"datasources":', '"datasource":1,"others":')],
    ['an error', 500, 'application/json', datasources],
    ['an error that is cut off', 500, 'application/json', datasources.slice(0, -5)],
  ])('%s', async (_, status, type, body) => {
    const step = refused(status, body, type === '' ? {} : { 'content-type': type })
    expectNoSecret(await shownBy([step, step], list))
    expectNoSecret(await shownBy([step, step], connect))
  })
})

describe('the signature of a presigned URL is shown nowhere', () => {
  const download = async (abeja: AbejaClient) => (await abeja.channels.files.download('1', 'f')).bytes()
  const info: Step = ({ response }) => void response.end(JSON.stringify(fileAt(presigned(server.url))))

  test.each<[string, Step[]]>([
    ['refused twice', [info, refused(403, '<Error/>'), info, echo(403, (text) => text, 'application/xml')]],
    ['not found, with an echo', [info, echo(404, (text) => `<Key>${text}</Key>`, 'application/xml')]],
    ['broken off', [info, ({ socket }) => void socket.destroy(), ({ socket }) => void socket.destroy()]],
    ['redirected in a circle', [info, ...Array.from({ length: 21 }, () => refused(302, '', { location: '/again' }))]],
    [
      'shorter than it was',
      [info, refused(200, 'ab', { 'content-length': '2', etag: '"0123456789abcdef0123456789abcdef"' })],
    ],
  ])('when the download is %s', async (_, steps) => {
    expectNoSecret(await shownBy(steps, download))
  })

  test.each([
    ['no URL', () => `http://[${SECRETS.foreign}?X-Amz-Signature=${signature}`],
    ['a URL with user info', () => `http://me:${SECRETS.userInfo}@127.0.0.1:1/?X-Amz-Signature=${signature}`],
    ['of an unknown scheme', () => `s3://bucket/key?X-Amz-Signature=${signature}`],
  ])('when the URL is %s', async (_, uri) => {
    const step: Step = ({ response }) => void response.end(JSON.stringify(fileAt(uri())))
    expectNoSecret(await shownBy([step, step], download))
  })

  test('when an answer about a file or an upload is refused', async () => {
    const upload = {
      ...Object(exampleAnswer('getChannelFileUpload')),
      upload_url: undefined,
      other: presigned(server.url),
    }
    const request = (abeja: AbejaClient) => abeja.channels.files.requestUpload('1', { content_type: 'image/png' })
    expectNoSecret(
      await shownBy([refused(200, JSON.stringify(upload), { 'content-type': 'application/json' })], request),
    )
    expectNoSecret(await shownBy([refused(400, JSON.stringify({ error: presigned(server.url) }))], request))
  })
})

test('the tokens and words of a query are shown nowhere', async () => {
  const step = echo(400, (text) => text, 'text/plain')
  const token = { next_page_token: SECRETS.pageToken }
  expectNoSecret(await shownBy([step], (abeja) => abeja.channels.files.list('1', token).toArray()))
  expectNoSecret(await shownBy([step], (abeja) => abeja.channels.files.list('1', { q: SECRETS.search }).toArray()))
})

test.each([301, 302, 307, 308])('where %i leads to is shown without its secrets', async (status) => {
  const location = `https://me:${SECRETS.userInfo}@elsewhere.example/${SECRETS.redirect}?code=${SECRETS.redirect}#${SECRETS.redirect}`
  const shown = await shownBy([refused(status, '', { location })], get)
  expectNoSecret(shown)
  expect(shown.error.message).toContain('The redirect to https://elsewhere.example is not followed')
})

test('other credentials and addresses in an error are hidden too', async () => {
  const text = `upstream said: Authorization: Bearer ${SECRETS.foreign}; see https://x.example/a?sig=${SECRETS.foreign}`
  expectNoSecret(await shownBy([refused(502, text), refused(502, text)], get))
  expectNoSecret(await shownBy([refused(400, JSON.stringify({ error: 'no', error_description: text }))], get))
})

describe('the error of a credential function', () => {
  const failing = (error: unknown) => ({
    credential: () => Promise.reject(error),
  })

  test('is shown by its class, its place and its plain words', async () => {
    const cause = Object.assign(new Error(`sent client_secret=${SECRETS.credentialError}`), {
      config: { headers: { authorization: SECRETS.credentialError } },
    })
    const shown = await shownBy(
      [],
      get,
      failing(new RangeError(`the vault is closed: ${SECRETS.credentialError}`, { cause })),
    )
    expectNoSecret(shown)
    expect(shown.error.message).toContain('the vault is closed: REDACTED')
    expect(shown.error.cause).toMatchObject({ name: 'RangeError', stack: expect.stringContaining('secrets.test.ts') })
  })

  test.each([
    ['a text', SECRETS.credentialError],
    ['an object', { secret: SECRETS.credentialError }],
    ['nothing', undefined],
  ])('that is %s is not shown', async (_, thrown) => {
    expectNoSecret(await shownBy([], get, failing(thrown)))
  })

  test('that is one of the package stays what it is', async () => {
    const inner = (await shownBy([refused(404)], get)).error
    expect((await shownBy([], get, failing(inner))).error.cause).toBe(inner)
  })

  test('that returns what is no credential is not shown', async () => {
    const credential: ClientOptions['credential'] = () => JSON.parse(JSON.stringify(SECRETS.token))
    expectNoSecret(await shownBy([], get, { credential }))
  })
})

test('options that are refused are not shown', () => {
  const options: ClientOptions[] = [
    { baseUrl: `https://me:${SECRETS.userInfo}@api.example` },
    { baseUrl: `https://me:${SECRETS.userInfo}@no host` },
    { baseUrl: `https://api.example/?key=${SECRETS.userInfo}` },
    { credential: { authToken: `${token} \n` } },
    { credential: JSON.parse(JSON.stringify(token)) },
    { credential: { userId: '1:2', personalAccessToken: SECRETS.personalAccessToken } },
    { headers: { 'x-key': `${SECRETS.extraHeader}\r\n` } },
    { headers: { authorization: `Bearer ${token}` } },
  ]
  const texts = options.map((option) => {
    try {
      new AbejaClient(option)
    } catch (error) {
      return everythingShown(error)
    }
    throw new Error('it was not refused')
  })
  for (const text of texts) {
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret)
  }
})

test('a client and a resource by itself show no secret of their options', () => {
  const options = { credential: { authToken: token }, headers: { 'x-gateway-key': SECRETS.extraHeader } }
  const abeja = new AbejaClient(options)
  const parts = [abeja.channels, abeja.channels.files, abeja.api, abeja.channels.list()]
  const text = everythingShown([abeja, ...parts, new Channels(options), new Channels(options).files])
  expect(text).not.toContain(token)
  expect(text).not.toContain(SECRETS.extraHeader)
})
