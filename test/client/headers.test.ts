import { describe, expect, test } from 'vitest'
import { version } from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { headerOf, onlyRequest, recordingServer } from '../helpers/recording-server.ts'

const CHANNEL = { channel: { channel_id: '1' } }
const client = { 'x-team': 'vision', 'X-Trace': 'client' }

/** What one call sends, of a client with headers of its own. */
async function sent(headers?: Record<string, string | null | undefined>) {
  const server = await recordingServer([{ json: CHANNEL }])
  await abejaAt(server.url, { headers: client }).channels.get('1', { headers })
  return onlyRequest(server)
}

describe('extra headers', () => {
  test('of the client go with every call', async () => {
    const request = await sent()
    expect(headerOf(request, 'x-team')).toBe('vision')
    expect(headerOf(request, 'x-trace')).toBe('client')
  })

  test('of a call stand over those of the client, whatever their case', async () => {
    const request = await sent({ 'x-trace': 'call', 'x-extra': 'é' })
    expect(headerOf(request, 'x-trace')).toBe('call')
    expect(headerOf(request, 'x-extra')).toBe('é')
    expect(headerOf(request, 'x-team')).toBe('vision')
  })

  test('are taken away by null and left alone by undefined', async () => {
    const request = await sent({ 'x-trace': null, 'x-team': undefined })
    expect(headerOf(request, 'x-trace')).toBeUndefined()
    expect(headerOf(request, 'x-team')).toBe('vision')
  })

  test('may take the place of the Accept and User-Agent of the client', async () => {
    const request = await sent({ accept: 'application/vnd.abeja+json', 'user-agent': 'my-tool/1' })
    expect(headerOf(request, 'accept')).toBe('application/vnd.abeja+json')
    expect(headerOf(request, 'user-agent')).toBe('my-tool/1')
  })

  test.each(['Authorization', 'content-length', 'Content-Type', 'HOST', 'transfer-encoding'])(
    'cannot be %s, not even to take it away',
    async (name) => {
      const server = await recordingServer([])
      const abeja = abejaAt(server.url)
      for (const value of ['x', null]) {
        const error = await errorOf(abeja.channels.get('1', { headers: { [name]: value } }))
        expect(error).toMatchObject({
          name: 'InvalidRequestError',
          message: expect.stringContaining(`The header ${name} is set by the client`),
        })
      }
      expect(server.requests).toEqual([])
    },
  )

  test.each([
    ['a name with a blank', 'x a', 'b'],
    ['an empty name', '', 'b'],
    ['a value with a line break', 'x-a', 'b\nc'],
    ['a value outside Latin-1', 'x-a', '猫'],
    ['a value with a NUL', 'x-a', 'b\0'],
  ])('cannot have %s', async (_, name, value) => {
    const server = await recordingServer([])
    expect(await errorOf(abejaAt(server.url).channels.get('1', { headers: { [name]: value } }))).toMatchObject({
      name: 'InvalidRequestError',
    })
    expect(server.requests).toEqual([])
  })
})

describe('of itself the client sends', () => {
  test('what it accepts and who it is', async () => {
    const request = await sent()
    expect(headerOf(request, 'accept')).toBe('application/json')
    expect(headerOf(request, 'user-agent')).toBe(`abeja-platform-client/${version}`)
  })

  test.each(['archive', 'unarchive'] as const)('no body and no content type to %s', async (action) => {
    const server = await recordingServer([{ json: CHANNEL }])
    await abejaAt(server.url).channels[action]('1')
    const request = onlyRequest(server)
    expect(request.body).toHaveLength(0)
    expect(headerOf(request, 'content-type')).toBeUndefined()
  })
})
