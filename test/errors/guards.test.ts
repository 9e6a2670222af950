import { describe, expect, test, vi } from 'vitest'
import { abejaAt } from '../helpers/abeja.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'

const notFound = async () =>
  Response.json({ error: 'not_found', error_description: 'no such channel' }, { status: 404 })

/** The package twice in one process, as an ESM and a CommonJS copy of it are. */
async function twoCopies() {
  const first = await import('../../src/index.ts')
  vi.resetModules()
  const second = await import('../../src/index.ts')
  expect(second.AbejaError).not.toBe(first.AbejaError)
  return { first, second }
}

describe('an error of another copy of the package', () => {
  test('is known by the guards, although it is of another class', async () => {
    const { first, second } = await twoCopies()
    const abeja = new second.AbejaClient({ organizationId: '1', credential: null, fetch: notFound })
    const error = await abejaErrorOf(abeja.channels.get('7'))
    expect(error).not.toBeInstanceOf(first.AbejaError)
    expect(first.isAbejaError(error)).toBe(true)
    expect(first.isApiError(error)).toBe(true)
    expect(first.isApiError(error, 'getChannel', 404) && error.body?.error_description).toBe('no such channel')
  })
})

test('isApiError narrows by operation and by status', async () => {
  const { isApiError } = await import('../../src/index.ts')
  const error = await abejaErrorOf(abejaAt('https://api.example', { fetch: notFound }).channels.get('7'))
  expect(isApiError(error, 'getChannel')).toBe(true)
  expect(isApiError(error, 'getBucket')).toBe(false)
  expect(isApiError(error, 'getChannel', 403)).toBe(false)
  expect(isApiError(error, 'getBucket', 404)).toBe(false)
})

test.each([undefined, null, 'text', new Error('plain'), { name: 'NotFoundError' }, 404])(
  'the guards know %s for none of theirs',
  async (value) => {
    const { isAbejaError, isApiError } = await import('../../src/index.ts')
    expect([isAbejaError(value), isApiError(value)]).toEqual([false, false])
  },
)

describe('401 says which credential was refused, and where it came from:', () => {
  const fetch = async () => new Response(null, { status: 401 })

  test.each([
    [{ authToken: 'abcdefgh' }, 'The token from the option credential was rejected'],
    [
      { userId: '1', personalAccessToken: 'abcdefgh' },
      'The user id and personal access token from the option credential',
    ],
    [{ datasourceId: '1', datasourceSecret: 'abcdefgh' }, 'The datasource id and secret from the option credential'],
    [async () => ({ authToken: 'abcdefgh' }), 'The token from the credential function was rejected'],
    [null, 'No credential was sent (the option credential). Pass the option credential'],
  ])('%o', async (credential, words) => {
    const error = await abejaErrorOf(abejaAt('https://api.example', { fetch, credential }).channels.get('7'))
    expect(error.message).toContain(words)
  })

  test('one of the environment by its variable', async () => {
    vi.stubEnv('PLATFORM_AUTH_TOKEN', 'abcdefgh')
    const abeja = abejaAt('https://api.example', { fetch, credential: undefined })
    vi.unstubAllEnvs()
    const error = await abejaErrorOf(abeja.channels.get('7'))
    expect(error.message).toContain('The token from the environment variable PLATFORM_AUTH_TOKEN was rejected')
  })
})

describe('a message that quotes another', () => {
  const answering = (body: string) => async () => new Response(body, { status: 400 })

  test('keeps to one line: nobody forges a line of a log', async () => {
    const body = JSON.stringify({ error: 'bad\r\n2024-01-01 ERROR forged', error_description: 'a\tb\u2028c' })
    const error = await abejaErrorOf(abejaAt('https://api.example', { fetch: answering(body) }).channels.get('7'))
    expect(error.message).not.toMatch(/[\r\n\t]/)
    expect(error.code).toContain('\r\n')
  })

  test('keeps it short', async () => {
    const body = JSON.stringify({ error: 'x'.repeat(10_000) })
    const error = await abejaErrorOf(abejaAt('https://api.example', { fetch: answering(body) }).channels.get('7'))
    expect(error.message.length).toBeLessThan(1_000)
    expect(error.code).toHaveLength(10_000)
  })
})
