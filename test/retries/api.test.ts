import { getEventListeners } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { AbejaEvent } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { exampleAnswer } from '../helpers/operations.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'
import { acted, ok, refused, silence } from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'
import { withoutPauses } from '../helpers/without-pauses.ts'

const server = useFaultServer()
withoutPauses()

const params = { path: { channel_id: '1' } }

describe('abeja.api retries as the resources do:', () => {
  test('JSON is sent again as it was', async () => {
    server.script([acted(500), ok], exampleAnswer('putChannelFileLifetime'))
    await abejaAt(server.url, { maxRetries: 1 }).api.PUT('/channels/{channel_id}/{file_id}/lifetime', {
      params: { path: { channel_id: '1', file_id: '2' } },
      body: { lifetime: '1day' },
    })
    expect(server.received.map(({ body }) => body?.toString())).toEqual(['{"lifetime":"1day"}', '{"lifetime":"1day"}'])
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

describe('a middleware that puts another request in the place of the first', () => {
  const organization = { organization_id: '1' }
  const replacing = {
    onRequest: ({ request }: { request: Request }) => new Request(request, { headers: { 'x-a': 'b' } }),
  }

  test('sends that one, with the credential, the retries and the name of the operation', async () => {
    server.script([acted(500), ok], exampleAnswer('getChannel'))
    const events: AbejaEvent[] = []
    const { api } = abejaAt(server.url, { maxRetries: 1, onEvent: (event) => events.push(event) })
    api.use(replacing)
    const path = { ...organization, channel_id: '2' }
    const { data } = await api.GET('/organizations/{organization_id}/channels/{channel_id}', { params: { path } })
    expect(data).toEqual(exampleAnswer('getChannel'))
    expect(server.received.map(({ headers }) => headers['x-a'])).toEqual(['b', 'b'])
    expect(server.received[0]?.headers.authorization).toMatch(/^Basic /)
    expect(events.map(({ operationId }) => operationId)).toEqual(events.map(() => 'getChannel'))
  })

  test('sends its JSON again as it was, and what creates something not when it may be made', async () => {
    server.script([acted(500), ok])
    const { api } = abejaAt(server.url, { maxRetries: 5 })
    api.use(replacing)
    const body = { name: 'a', description: 'b', storage_type: 'datalake' } as const
    const params = { path: organization }
    const call = api.POST('/organizations/{organization_id}/channels', { params, body })
    expect(await abejaErrorOf(call)).toMatchObject({ operationId: 'createChannel', status: 500 })
    expect(JSON.parse(String(server.received[0]?.body))).toEqual(body)
    expect(server.received).toHaveLength(1)
  })

  test.each([
    ['of the call', (signal: AbortSignal) => ({ signal })],
    ['of the middleware', (signal: AbortSignal) => ({ middleware: [aborting(signal)] })],
  ])('ends with the signal %s', async (_, init) => {
    server.script([silence])
    const controller = new AbortController()
    const { api } = abejaAt(server.url)
    api.use(replacing)
    const path = { ...organization, channel_id: '2' }
    const template = '/organizations/{organization_id}/channels/{channel_id}'
    const call = abejaErrorOf(api.GET(template, { params: { path }, ...init(controller.signal) }))
    await vi.waitFor(() => expect(server.received).toHaveLength(1))
    controller.abort('enough')
    expect(await call).toMatchObject({ name: 'AbortedError', cause: 'enough' })
  })

  const aborting = (signal: AbortSignal) => ({
    onRequest: ({ request }: { request: Request }) => new Request(request, { signal }),
  })
})

test('request(…) is a call as any other', async () => {
  server.script([acted(500), ok], exampleAnswer('listChannelFiles'))
  const { data } = await abejaAt(server.url, { maxRetries: 1 }).api.request('get', '/channels/{channel_id}', { params })
  expect(data).toEqual(exampleAnswer('listChannelFiles'))
  expect(server.received).toHaveLength(2)
})

describe('where a Request does not show its body, as in Firefox,', () => {
  beforeEach(() => {
    vi.spyOn(Request.prototype, 'body', 'get').mockImplementation(notThere)
  })
  // The property is not there at all: null would be a body that is empty.
  const notThere = (): null => JSON.parse('{}').body

  test('JSON is sent all the same, and a call without a body has none', async () => {
    const path = { organization_id: '1', channel_id: '3' }
    const { api } = abejaAt(server.url)
    api.use({ onRequest: ({ request }) => request })
    server.script([ok, ok])
    await api.PATCH('/organizations/{organization_id}/channels/{channel_id}', { params: { path }, body: { name: 'a' } })
    await api.POST('/organizations/{organization_id}/channels/{channel_id}/archive', { params: { path } })
    const [json, nothing] = server.received.map(({ body }) => String(body))
    expect(json).toBe('{"name":"a"}')
    expect(nothing).toBe('')
  })
})
