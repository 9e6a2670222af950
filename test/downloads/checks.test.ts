import { describe, expect, test } from 'vitest'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { fileAt } from '../helpers/operations.ts'
import type { Answer } from '../helpers/recording-server.ts'
import { md5Etag, storedFile, whole } from '../helpers/stored-file.ts'

const bytes = new TextEncoder().encode('0123456789')
const wrong = `"${'0'.repeat(32)}"`

describe('a download is checked at its end', () => {
  test.each([
    ['an MD5 that is another', whole(bytes, { etag: wrong }), {}, 'do not match the MD5 in the ETag'],
    ['fewer bytes than the platform said', { body: bytes }, { size: 11 }, 'ended after 10 of 11 bytes'],
    [
      'more bytes than the platform said',
      { body: bytes },
      { size: 9 },
      'Received 10 bytes where the store announced 9',
    ],
  ])('%s', async (_, answer, info, message) => {
    const { abeja } = await storedFile([answer], info)
    const error = await errorOf(abeja.buckets.files.download('9', 'f').then((download) => download.bytes()))
    expect(error).toMatchObject({
      ...{ name: 'InvalidResponseError', operationId: 'getBucketFile', status: 200, retryable: true },
      message: expect.stringContaining(message),
    })
  })

  test('and the stream ends in the same error', async () => {
    const { abeja } = await storedFile([whole(bytes, { etag: wrong })])
    const read = async () => {
      for await (const _ of await abeja.channels.files.download('1', 'f'));
    }
    expect(await errorOf(read())).toMatchObject({ name: 'InvalidResponseError' })
  })

  test('a body shorter than its Content-Length is a broken connection', async () => {
    const { abeja } = await storedFile([{ ...whole(bytes), cut: { after: 4 } }])
    const error = await errorOf(abeja.channels.files.download('1', 'f').then((download) => download.bytes()))
    expect(error).toMatchObject({ name: 'ConnectionError', operationId: 'getChannelFileDownload' })
  })
})

describe('a download is not checked', () => {
  test.each<[string, Record<string, string>]>([
    ['against a weak ETag', { etag: `W/${wrong}` }],
    ['against the ETag of an upload in parts', { etag: `"${'0'.repeat(32)}-2"` }],
    ['against an ETag that is no MD5', { etag: '"v1"' }],
    ['against the ETag of an object with a key of its own', { etag: wrong, 'x-amz-server-side-encryption': 'aws:kms' }],
    [
      'against the ETag of an object with a key of the customer',
      { etag: wrong, 'x-amz-server-side-encryption-customer-algorithm': 'AES256' },
    ],
  ])('%s', async (_, headers) => {
    const { abeja } = await storedFile([whole(bytes, headers)])
    expect(await (await abeja.channels.files.download('1', 'f')).bytes()).toEqual(bytes)
  })

  test("against an ETag that only looks like an MD5, with checksum: 'none'", async () => {
    const { abeja } = await storedFile([whole(bytes, { etag: wrong })])
    const download = await abeja.channels.files.download('1', 'f', { checksum: 'none' })
    expect(download.contentMd5).toBeUndefined()
    expect(await download.bytes()).toEqual(bytes)
  })

  test('against the size of the platform when the store tells another', async () => {
    const { abeja } = await storedFile([whole(bytes)], { size: 9 })
    const download = await abeja.buckets.files.download('9', 'f')
    expect(download.contentLength).toBe(10)
    expect(await download.bytes()).toEqual(bytes)
  })
})

test('an MD5 in capitals is one too', async () => {
  const { abeja } = await storedFile([whole(bytes, { etag: md5Etag(bytes).toUpperCase() })])
  expect(await (await abeja.channels.files.download('1', 'f')).bytes()).toEqual(bytes)
})

test('a download that is not read to its end can be ended', async () => {
  const { abeja } = await storedFile([whole(bytes, { etag: wrong })])
  const download = await abeja.channels.files.download('1', 'f')
  await download.cancel()
  expect(await errorOf(download.bytes())).toBeDefined()
})

describe('a response of the store that is not the complete file is an error:', () => {
  const part = { 'content-range': 'bytes 5-9/10', etag: md5Etag(bytes) }

  test.each<[string, Answer, string]>([
    ['204', { status: 204 }, 'status 204 with no file'],
    ['205', { status: 205 }, 'status 205 with no file'],
    ['a part that was not asked for', { status: 206, headers: part, body: '56789' }, 'bytes 5-9/10'],
    ['a part from the first byte', { status: 206, headers: { 'content-range': 'bytes 0-4/10' }, body: '01234' }, '206'],
  ])('%s', async (_, answer, message) => {
    const { abeja, store } = await storedFile([answer, whole(bytes)], {}, { maxRetries: 2 })
    expect(await errorOf(abeja.channels.files.download('1', 'f'))).toMatchObject({
      name: 'InvalidResponseError',
      operationId: 'getChannelFileDownload',
      message: expect.stringContaining(message),
    })
    expect(store.requests).toHaveLength(1)
  })
})

test('rejects an unknown checksum, and names the option where an ETag does not match', async () => {
  const { abeja, store } = await storedFile([whole(bytes, { etag: wrong })])
  const options: { checksum: 'none' } = Object.assign(
    { checksum: 'none' as const },
    JSON.parse('{ "checksum": "md5" }'),
  )
  expect(await errorOf(abeja.channels.files.download('1', 'f', options))).toMatchObject({
    name: 'InvalidRequestError',
    message: "checksum must be 'etag' or 'none' (received md5).",
  })
  expect(store.requests).toEqual([])
  const error = await errorOf(abeja.channels.files.download('1', 'f').then((download) => download.bytes()))
  expect(error).toMatchObject({ message: expect.stringContaining("set checksum to 'none'") })
})

test.each<[string, ResponseInit, { redirected: boolean; url: string } | undefined]>([
  [
    'a part of the file that was not requested',
    { status: 206, headers: { 'content-range': 'bytes 0-9/10' } },
    undefined,
  ],
  ['a status without a file', { status: 202 }, undefined],
  ['a redirect to plain http:', { status: 200 }, { redirected: true, url: 'http://store.example/f' }],
])('cancels the body of a response with %s, so that its connection is free', async (_, init, redirect) => {
  const isCancelled = new Promise<void>((resolve) => {
    const body = new ReadableStream({ cancel: () => resolve() })
    const stored = Object.defineProperties(new Response(body, init), {
      ...(redirect && { redirected: { value: redirect.redirected }, url: { value: redirect.url } }),
    })
    const fetch = async (input: RequestInfo | URL) =>
      String(input).includes('store') ? stored : Response.json(fileAt('https://store.example/f'))
    const abeja = abejaAt('http://127.0.0.1:1', { fetch, maxRetries: 0 })
    expect(errorOf(abeja.channels.files.download('1', 'f'))).resolves.toMatchObject({ name: 'InvalidResponseError' })
  })
  await isCancelled
})
