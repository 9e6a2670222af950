import { describe, expect, test } from 'vitest'
import { ConflictError, type UploadBody } from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { partsOf } from '../helpers/multipart.ts'
import { headerOf, onlyRequest, recordingServer } from '../helpers/recording-server.ts'

const UPLOADED = {
  file_id: 'f',
  content_type: 'image/png',
  metadata: { 'x-abeja-meta-filename': '%E7%8C%AB.png', 'x-abeja-sys-meta-organizationid': '1' },
  uploaded_at: null,
  lifetime: '1day',
}

/** The request of one upload into a channel. */
async function intoChannel(
  body: UploadBody,
  params: Parameters<ReturnType<typeof abejaAt>['channels']['files']['upload']>[2] = {},
) {
  const server = await recordingServer([{ json: UPLOADED }])
  await abejaAt(server.url).channels.files.upload('1', body, params)
  return onlyRequest(server)
}

const png = { type: 'image/png' }

describe('the content type of an upload into a channel', () => {
  test.each<[string, UploadBody, string | undefined, string]>([
    ['is the given one', new Blob(['x'], png), 'text/csv; charset=UTF-8', 'text/csv; charset=UTF-8'],
    ['is else that of the Blob', new Blob(['x'], png), undefined, 'image/png'],
    [
      'is else that of the Response',
      new Response('x', { headers: { 'content-type': 'image/gif' } }),
      undefined,
      'image/gif',
    ],
    ['is else what the name of the File ends in', new File(['x'], 'data.csv'), undefined, 'text/csv'],
    ['is else unknown: a File without an ending', new File(['x'], 'Makefile'), undefined, 'application/octet-stream'],
    ['is else unknown: bytes', new Uint8Array([1]), undefined, 'application/octet-stream'],
    ['is else unknown: a string', 'x', undefined, 'application/octet-stream'],
  ])('%s', async (_, body, content_type, sent) => {
    expect(headerOf(await intoChannel(body, { content_type }), 'content-type')).toBe(sent)
  })
})

describe('the content type of an upload into a bucket', () => {
  test.each<[string, string, UploadBody, string | undefined, string]>([
    ['is the given one', 'a/b.png', 'x', 'text/csv', 'text/csv'],
    ["is else the body's", 'a/b.png', new Blob(['x'], { type: 'image/gif' }), undefined, 'image/gif'],
    ['is else what the location ends in', 'a.b/c.JSON', 'x', undefined, 'application/json'],
    ['is else unknown', 'a.png/b', 'x', undefined, 'application/octet-stream'],
  ])('%s', async (_, location, body, content_type, type) => {
    const server = await recordingServer([{ json: UPLOADED }])
    await abejaAt(server.url).buckets.files.upload('9', location, body, { content_type })
    const [file] = partsOf(onlyRequest(server))
    expect(file?.headers).toEqual([
      ['Content-Disposition', `form-data; name="file"; filename="${location}"`],
      ['Content-Type', type],
    ])
  })
})

describe('the metadata of an upload', () => {
  test('is what is given, with the name of a File for a filename', async () => {
    const request = await intoChannel(new File(['x'], '猫.png'), { metadata: { label: 'cat' } })
    expect(headerOf(request, 'x-abeja-meta-filename')).toBe('%E7%8C%AB.png')
    expect(headerOf(request, 'x-abeja-meta-label')).toBe('cat')
  })

  test.each(['filename', 'x-abeja-meta-filename'])('keeps another name that is given as %s', async (key) => {
    const request = await intoChannel(new File(['x'], 'cat.png'), { metadata: { [key]: 'other.png' } })
    expect(headerOf(request, 'x-abeja-meta-filename')).toBe('other.png')
  })

  test('goes with a bucket upload as headers of the request, not of a part', async () => {
    const server = await recordingServer([{ json: UPLOADED }])
    await abejaAt(server.url).buckets.files.upload('9', 'a.txt', new File(['x'], 'cat.png'), {
      metadata: { label: 'b' },
    })
    const request = onlyRequest(server)
    expect(headerOf(request, 'x-abeja-meta-filename')).toBe('cat.png')
    expect(headerOf(request, 'x-abeja-meta-label')).toBe('b')
  })

  test('comes back decoded, and that of the platform apart', async () => {
    const server = await recordingServer([{ json: UPLOADED }, { json: UPLOADED }])
    const { channels, buckets } = abejaAt(server.url)
    const expected = { ...UPLOADED, metadata: { filename: '猫.png' }, system_metadata: { organizationid: '1' } }
    expect(await channels.files.upload('1', 'x')).toEqual(expected)
    expect(await buckets.files.upload('9', 'a', 'x')).toEqual(expected)
  })
})

