import { Readable } from 'node:stream'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AbejaClient, type ClientOptions, InvalidRequestError } from '../../src/index.ts'
import { abejaAt, CREDENTIAL, environment, errorOf } from '../helpers/abeja.ts'
import { onlyRequest, recordingServer } from '../helpers/recording-server.ts'

const CHANNEL = { channel: { channel_id: '1' } }

beforeEach(() => environment())
afterEach(() => vi.unstubAllEnvs())

describe('a client is refused', () => {
  test.each<[string, ClientOptions, RegExp]>([
    [
      'a timeout of 0',
      { timeout: 0 },
      /^timeout must be a positive number of milliseconds, or Infinity \(received 0\)\.$/,
    ],
    ['a negative idle time', { idleTimeout: -1 }, /idleTimeout must be .* \(received -1\)/],
    ['a totalTimeout that is not a number', { totalTimeout: Number.NaN }, /totalTimeout must be .* \(received NaN\)/],
    ['half a retry', { maxRetries: 0.5 }, /maxRetries must be a whole number, 0 or more \(received 0.5\)/],
    ['a negative count of retries', { maxRetries: -1 }, /maxRetries must be a whole number, 0 or more \(received -1\)/],
    [
      'a base URL that is none',
      { baseUrl: 'api.abeja.io' },
      /Invalid baseUrl: expected an absolute URL such as https:\/\/api.abeja.io/,
    ],
    [
      'a base URL with a user',
      { baseUrl: 'https://me:secret@api.abeja.io' },
      /Invalid baseUrl: it must have no user, .* Use credential/,
    ],
    ['a base URL with a query', { baseUrl: 'https://api.abeja.io/?a=1' }, /query or fragment/],
    [
      'a base URL of another scheme',
      { baseUrl: 'ftp://api.abeja.io' },
      /must start with https: or http: \(received ftp:\)/,
    ],
    ['a header that the client sets itself', { headers: { Authorization: 'x' } }, /Use the option credential/],
    ['a header that would split the request', { headers: { 'x-a': 'b\r\nx-c: d' } }, /line breaks/],
    [
      'an unknown option',
      untyped({ authToken: 'x' }),
      /Unknown option "authToken"\..* Valid options: allowInsecureHttp, /,
    ],
    ['another client in place of options', new AbejaClient({ credential: null }), /Unknown option "channels"/],
  ])('%s', (_, options, message) => {
    expect(() => new AbejaClient(options)).toThrow(message)
    expect(() => new AbejaClient(options)).toThrow(InvalidRequestError)
  })

  test('and the refusal shows no secret of the URL', () => {
    const given = 'https://me:secret@api.abeja.io'
    expect(() => new AbejaClient({ baseUrl: given })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('secret') }),
    )
  })
})

test('a call is refused what a client is refused, before anything is sent', async () => {
  const server = await recordingServer([])
  const abeja = abejaAt(server.url)
  expect(await errorOf(abeja.channels.get('1', { timeout: 0 }))).toMatchObject({ name: 'InvalidRequestError' })
  expect(await errorOf(abeja.channels.get('1', { maxRetries: 1.5 }))).toMatchObject({ name: 'InvalidRequestError' })
  expect(await errorOf(abeja.channels.list({}, { totalTimeout: -5 }).toArray())).toMatchObject({
    name: 'InvalidRequestError',
  })
  expect(server.requests).toEqual([])
})

describe('the base URL', () => {
  test('keeps its path as a prefix, and a slash at its end changes nothing', async () => {
    const server = await recordingServer([{ json: CHANNEL }])
    await abejaAt(`${server.url}/behind/a%20gateway/`).channels.get('1')
    expect(onlyRequest(server).path).toBe('/behind/a%20gateway/organizations/1234567890123/channels/1')
  })

  test('comes from the environment when it is not given', () => {
    environment({ ABEJA_API_URL: 'https://staging.example.com/' })
    expect(new AbejaClient().baseUrl).toBe('https://staging.example.com')
    expect(new AbejaClient({ baseUrl: 'https://api.example.com' }).baseUrl).toBe('https://api.example.com')
  })

  test("is the platform's when nobody says another", () => {
    expect(new AbejaClient().baseUrl).toBe('https://api.abeja.io')
  })
})

