import { describe, expect, test, vi } from 'vitest'
import { AbejaClient, isAbejaError } from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { headerOf, onlyRequest, recordingServer } from '../helpers/recording-server.ts'
import { untyped } from '../helpers/untyped.ts'

const FILE = { file_id: 'f', content_type: 'image/png', metadata: {}, uploaded_at: null }
const CHANNEL = { channel: { channel_id: '1' } }
const channel = { path: { channel_id: '1' } }
const GET_CHANNEL = '/organizations/{organization_id}/channels/{channel_id}'
const inOrganization = { path: { organization_id: '1', channel_id: '1' } }

describe('abeja.api', () => {
  test('sends the credential and the headers of the client, and those of the call over them', async () => {
    const server = await recordingServer([{ json: { files: [] } }])
    const abeja = abejaAt(server.url, { headers: { 'x-team': 'vision', 'x-trace': 'client' } })
    await abeja.api.GET('/channels/{channel_id}', { params: channel, headers: { 'x-trace': 'call' } })
    const request = onlyRequest(server)
    expect(headerOf(request, 'authorization')).toMatch(/^Basic /)
    expect([headerOf(request, 'x-team'), headerOf(request, 'x-trace')]).toEqual(['vision', 'call'])
  })

  test('sends JSON', async () => {
    const server = await recordingServer([{ json: CHANNEL }])
    await abejaAt(server.url).api.PATCH(GET_CHANNEL, { params: inOrganization, body: { name: '猫' } })
    const request = onlyRequest(server)
    expect(headerOf(request, 'content-type')).toBe('application/json')
    expect(request.body.toString()).toBe('{"name":"猫"}')
  })

  test('keeps the path of the base URL and the slashes of a bucket file', async () => {
    const server = await recordingServer([{ json: FILE }])
    const path = { organization_id: '1', bucket_id: '9', file_id: '/a b/c' }
    await abejaAt(`${server.url}/prefix/`).api.GET(
      '/organizations/{organization_id}/buckets/{bucket_id}/files/{file_id}',
      { params: { path } },
    )
    expect(onlyRequest(server).path).toBe('/prefix/organizations/1/buckets/9/files/a%20b/c')
  })

  test('takes the options of a call', async () => {
    const server = await recordingServer([{ status: 503 }, { status: 503 }])
    const call = abejaAt(server.url).api.GET('/channels/{channel_id}', { params: channel, maxRetries: 0 })
    expect(await errorOf(call)).toMatchObject({ status: 503, operationId: 'listChannelFiles', attempts: [{}] })
  })

  test('returns no data for a success without a body', async () => {
    const server = await recordingServer([{ status: 204 }])
    const { data, response } = await abejaAt(server.url).api.DELETE('/channels/{channel_id}/{file_id}', {
      params: { path: { channel_id: '1', file_id: 'f' } },
    })
    expect([data, response.status]).toEqual([undefined, 204])
  })

  test.each(['json', 'text', 'blob', 'arrayBuffer', 'stream'] as const)('parses as %s', async (parseAs) => {
    const text = JSON.stringify(CHANNEL)
    const server = await recordingServer([{ json: CHANNEL }])
    const { data } = await abejaAt(server.url).api.GET(GET_CHANNEL, { params: inOrganization, parseAs })
    expect(parseAs === 'json' ? JSON.stringify(data) : await new Response(untyped(data)).text()).toBe(text)
  })

  test('throws for a response that is not JSON', async () => {
    const server = await recordingServer([{ body: '<html>', headers: { 'content-type': 'text/html' } }])
    const call = abejaAt(server.url).api.GET('/channels/{channel_id}', { params: channel })
    expect(await errorOf(call)).toMatchObject({
      name: 'InvalidResponseError',
      operationId: 'listChannelFiles',
      status: 200,
    })
  })

  test('throws for an error without a body', async () => {
    const server = await recordingServer([{ status: 404 }])
    const call = abejaAt(server.url).api.GET('/channels/{channel_id}', { params: channel })
    expect(await errorOf(call)).toMatchObject({
      name: 'NotFoundError',
      operationId: 'listChannelFiles',
      body: undefined,
    })
  })

  test('ends with its signal', async () => {
    const server = await recordingServer([])
    const signal = AbortSignal.abort('enough')
    const call = abejaAt(server.url).api.GET('/channels/{channel_id}', { params: channel, signal })
    expect(await errorOf(call)).toMatchObject({ name: 'AbortedError', cause: 'enough' })
    expect(server.requests).toEqual([])
  })

  test('is what the resources send with: its middleware sees their calls', async () => {
    const server = await recordingServer([{ json: CHANNEL }])
    const abeja = abejaAt(server.url)
    const seen: string[] = []
    abeja.api.use({
      onRequest({ request, schemaPath }) {
        seen.push(schemaPath)
        request.headers.set('x-trace', 'middleware')
      },
      async onResponse({ response }) {
        seen.push(await response.clone().text())
        return response
      },
    })
    expect(await abeja.channels.get('1')).toEqual(CHANNEL.channel)
    expect(headerOf(onlyRequest(server), 'x-trace')).toBe('middleware')
    expect(seen).toEqual([GET_CHANNEL, JSON.stringify(CHANNEL)])
  })

  test('sends an upload of the resources with a middleware in between', async () => {
    const server = await recordingServer([{ json: FILE }])
    const abeja = abejaAt(server.url)
    abeja.api.use({ onRequest: ({ request }) => new Request(request, { headers: { 'x-trace': 'middleware' } }) })
    await abeja.channels.files.upload('1', 'bytes', { content_type: 'text/plain' })
    const request = onlyRequest(server)
    expect([request.body.toString(), headerOf(request, 'content-type')]).toEqual(['bytes', 'text/plain'])
    expect(headerOf(request, 'x-trace')).toBe('middleware')
  })
})

