import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { isAbejaError, type Progress } from '../../src/index.ts'
import { CREDENTIAL, errorOf } from '../helpers/abeja.ts'
import { type Answer, headerOf, onlyRequest } from '../helpers/recording-server.ts'
import { md5Etag, PRESIGNED, storedFile, whole } from '../helpers/stored-file.ts'

const bytes = new TextEncoder().encode('{"猫": [1, 2, 3]}')
const parsed = { 猫: [1, 2, 3] }

describe('a download', () => {
  test('gives the bytes in every form', async () => {
    const { abeja } = await storedFile(() => whole(bytes, { etag: md5Etag(bytes) }))
    const download = () => abeja.channels.files.download('1', 'f')
    expect(await (await download()).bytes()).toEqual(bytes)
    expect(await (await download()).text()).toBe('{"猫": [1, 2, 3]}')
    expect(await (await download()).json()).toEqual(parsed)
    const blob = await (await download()).blob()
    expect([blob.type, new Uint8Array(await blob.arrayBuffer())]).toEqual(['text/plain', bytes])
  })

  test('is a stream that programs and Node can read', async () => {
    const { abeja } = await storedFile(() => whole(bytes))
    const chunks: Uint8Array[] = []
    for await (const chunk of await abeja.channels.files.download('1', 'f')) chunks.push(chunk)
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
    const readable = Readable.from(await abeja.channels.files.download('1', 'f'))
    expect(Buffer.concat(await readable.toArray()).equals(bytes)).toBe(true)
    expect(await new Response(await abeja.channels.files.download('1', 'f')).json()).toEqual(parsed)
  })

  test('that is not JSON says so, and quotes nothing of it', async () => {
    const { abeja } = await storedFile([whole(new TextEncoder().encode('secret: 1'))])
    const error = await errorOf((await abeja.channels.files.download('1', 'f')).json())
    expect(error).toMatchObject({ name: 'InvalidResponseError', message: 'The file f is not JSON.' })
  })

  test('ends when a loop over it is left', async () => {
    const { abeja, store } = await storedFile([whole(new Uint8Array(5_000_000))])
    const download = await abeja.channels.files.download('1', 'f')
    for await (const chunk of download) {
      expect(chunk.byteLength).toBeGreaterThan(0)
      break
    }
    expect(await errorOf(download.bytes())).toMatchObject({ name: 'InvalidRequestError' })
    expect(store.requests).toHaveLength(1)
  })

  test('of a bucket file is the same', async () => {
    const { abeja, api } = await storedFile([whole(bytes)], { size: bytes.length, etag: 'x', is_file: true })
    const download = await abeja.buckets.files.download('9', 'a/猫.json')
    expect(download.file).toMatchObject({ size: bytes.length, etag: 'x' })
    expect(await download.json()).toEqual(parsed)
    expect(onlyRequest(api).path).toBe('/organizations/1234567890123/buckets/9/files/a/%E7%8C%AB.json')
  })

  test('tells what is known of the file, decoded, before it is read', async () => {
    const { abeja } = await storedFile([whole(bytes, { 'content-type': 'binary/octet-stream' })])
    const download = await abeja.channels.files.download('1', 'f')
    expect(download).toMatchObject({
      contentType: 'text/plain',
      contentLength: bytes.length,
      metadata: { filename: '猫.txt' },
      system_metadata: { organizationid: '1' },
      file: { file_id: 'f', uploaded_at: '2024-01-01T00:00:00+00:00' },
    })
    await download.cancel()
  })

  test('of nothing is empty', async () => {
    const { abeja } = await storedFile(() => whole(new Uint8Array(), { etag: md5Etag(new Uint8Array()) }))
    expect(await (await abeja.channels.files.download('1', 'f')).bytes()).toHaveLength(0)
    expect(await (await abeja.channels.files.download('1', 'f')).text()).toBe('')
  })

  test('of more than one chunk comes whole', async () => {
    const large = Uint8Array.from({ length: 1_000_003 }, (_, index) => (index * 31) % 256)
    const { abeja } = await storedFile([whole(large, { etag: md5Etag(large) })])
    const read = await (await abeja.channels.files.download('1', 'f')).bytes()
    expect(Buffer.compare(read, large)).toBe(0)
  })

  test('is read once', async () => {
    const { abeja } = await storedFile([whole(bytes)])
    const download = await abeja.channels.files.download('1', 'f')
    await download.text()
    expect(await errorOf(download.text())).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('already being read'),
    })
  })

  test('tells how far it is', async () => {
    const { abeja } = await storedFile([whole(bytes)])
    const told: Progress[] = []
    const download = await abeja.channels.files.download('1', 'f', { onProgress: (progress) => told.push(progress) })
    await download.bytes()
    expect(told.at(-1)).toEqual({ transferred: bytes.length, total: bytes.length, attempt: 1 })
  })
})

