import { describe, expect, test } from 'vitest'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { partsOf } from '../helpers/multipart.ts'
import { headerOf, onlyRequest, recordingServer } from '../helpers/recording-server.ts'

const UPLOADED = { file_id: 'f', content_type: 'image/png', metadata: {}, uploaded_at: null }
const channel = { path: { channel_id: '1' } }
const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)

type Raw = Blob | BufferSource | ReadableStream<Uint8Array> | string

/** The request of one raw upload. */
async function uploaded(body: Raw, contentType?: string) {
  const server = await recordingServer([{ json: UPLOADED }])
  const headers = contentType === undefined ? {} : { 'content-type': contentType }
  await abejaAt(server.url).api.POST('/channels/{channel_id}/upload', { params: channel, body, headers })
  return onlyRequest(server)
}

describe('abeja.api sends a body as it is', () => {
  test.each<[string, () => Raw]>([
    ['bytes', () => bytes],
    ['a part of a buffer', () => new Uint8Array([9, ...bytes, 9]).subarray(1, 257)],
    ['an ArrayBuffer', () => bytes.slice().buffer],
    ['a DataView', () => new DataView(bytes.buffer)],
    ['a Blob', () => new Blob([bytes])],
    ['a stream', () => new Blob([bytes]).stream()],
  ])('%s', async (_, body) => {
    const request = await uploaded(body())
    expect(request.body.equals(bytes)).toBe(true)
    expect(headerOf(request, 'content-type')).toBe('application/octet-stream')
  })

  test('a text, and not as JSON', async () => {
    const request = await uploaded('猫,1\n')
    expect(request.body.toString()).toBe('猫,1\n')
    expect(headerOf(request, 'content-type')).not.toBe('application/json')
  })

  test('with the content type of a Blob, or a given one before it', async () => {
    const blob = new Blob([bytes], { type: 'image/png' })
    expect(headerOf(await uploaded(blob), 'content-type')).toBe('image/png')
    expect(headerOf(await uploaded(blob, 'image/gif'), 'content-type')).toBe('image/gif')
  })
})

describe('abeja.api sends a bucket file', () => {
  const params = { path: { organization_id: '1', bucket_id: '9' } }
  const template = '/organizations/{organization_id}/buckets/{bucket_id}/files'

  test('as the form that the description tells of', async () => {
    const server = await recordingServer([{ json: UPLOADED }])
    const file = new File([bytes], 'cats/写真.png', { type: 'image/png' })
    await abejaAt(server.url).api.POST(template, { params, body: { file, parameters: '{"lifetime":"1day"}' } })
    const [first, second] = partsOf(onlyRequest(server))
    expect(first?.headers).toEqual([
      ['Content-Disposition', 'form-data; name="file"; filename="cats/写真.png"'],
      ['Content-Type', 'image/png'],
    ])
    expect(first?.content.equals(bytes)).toBe(true)
    expect(second?.headers).toEqual([
      ['Content-Disposition', 'form-data; name="parameters"; filename="params.json"'],
      ['Content-Type', 'application/json'],
    ])
    expect(second?.content.toString()).toBe('{"lifetime":"1day"}')
  })

  test.each([['a Blob', new Blob([bytes])] as const, ['a text', 'meow'] as const])(
    'and refuses %s, which has no location',
    async (_, file) => {
      const server = await recordingServer([])
      const call = abejaAt(server.url).api.POST(template, { params, body: { file, parameters: '{}' } })
      expect(await errorOf(call)).toMatchObject({ name: 'InvalidRequestError' })
      expect(server.requests).toEqual([])
    },
  )
})

describe('abeja.api', () => {
  test('sends the credential and the headers of the client, and those of the call over them', async () => {
    const server = await recordingServer([{ json: { files: [] } }])
    const abeja = abejaAt(server.url, { headers: { 'x-team': 'vision', 'x-trace': 'client' } })
    await abeja.api.GET('/channels/{channel_id}', { params: channel, headers: { 'x-trace': 'call' } })
    const request = onlyRequest(server)
    expect(headerOf(request, 'authorization')).toMatch(/^Basic /)
    expect([headerOf(request, 'x-team'), headerOf(request, 'x-trace')]).toEqual(['vision', 'call'])
  })

  test('keeps the path of the base URL and the slashes of a bucket file', async () => {
    const server = await recordingServer([{ json: UPLOADED }])
    const path = { organization_id: '1', bucket_id: '9', file_id: '/a b/c' }
    await abejaAt(`${server.url}/prefix/`).api.GET(
      '/organizations/{organization_id}/buckets/{bucket_id}/files/{file_id}',
      { params: { path } },
    )
    expect(onlyRequest(server).path).toBe('/prefix/organizations/1/buckets/9/files/a%20b/c')
  })

  test('throws for an answer that is no JSON', async () => {
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
})
