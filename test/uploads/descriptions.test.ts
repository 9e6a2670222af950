import { describe, expect, test } from 'vitest'
import { ConflictError, type Metadata, type UploadBody } from '../../src/index.ts'
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
    ['is none where it is empty, and then that of the Blob', new Blob(['x'], png), '', 'image/png'],
    ['is else what the name of the File ends in', new File(['x'], 'data.csv'), undefined, 'text/csv'],
    ['is else unknown: a File without an ending', new File(['x'], 'Makefile'), undefined, 'application/octet-stream'],
    ['is else unknown: bytes', new Uint8Array([1]), undefined, 'application/octet-stream'],
    ['is else unknown: a string', 'x', undefined, 'application/octet-stream'],
  ])('%s', async (_, body, content_type, sent) => {
    expect(headerOf(await intoChannel(body, { content_type }), 'content-type')).toBe(sent)
  })
})

test.each<[string, Metadata, UploadBody, string]>([
  ['a filename', { filename: 'photo.txt' }, 'x', 'text/plain'],
  ['a filename with a prefix', { 'X-Abeja-Meta-FileName': 'photo.csv' }, 'x', 'text/csv'],
  ['a filename beside that of a File', { filename: 'photo.csv' }, new File(['x'], 'photo.png'), 'text/csv'],
])('the content type of an upload is guessed from the metadata: %s', async (_, metadata, body, type) => {
  expect(headerOf(await intoChannel(body, { metadata }), 'content-type')).toBe(type)
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

  test.each([
    ['a quote', 'a"b'],
    ['a backslash at its end', 'a\\'],
    ['two backslashes', 'a\\\\b'],
    ['a line break', 'a\nb'],
    ['half of a surrogate pair', 'a\ud83c'],
  ])('rejects a location that no file name of a form can hold exactly, with %s', async (_, location) => {
    const server = await recordingServer([])
    expect(await errorOf(abejaAt(server.url).buckets.files.upload('9', location, 'x'))).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('Invalid location'),
    })
    expect(server.requests).toEqual([])
  })

  test.each(['a\\b', 'a%22b', 'a%b', '100%25.txt', "a'b;c.txt", '日本 1.csv'])(
    'writes the location %s as it is',
    async (location) => {
      const server = await recordingServer([{ json: UPLOADED }])
      await abejaAt(server.url).buckets.files.upload('9', location, 'x')
      const [file] = partsOf(onlyRequest(server))
      expect(file?.headers[0]?.[1]).toBe(`form-data; name="file"; filename="${location}"`)
    },
  )
})

describe('an upload is refused before anything is sent', () => {
  test.each([
    [
      'a content type that splits the request',
      { content_type: 'text/plain\r\nx-a: b' },
      'Invalid value of content_type',
    ],
    ['a content type outside Latin-1', { content_type: 'text/猫' }, 'Invalid value of content_type'],
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

describe('the id of an uploaded bucket file', () => {
  const stored = async (location: string, file_id: string) => {
    const server = await recordingServer([{ json: { ...UPLOADED, file_id } }])
    return abejaAt(server.url).buckets.files.upload('9', location, 'x')
  }

  test.each([
    ['a%22b.txt', 'a"b.txt'],
    ['a%20b', '/a b'],
    ['reports/1.csv', '/other/1.csv'],
  ])('is an error when %s was stored as %s', async (location, id) => {
    expect(await errorOf(stored(location, id))).toMatchObject({
      name: 'InvalidResponseError',
      message: expect.stringContaining('file_id must be'),
    })
  })

  test.each([
    ['one.txt', 'one.txt'],
    ['one.txt', '/one.txt'],
    ['one.txt', '20180515T180605-f4acc798-9afa-40a1-b500-ebce42a4fa3f'],
  ])('is fine when %s was stored as %s', async (location, id) => {
    expect(await stored(location, id)).toMatchObject({ file_id: id })
  })
})