describe('the presigned URL', () => {
  test('is asked for byte for byte, without the credential and the headers of the client', async () => {
    const { abeja, api, store } = await storedFile(
      [whole(bytes)],
      {},
      { headers: { 'x-team': 'vision', cookie: 'a=b' } },
    )
    await (await abeja.channels.files.download('1', 'f', { headers: { 'x-call': '1' } })).bytes()
    const request = onlyRequest(store)
    expect(`${request.path}?${request.query}`).toBe(`${PRESIGNED}&nth=1`)
    for (const name of ['authorization', 'x-team', 'x-call', 'cookie', 'range', 'content-type']) {
      expect(headerOf(request, name)).toBeUndefined()
    }
    expect(headerOf(request, 'accept-encoding')).toBe('identity')
    const asked = onlyRequest(api)
    expect([headerOf(asked, 'authorization'), headerOf(asked, 'x-team'), headerOf(asked, 'x-call')]).toEqual([
      expect.stringMatching(/^Basic /),
      'vision',
      '1',
    ])
  })

  test('shows nothing of its signature in an error', async () => {
    const { abeja } = await storedFile([{ status: 404, body: 'no such key: aB%2fc+d/e== aB/c d/e==' }])
    const error = await errorOf(abeja.channels.files.download('1', 'f'))
    expect(error).toMatchObject({ name: 'NotFoundError', status: 404, operationId: 'getChannelFileDownload' })
    if (!isAbejaError(error)) throw error
    const shown = `${error.message} ${error.url} ${error.body} ${JSON.stringify(error)}`
    expect(shown).toContain('X-Amz-Signature=REDACTED')
    expect(shown).not.toMatch(/aB(%2f|%2F|\/)c/)
    expect(shown).not.toContain(CREDENTIAL.personalAccessToken)
  })

  test.each([
    ['is missing', { download_uri: undefined }, 'has no download_uri'],
    ['is empty', { download_uri: '' }, 'has no download_uri'],
    ['is no URL', { download_uri: 'somewhere' }, 'not a URL'],
    ['is a file', { download_uri: 'file:///etc/passwd' }, 'must be an https: URL (received file:)'],
    ['is data', { download_uri: 'data:text/plain,x' }, 'must be an https: URL (received data:)'],
    ['goes to another machine unencrypted', { download_uri: 'http://storage.example.com/x' }, 'allowInsecureHttp'],
  ])('that %s is an answer that cannot be used', async (_, info, message) => {
    const { abeja } = await storedFile([], info)
    expect(await errorOf(abeja.channels.files.download('1', 'f'))).toMatchObject({
      name: 'InvalidResponseError',
      message: expect.stringContaining(message),
    })
  })

  test('is tried although it says that it has expired, because the clock here may be ahead', async () => {
    const { abeja, api } = await storedFile([whole(bytes)], { url_expires_on: '2018-05-15T18:57:03+00:00' })
    expect(await (await abeja.channels.files.download('1', 'f')).bytes()).toEqual(bytes)
    expect(api.requests).toHaveLength(1)
  })

  test('that is refused is asked for anew, once', async () => {
    const { abeja, api, store } = await storedFile([{ status: 403 }, whole(bytes)])
    expect(await (await abeja.channels.files.download('1', 'f')).bytes()).toEqual(bytes)
    expect(api.requests).toHaveLength(2)
    expect(store.requests.map(({ query }) => query?.slice(-5))).toEqual(['nth=1', 'nth=2'])
  })

  test.each<[string, Answer]>([
    ['400 ExpiredToken', { status: 400, body: '<Error><Code>ExpiredToken</Code></Error>' }],
    ['401', { status: 401 }],
  ])('that is rejected with %s is requested again, once', async (_, rejection) => {
    const { abeja, api } = await storedFile([rejection, whole(bytes)])
    expect(await (await abeja.channels.files.download('1', 'f')).bytes()).toEqual(bytes)
    expect(api.requests).toHaveLength(2)
  })

  test.each<[string, Answer]>([
    ['400 InvalidArgument', { status: 400, body: '<Error><Code>InvalidArgument</Code></Error>' }],
    ['404', { status: 404 }],
    ['410', { status: 410 }],
  ])('that is rejected with %s is not requested again', async (_, rejection) => {
    const { abeja, api } = await storedFile([rejection, whole(bytes)])
    expect(await errorOf(abeja.channels.files.download('1', 'f'))).toMatchObject({ status: rejection.status })
    expect(api.requests).toHaveLength(1)
  })

  test('may be named download_url alone', async () => {
    const { abeja, store } = await storedFile([whole(bytes)])
    const { download_uri = '', ...info } = await abeja.channels.files.get('1', 'f')
    const download = await abeja.channels.files.download('1', { ...info, download_url: download_uri })
    expect(await download.bytes()).toEqual(bytes)
    expect(store.requests).toHaveLength(1)
  })

  test('that is refused twice ends the download', async () => {
    const { abeja, api, store } = await storedFile([
      { status: 403 },
      { status: 403, body: '<Error>AccessDenied</Error>' },
    ])
    const error = await errorOf(abeja.channels.files.download('1', 'f'))
    expect(error).toMatchObject({ name: 'ForbiddenError', status: 403, body: '<Error>AccessDenied</Error>' })
    expect([api.requests.length, store.requests.length]).toEqual([2, 2])
  })
})