describe('the organization', () => {
  test("is the call's, else the client's, else that of the environment", async () => {
    environment({ ABEJA_ORGANIZATION_ID: 'environment' })
    const server = await recordingServer(() => ({ json: CHANNEL }))
    const options = { baseUrl: server.url, credential: null }
    await new AbejaClient(options).channels.get('1')
    await new AbejaClient({ ...options, organizationId: 'client' }).channels.get('1')
    await new AbejaClient({ ...options, organizationId: 'client' }).channels.get('1', { organizationId: 'call' })
    expect(server.requests.map(({ path }) => path.split('/')[2])).toEqual(['environment', 'client', 'call'])
  })

  test('is missed only by an operation that needs one', async () => {
    const server = await recordingServer([{ json: { message: 'deleted' } }])
    const abeja = new AbejaClient({ baseUrl: server.url, credential: null })
    await abeja.channels.files.delete('1', 'f')
    expect(await errorOf(abeja.channels.get('1'))).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('set ABEJA_ORGANIZATION_ID'),
    })
    expect(server.requests).toHaveLength(1)
  })
})

describe('numbers of the environment', () => {
  test.each(['many', '-1', '1s'])('that are none, like "%s", are refused when the client is made', (text) => {
    environment({ ABEJA_SDK_MAX_RETRY_COUNT: text })
    expect(() => new AbejaClient()).toThrow(/ABEJA_SDK_MAX_RETRY_COUNT/)
  })

  test('of 0 retries mean none', async () => {
    environment({ ABEJA_SDK_MAX_RETRY_COUNT: '0' })
    const server = await recordingServer([{ status: 500 }, { json: CHANNEL }])
    const abeja = new AbejaClient({ baseUrl: server.url, organizationId: '1', credential: null })
    expect(await errorOf(abeja.channels.get('1'))).toMatchObject({ status: 500, attempts: [{ status: 500 }] })
    expect(server.requests).toHaveLength(1)
  })

  test('say the timeout in seconds', async () => {
    environment({ ABEJA_SDK_CONNECTION_TIMEOUT: '0.02' })
    const abeja = new AbejaClient({
      ...{ baseUrl: 'https://api.example.com', organizationId: '1', credential: null, maxRetries: 0 },
      fetch: (_, { signal }) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    })
    expect(await errorOf(abeja.channels.get('1'))).toMatchObject({
      name: 'TimeoutError',
      kind: 'timeout',
      message: expect.stringContaining('20 ms'),
    })
  })
})

test('a client shows where it calls, and never with what', () => {
  const abeja = abejaAt('https://api.example.com')
  for (const shown of [
    inspect(abeja, { depth: 9 }),
    JSON.stringify(abeja),
    inspect(abeja.channels, { depth: 9, showHidden: true }),
  ]) {
    expect(shown).not.toContain(CREDENTIAL.personalAccessToken)
    expect(shown).not.toContain(
      Buffer.from(`user-${CREDENTIAL.userId}:${CREDENTIAL.personalAccessToken}`).toString('base64'),
    )
  }
  expect(JSON.parse(JSON.stringify(abeja))).toEqual({
    baseUrl: 'https://api.example.com',
    organizationId: '1234567890123',
  })
})

test('a fetch of the caller’s is called as a function, not as a method that sees the options', async () => {
  const server = await recordingServer([{ json: CHANNEL }])
  let self: unknown = 'not called'
  async function strictFetch(this: unknown, url: string, init: RequestInit) {
    self = this
    return fetch(url, init)
  }
  await abejaAt(server.url, { fetch: strictFetch }).channels.get('1')
  expect(self).toBeUndefined()
})

describe('a fetch that is not a standard one', () => {
  const fetch = async () => Object.defineProperty(Response.json(CHANNEL), 'body', { value: Readable.from(['{}']) })

  test('is read as far as it can be', async () => {
    expect(await abejaAt('https://api.example', { fetch }).channels.get('1')).toEqual(CHANNEL.channel)
  })

  test('fails the upload of a stream, which it may have sent as text', async () => {
    const body = new Blob(['bytes']).stream()
    expect(await errorOf(abejaAt('https://api.example', { fetch }).channels.files.upload('1', body))).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('fetch is not a standard one and cannot send streams'),
      attempts: [{ mayHaveBeenProcessed: true }],
    })
  })
})

/** As a program without types passes it. */
function untyped(options: object): ClientOptions {
  return options
}
