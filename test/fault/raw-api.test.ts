import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { abejaAt } from '../helpers/abeja.ts'

import { exampleAnswer } from './helpers/operations.ts'
import { abejaErrorOf } from './helpers/outcome.ts'
import { acted, ok, refused } from './helpers/steps.ts'
import { useFaultServer, withoutPauses } from './helpers/use-fault-server.ts'

const server = useFaultServer()
withoutPauses()

const UPLOAD = '/channels/{channel_id}/upload'
const params = { path: { channel_id: '1' } }
const BYTES = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251)

describe('abeja.api retries as the resources do:', () => {
  test.each<[string, () => Blob | Uint8Array<ArrayBuffer> | ArrayBuffer | string]>([
    ['bytes', () => BYTES],
    ['a Blob', () => new Blob([BYTES])],
    ['an ArrayBuffer', () => BYTES.slice().buffer],
    ['a text', () => Buffer.from(BYTES).toString('latin1')],
  ])('%s are sent again as they were', async (_, body) => {
    server.script([refused(429), ok], exampleAnswer('postChannelFileUpload'))
    await abejaAt(server.url, { maxRetries: 1 }).api.POST(UPLOAD, { params, body: body() })
    const [first, second] = server.received
    expect(second?.body).toEqual(first?.body)
    expect(first?.body?.length).toBeGreaterThanOrEqual(BYTES.length)
  })

  test('JSON is sent again as it was', async () => {
    server.script([acted(500), ok], exampleAnswer('putChannelFileLifetime'))
    await abejaAt(server.url, { maxRetries: 1 }).api.PUT('/channels/{channel_id}/{file_id}/lifetime', {
      params: { path: { channel_id: '1', file_id: '2' } },
      body: { lifetime: '1day' },
    })
    expect(server.received.map(({ body }) => body?.toString())).toEqual(['{"lifetime":"1day"}', '{"lifetime":"1day"}'])
  })

  test('a stream is sent once, and the error says why', async () => {
    server.script([refused(429), ok])
    const body = new Blob([BYTES]).stream()
    const error = await abejaErrorOf(abejaAt(server.url, { maxRetries: 5 }).api.POST(UPLOAD, { params, body }))
    expect(error.message).toContain('can be sent once')
    expect(server.received).toHaveLength(1)
  })

  test('what creates something is not made again when it may have been made', async () => {
    server.script([acted(500), ok])
    const path = { organization_id: '1' }
    const body = { name: 'a', description: 'b', storage_type: 'datalake' } as const
    const call = abejaAt(server.url, { maxRetries: 5 }).api.POST('/organizations/{organization_id}/channels', {
      params: { path },
      body,
    })
    expect(await abejaErrorOf(call)).toMatchObject({ operationId: 'createChannel', status: 500 })
    expect(server.acts).toBe(1)
  })
})

test('the answer is the very text of the server', async () => {
  const text = '{ "channel": {"channel_id": 12345678901234567890} }'
  server.script([refused(200, text, { 'content-type': 'application/json', 'x-request-id': 'r' })])
  const { data, response } = await abejaAt(server.url).api.GET(
    '/organizations/{organization_id}/channels/{channel_id}',
    {
      params: { path: { organization_id: '1', channel_id: '2' } },
      parseAs: 'text',
    },
  )
  expect(data).toBe(text)
  expect(response.headers.get('x-request-id')).toBe('r')
})

test.each(['authorization', 'Content-Length', 'HOST', 'transfer-encoding'])(
  'the header %s is not the caller’s',
  async (name) => {
    server.script([])
    const abeja = abejaAt(server.url, { credential: null })
    const error = await abejaErrorOf(abeja.api.GET('/channels/{channel_id}', { params, headers: { [name]: '1' } }))
    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('is set by the client'),
    })
    expect(server.received).toEqual([])
  },
)

test('the credential goes to no other server, even when the caller names one', async () => {
  server.script([])
  const call = abejaAt('https://api.example').api.GET('/channels/{channel_id}', { params, baseUrl: server.url })
  expect(await abejaErrorOf(call)).toMatchObject({ name: 'InvalidRequestError' })
  expect(server.received).toEqual([])
})

test('a signal keeps no listener, not even until the next garbage collection', async () => {
  const { signal } = new AbortController()
  server.script([ok, ok, ok], exampleAnswer('listChannelFiles'))
  const { api } = abejaAt(server.url)
  for (let time = 0; time < 3; time++) await api.GET('/channels/{channel_id}', { params, signal })
  expect(getEventListeners(signal, 'abort')).toHaveLength(0)
})