describe('the form of a bucket upload', () => {
  test.each([
    [{}, '{}'],
    [{ lifetime: '1year' as const }, '{"lifetime":"1year"}'],
  ])('says %j as its second part', async (params, text) => {
    const server = await recordingServer([{ json: UPLOADED }])
    await abejaAt(server.url).buckets.files.upload('9', 'a', 'x', params)
    const [, parameters, ...more] = partsOf(onlyRequest(server))
    expect(more).toEqual([])
    expect(parameters?.content.toString()).toBe(text)
    expect(parameters?.headers).toEqual([
      ['Content-Disposition', 'form-data; name="parameters"; filename="params.json"'],
      ['Content-Type', 'application/json'],
    ])
  })

  test('keeps a quote in a location from ending the name of the file', async () => {
    const server = await recordingServer([{ json: UPLOADED }])
    await abejaAt(server.url).buckets.files.upload('9', 'a"; name="parameters', 'x')
    const [file] = partsOf(onlyRequest(server))
    expect(file?.headers[0]?.[1]).toBe('form-data; name="file"; filename="a%22; name=%22parameters"')
  })
})

describe('an upload is refused before anything is sent', () => {
  test.each([
    ['a content type that splits the request', { content_type: 'text/plain\r\nx-a: b' }, 'The value of content_type'],
    ['a content type outside Latin-1', { content_type: 'text/猫' }, 'The value of content_type'],
    ['metadata of the platform', { metadata: { 'x-abeja-sys-meta-a': 'b' } }, 'set by the platform'],
  ])('with %s', async (_, params, message) => {
    const server = await recordingServer([])
    const { channels, buckets } = abejaAt(server.url)
    for (const upload of [channels.files.upload('1', 'x', params), buckets.files.upload('9', 'a', 'x', params)]) {
      expect(await errorOf(upload)).toMatchObject({
        name: 'InvalidRequestError',
        message: expect.stringContaining(message),
      })
    }
    expect(server.requests).toEqual([])
  })

  test('when it only asks where to upload to, too', async () => {
    const server = await recordingServer([])
    const request = abejaAt(server.url).channels.files.requestUpload('1', { content_type: 'a\nb' })
    expect(await errorOf(request)).toMatchObject({ name: 'InvalidRequestError' })
    expect(server.requests).toEqual([])
  })
})

test('a conflict of the first attempt is the error that it is', async () => {
  const server = await recordingServer([{ status: 409, json: { error: 'conflict', error_description: 'exists' } }])
  const upload = abejaAt(server.url).channels.files.upload('1', 'x', {
    conflict_target: 'filename',
    metadata: { filename: 'a' },
  })
  expect(await errorOf(upload)).toBeInstanceOf(ConflictError)
  expect(onlyRequest(server).query).toBe('conflict_target=filename')
})

test('a redirect of an upload is not followed', async () => {
  const elsewhere = await recordingServer([{ json: UPLOADED }])
  const server = await recordingServer([{ status: 307, headers: { location: elsewhere.url } }])
  expect(await errorOf(abejaAt(server.url).channels.files.upload('1', 'x'))).toMatchObject({ name: 'ConnectionError' })
  expect(elsewhere.requests).toEqual([])
})
