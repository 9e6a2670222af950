import { afterEach, describe, expect, test, vi } from 'vitest'
import { AbejaClient, type ClientOptions } from '../../src/index.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'
import { recordingServer } from '../helpers/recording-server.ts'

const SECRET = 'a-token-that-no-line-shows'

async function failingCall(options: ClientOptions): Promise<void> {
  const server = await recordingServer([
    { status: 503, headers: { 'retry-after': '0' } },
    { status: 404, headers: { 'x-abeja-request-id': 'r-7' }, json: { error: 'not_found' } },
  ])
  const abeja = new AbejaClient({
    baseUrl: server.url,
    organizationId: '1',
    credential: { authToken: SECRET },
    maxRetries: 1,
    ...options,
  })
  await abejaErrorOf(abeja.channels.get('7'))
}

const LINES = [
  /^abeja #\d+ getChannel GET http:\/\/127\.0\.0\.1:\d+\/organizations\/1\/channels\/7 \(attempt 1\)$/,
  /^abeja #\d+ getChannel 503 after \d+ ms$/,
  /^abeja #\d+ getChannel retries in 0 ms: 503 Service Unavailable$/,
  /^abeja #\d+ getChannel GET http:\/\/127\.0\.0\.1:\d+\/organizations\/1\/channels\/7 \(attempt 2\)$/,
  /^abeja #\d+ getChannel 404 after \d+ ms, request r-7$/,
  /^abeja #\d+ getChannel failed after \d+ ms: getChannel: 404 .*$/,
].map((line) => expect.stringMatching(line))

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

describe('debug', () => {
  test('passes one line for each event to a function', async () => {
    const lines: string[] = []
    await failingCall({ debug: (line) => lines.push(line) })
    expect(lines).toEqual(LINES)
    expect(lines.join('\n')).not.toContain(SECRET)
  })

  test.each([
    ['the option', { debug: true }, ''],
    ['ABEJA_DEBUG', {}, '1'],
  ])('prints to standard error with %s', async (_, options, variable) => {
    vi.stubEnv('ABEJA_DEBUG', variable)
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    await failingCall(options)
    expect(print.mock.calls.flat()).toEqual(LINES)
  })

  test.each(['', '0', 'false'])('prints nothing when ABEJA_DEBUG is %j', async (variable) => {
    vi.stubEnv('ABEJA_DEBUG', variable)
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    await failingCall({})
    expect(print).not.toHaveBeenCalled()
  })

  test('does not replace onEvent', async () => {
    const onEvent = vi.fn()
    await failingCall({ debug: () => {}, onEvent })
    expect(onEvent).toHaveBeenCalledTimes(LINES.length)
  })

  test('does not fail a call when its function throws', async () => {
    const debug = () => {
      throw new Error('no disk space')
    }
    await failingCall({ debug })
  })

  test('must be a boolean or a function', () => {
    const create = () => Reflect.construct(AbejaClient, [{ debug: 'yes' }])
    expect(create).toThrow('debug must be a boolean or a function (received string).')
  })
})