describe('abeja.api throws an error of the package, before anything is sent, for', () => {
  const upload = '/channels/{channel_id}/upload'
  const cases: Record<string, [(abeja: AbejaClient) => Promise<unknown>, RegExp]> = {
    'a header that cannot be sent': [
      ({ api }) => api.GET('/channels/{channel_id}', { params: channel, headers: { 'x-api-key': 'CANARY\0' } }),
      /Invalid value of x-api-key/,
    ],
    'a header parameter that cannot be sent': [
      ({ api }) =>
        api.POST('/channels/{channel_id}', {
          params: { ...channel, header: { 'x-abeja-meta-filename': 'CANARY\n' } },
        }),
      /Invalid value of x-abeja-meta-filename/,
    ],
    'an unknown option': [
      ({ api }) => api.GET('/channels/{channel_id}', { params: channel, maxRetires: 1 }),
      /Unknown option "maxRetires"\. Did you mean "maxRetries"\?/,
    ],
    'an init of fetch that is the client’s to decide': [
      ({ api }) => api.GET('/channels/{channel_id}', { params: channel, redirect: 'follow' }),
      /Unknown option "redirect"/,
    ],
    'an unknown parameter': [
      ({ api }) => api.GET('/channels/{channel_id}', { params: { ...channel, query: untyped({ item_per_page: 1 }) } }),
      /Unknown parameter "item_per_page"\. Did you mean "items_per_page"\?/,
    ],
    'an unknown field of the body': [
      ({ api }) => api.PATCH(GET_CHANNEL, { params: inOrganization, body: untyped({ descripton: '' }) }),
      /Unknown field "descripton"\. Did you mean "description"\?/,
    ],
    'a body that is not an object': [
      ({ api }) => api.PATCH(GET_CHANNEL, { params: inOrganization, body: untyped('name') }),
      /body must be an object \(received string\)/,
    ],
    'a body that contains itself': [
      ({ api }) => {
        const body: Record<string, unknown> = {}
        body.name = body
        return api.PATCH(GET_CHANNEL, { params: inOrganization, body: untyped(body) })
      },
      /contains itself/,
    ],
    'a file': [
      ({ api }) => api.POST(upload, { params: channel, body: new Blob(['bytes']) }),
      /postChannelFileUpload takes no JSON body\. Files are uploaded with files\.upload\(\)/,
    ],
    'missing path parameters': [
      ({ api }) => api.GET('/channels/{channel_id}', untyped({})),
      /Invalid channel_id: must be a non-empty string/,
    ],
    'parameters that are not an object': [
      ({ api }) => api.GET('/channels/{channel_id}', untyped({ params: 'channel_id' })),
      /The parameter locations must be an object \(received string\)/,
    ],
    'an unknown way to parse': [
      ({ api }) => api.GET('/channels/{channel_id}', { params: channel, parseAs: untyped('yaml') }),
      /parseAs/,
    ],
    'a middleware that throws': [
      ({ api }) =>
        api.GET('/channels/{channel_id}', {
          params: channel,
          middleware: [{ onRequest: ({ request }) => request.headers.set('x-api-key', 'CANARY\0') }],
        }),
      /middleware failed/,
    ],
    'another server': [
      ({ api }) => api.GET('/channels/{channel_id}', { params: channel, baseUrl: 'https://other.example' }),
      /only calls the baseUrl of the client/,
    ],
  }

  test.each(Object.entries(cases))('%s', async (_, [call, message]) => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json({}))
    const error = await errorOf(call(new AbejaClient({ credential: { authToken: 't' }, fetch })))
    if (!isAbejaError(error)) throw error
    expect(error).toMatchObject({ name: 'InvalidRequestError', message: expect.stringMatching(message) })
    expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain('CANARY')
    expect(fetch).not.toHaveBeenCalled()
  })
})
