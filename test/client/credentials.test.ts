import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { AbejaClient, type ClientOptions, InvalidRequestError, UnauthorizedError } from '../../src/index.ts'
import { environment, errorOf } from '../helpers/abeja.ts'
import { headerOf, recordingServer } from '../helpers/recording-server.ts'

const CHANNEL = { channel: { channel_id: '1' } }

beforeEach(() => environment())
afterEach(() => vi.unstubAllEnvs())

/** The Authorization that one call sends. */
async function authorizationOf(credential: ClientOptions['credential']): Promise<string | undefined> {
  const server = await recordingServer([{ json: CHANNEL }])
  await new AbejaClient({ baseUrl: server.url, organizationId: '1', credential }).channels.get('1')
  const [request] = server.requests
  return request && headerOf(request, 'authorization')
}

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`
}

const user = { userId: '1', personalAccessToken: 'pat' }
const datasource = { datasourceId: '2', datasourceSecret: 'secret' }

describe('the option credential', () => {
  test.each<[string, ClientOptions['credential'], string | undefined]>([
    ['a token', { authToken: 'abc.def-123_~+/=' }, 'Bearer abc.def-123_~+/='],
    ['a user', user, basic('user-1:pat')],
    ['a user whose id has its prefix', { ...user, userId: 'user-1' }, basic('user-1:pat')],
    ['a user whose id begins alike', { ...user, userId: 'username' }, basic('user-username:pat')],
    ['a datasource', datasource, basic('datasource-2:secret')],
    [
      'a datasource whose id has its prefix',
      { ...datasource, datasourceId: 'datasource-2' },
      basic('datasource-2:secret'),
    ],
    ['a secret outside Latin-1', { ...user, personalAccessToken: '鍵🔑' }, basic('user-1:鍵🔑')],
    ['a token before a user', { authToken: 'abc', ...user }, 'Bearer abc'],
    ['a user before a datasource', { ...user, ...datasource }, basic('user-1:pat')],
    ['a function', () => user, basic('user-1:pat')],
    ['a function that takes its time', async () => ({ authToken: 'abc' }), 'Bearer abc'],
    ['nothing', null, undefined],
    ['a function that returns nothing', () => null, undefined],
  ])('sends %s', async (_, credential, header) => {
    expect(await authorizationOf(credential)).toBe(header)
  })

  test.each([
    ['an empty token', { authToken: '' }, /authToken must be a non-empty string/],
    ['a token cut in two by a line break', { authToken: 'abc\ndef' }, /cut or quoted/],
    ['a token with a blank around it', { authToken: ' abc' }, /cut or quoted/],
    [
      'an empty personal access token',
      { userId: '1', personalAccessToken: '' },
      /personalAccessToken must be a non-empty string/,
    ],
    ['an empty datasource id', { datasourceId: '', datasourceSecret: 's' }, /datasourceId must be a non-empty string/],
  ])('refuses %s when the client is made', (_, credential, message) => {
    expect(() => new AbejaClient({ credential })).toThrow(message)
    expect(() => new AbejaClient({ credential })).toThrow(InvalidRequestError)
  })

  test('refuses what a program without types leaves out', () => {
    const half: ClientOptions = JSON.parse('{ "credential": { "userId": "1" } }')
    expect(() => new AbejaClient(half)).toThrow(/personalAccessToken must be a non-empty string/)
  })
})

describe('a credential function', () => {
  test('is called before each attempt', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const tokens = ['first', 'second']
    const server = await recordingServer([{ status: 503 }, { json: CHANNEL }])
    const credential = () => ({ authToken: tokens.shift() ?? 'none' })
    await new AbejaClient({ baseUrl: server.url, organizationId: '1', credential }).channels.get('1')
    expect(server.requests.map((request) => headerOf(request, 'authorization'))).toEqual([
      'Bearer first',
      'Bearer second',
    ])
    vi.restoreAllMocks()
  })

  test('that fails ends the call before anything is sent', async () => {
    const server = await recordingServer([])
    const credential = () => Promise.reject(new Error('the vault is closed'))
    const error = await errorOf(
      new AbejaClient({ baseUrl: server.url, organizationId: '1', credential }).channels.get('1'),
    )
    expect(error).toBeInstanceOf(InvalidRequestError)
    expect(error).toMatchObject({ message: expect.stringContaining('the vault is closed'), operationId: 'getChannel' })
    expect(server.requests).toEqual([])
  })

  test('that returns half a credential ends the call before anything is sent', async () => {
    const server = await recordingServer([])
    const credential = () => ({ userId: '1', personalAccessToken: '' })
    const error = await errorOf(
      new AbejaClient({ baseUrl: server.url, organizationId: '1', credential }).channels.get('1'),
    )
    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('personalAccessToken'),
    })
    expect(server.requests).toEqual([])
  })
})

const ALL = {
  PLATFORM_AUTH_TOKEN: 'abc',
  ABEJA_PLATFORM_USER_ID: '1',
  ABEJA_PLATFORM_PERSONAL_ACCESS_TOKEN: 'pat',
  ABEJA_PLATFORM_DATASOURCE_ID: '2',
  ABEJA_PLATFORM_DATASOURCE_SECRET: 'secret',
}

describe('the environment', () => {
  test.each([
    ['the token first', {}, 'Bearer abc'],
    ['the user without a token', { PLATFORM_AUTH_TOKEN: '' }, basic('user-1:pat')],
    [
      'the datasource when the user is not whole',
      { PLATFORM_AUTH_TOKEN: '', ABEJA_PLATFORM_USER_ID: '' },
      basic('datasource-2:secret'),
    ],
    [
      'nothing when no credential is whole',
      { PLATFORM_AUTH_TOKEN: '', ABEJA_PLATFORM_USER_ID: '', ABEJA_PLATFORM_DATASOURCE_SECRET: '' },
      undefined,
    ],
  ])('gives %s', async (_, without, header) => {
    environment({ ...ALL, ...without })
    expect(await authorizationOf(undefined)).toBe(header)
  })

  test.each<[string, ClientOptions['credential'], string | undefined]>([
    ['a credential', datasource, basic('datasource-2:secret')],
    ['null', null, undefined],
    ['a function', () => null, undefined],
  ])('is not asked when the option is %s', async (_, credential, header) => {
    environment(ALL)
    expect(await authorizationOf(credential)).toBe(header)
  })

  test('is not asked when a program without types gives an empty credential', async () => {
    environment(ALL)
    const empty: ClientOptions = JSON.parse('{ "credential": {} }')
    expect(await authorizationOf(empty.credential)).toBeUndefined()
  })
})

test('a refused credential is named by where it came from, and never shown', async () => {
  environment({ PLATFORM_AUTH_TOKEN: 'very-secret' })
  const server = await recordingServer([{ status: 401, body: 'token very-secret is unknown' }])
  const error = await errorOf(
    new AbejaClient({ baseUrl: server.url, organizationId: '1', maxRetries: 0 }).channels.get('1'),
  )
  expect(error).toBeInstanceOf(UnauthorizedError)
  expect(error).toMatchObject({ message: expect.stringContaining('the environment variable PLATFORM_AUTH_TOKEN') })
  expect(JSON.stringify(error) + String(error)).not.toContain('very-secret')
  expect(error).toMatchObject({ body: 'token REDACTED is unknown' })
})
