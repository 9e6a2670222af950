import { describe, expect, test } from 'vitest'
import type { Download } from '../../src/index.ts'
import { errorOf } from '../helpers/abeja.ts'
import { type Answer, headerOf, type RecordingServer } from '../helpers/recording-server.ts'
import { md5Etag, ranged, storedFile, whole } from '../helpers/stored-file.ts'
import { withoutPauses } from '../helpers/without-pauses.ts'

const bytes = new TextEncoder().encode('0123456789')
const etag = md5Etag(bytes)
const other = new TextEncoder().encode('abcdefghij')
const twice = { maxRetries: 1 }

withoutPauses()

/** A first answer that is cut after four bytes, but not before `cutNow` is called. */
function cutAnswer(headers: Readonly<Record<string, string>>) {
  const { promise, resolve } = signal()
  return { answer: { ...whole(bytes, headers), cut: { after: 4, when: promise } }, cutNow: resolve }
}

function signal(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

/** Reads to the end, and cuts the connection when the first four bytes are there: those the client has for sure. */
async function readAll(download: Download, cutNow: () => void): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of download) {
    chunks.push(chunk)
    if (Buffer.concat(chunks).length >= 4) cutNow()
  }
  return Buffer.concat(chunks).toString()
}

function ranges({ requests }: RecordingServer) {
  return requests.map((request) => [headerOf(request, 'range'), headerOf(request, 'if-range')])
}

describe('a download that is cut', () => {
  test('goes on where it ended, if the file is still the same', async () => {
    const { answer, cutNow } = cutAnswer({ etag })
    const { abeja, api, store } = await storedFile(
      (request, index) => (index === 0 ? answer : ranged(bytes, request, { etag })),
      {},
      twice,
    )
    expect(await readAll(await abeja.channels.files.download('1', 'f'), cutNow)).toBe('0123456789')
    expect(ranges(store)).toEqual([
      [undefined, undefined],
      ['bytes=4-', etag],
    ])
    expect(api.requests).toHaveLength(1)
    expect(headerOf(store.requests[1] ?? failed(), 'authorization')).toBeUndefined()
  })

  test('names the date of the file where there is no strong ETag', async () => {
    const headers = { etag: 'W/"weak"', 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' }
    const { answer, cutNow } = cutAnswer(headers)
    const rest = { ...headers, 'content-range': 'bytes 4-9/10', 'content-length': '6' }
    const { abeja, store } = await storedFile([answer, { status: 206, headers: rest, body: '456789' }], {}, twice)
    expect(await readAll(await abeja.channels.files.download('1', 'f'), cutNow)).toBe('0123456789')
    expect(ranges(store)[1]).toEqual(['bytes=4-', 'Mon, 01 Jan 2024 00:00:00 GMT'])
  })

  test('skips what it has when the store answers the whole file in place of the rest', async () => {
    const { answer, cutNow } = cutAnswer({ etag })
    const { abeja } = await storedFile([answer, whole(bytes, { etag })], {}, twice)
    expect(await readAll(await abeja.channels.files.download('1', 'f'), cutNow)).toBe('0123456789')
  })

  test('skips what it has when the rest begins too early', async () => {
    const { answer, cutNow } = cutAnswer({ etag })
    const rest = { etag, 'content-range': 'bytes 2-9/10', 'content-length': '8' }
    const { abeja } = await storedFile([answer, { status: 206, headers: rest, body: '23456789' }], {}, twice)
    expect(await readAll(await abeja.channels.files.download('1', 'f'), cutNow)).toBe('0123456789')
  })

  test('asks for a fresh URL when the old one has expired meanwhile', async () => {
    const { answer, cutNow } = cutAnswer({ etag })
    const script: Answer[] = [answer, { status: 403 }]
    const { abeja, api, store } = await storedFile(
      (request, index) => script[index] ?? ranged(bytes, request, { etag }),
      {},
      twice,
    )
    expect(await readAll(await abeja.channels.files.download('1', 'f'), cutNow)).toBe('0123456789')
    expect(store.requests.map(({ query }) => query?.slice(-5))).toEqual(['nth=1', 'nth=1', 'nth=2'])
    expect(ranges(store)[2]).toEqual(['bytes=4-', etag])
    expect(api.requests).toHaveLength(2)
  })

  test('asks for a fresh URL first when the old one says that it has expired', async () => {
    const { answer, cutNow } = cutAnswer({ etag })
    const past = { url_expires_on: '2018-05-15T18:57:03+00:00' }
    const script: Answer[] = [answer]
    const { abeja, store } = await storedFile(
      (request, index) => script[index] ?? ranged(bytes, request, { etag }),
      past,
      twice,
    )
    expect(await readAll(await abeja.channels.files.download('1', 'f'), cutNow)).toBe('0123456789')
    expect(store.requests.map(({ query }) => query?.slice(-5))).toEqual(['nth=1', 'nth=2'])
  })

  test('is given up after its retries, and tells each attempt', async () => {
    const { answer, cutNow } = cutAnswer({ etag })
    const { abeja } = await storedFile([answer], {}, { maxRetries: 0 })
    const error = await errorOf(readAll(await abeja.channels.files.download('1', 'f'), cutNow))
    expect(error).toMatchObject({
      name: 'ConnectionError',
      operationId: 'getChannelFileDownload',
      attempts: [{ mayHaveBeenProcessed: true }],
    })
  })

  test('is not resumed when nothing says that the file is still the same', async () => {
    const { answer, cutNow } = cutAnswer({})
    const { abeja, store } = await storedFile([answer, whole(bytes)], {}, twice)
    const error = await errorOf(readAll(await abeja.channels.files.download('1', 'f'), cutNow))
    expect(error).toMatchObject({ name: 'ConnectionError', message: expect.stringContaining('states no validator') })
    expect(store.requests).toHaveLength(1)
  })

  test('before its first byte starts anew, whatever the file is now', async () => {
    const nothing = { ...whole(bytes, { etag }), cut: { after: 0 } }
    const { abeja } = await storedFile([nothing, whole(other, { etag: '"multipart-2"' })], {}, twice)
    expect(await (await abeja.channels.files.download('1', 'f')).text()).toBe('abcdefghij')
  })
})

describe('a total that a response does not state is unknown, not different:', () => {
  test.each<[string, Answer, Answer]>([
    [
      'the rest of a file of unknown length',
      whole(bytes, { etag }),
      { status: 206, headers: { etag, 'content-range': 'bytes 4-9/*' }, body: '456789' },
    ],
    [
      'the rest of a file whose first response came in chunks',
      { headers: { etag }, body: bytes },
      { status: 206, headers: { etag, 'content-range': 'bytes 4-9/10', 'content-length': '6' }, body: '456789' },
    ],
  ])('%s', async (_, first, second) => {
    const { promise, resolve } = signal()
    const { abeja } = await storedFile([{ ...first, cut: { after: 4, when: promise } }, second], {}, twice)
    expect(await readAll(await abeja.channels.files.download('1', 'f'), resolve)).toBe('0123456789')
  })
})

describe('a download that cannot be resumed', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['without a validator', {}, 'states no validator'],
    ['with a Content-Encoding', { etag: '"v1"', 'content-encoding': 'identity' }, 'with a Content-Encoding'],
  ])('starts again from the first byte where all of it is wanted at once, %s', async (_, headers) => {
    const cut = { ...whole(bytes, headers), cut: { after: 4 } }
    const { abeja, store } = await storedFile([cut, whole(bytes, headers)], {}, twice)
    expect(await (await abeja.channels.files.download('1', 'f')).text()).toBe('0123456789')
    expect(ranges(store)).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ])
  })

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['without a validator', {}, 'states no validator'],
    ['with a Content-Encoding', { etag: '"v1"', 'content-encoding': 'identity' }, 'with a Content-Encoding'],
  ])('says why where a stream has been handed on, %s', async (_, headers, why) => {
    const { answer, cutNow } = cutAnswer(headers)
    const { abeja } = await storedFile([answer, whole(bytes, headers)], {}, twice)
    const error = await errorOf(readAll(await abeja.channels.files.download('1', 'f'), cutNow))
    expect(error).toMatchObject({ name: 'ConnectionError', message: expect.stringContaining(why) })
  })

  test('is given up after some restarts, with the error of the last', async () => {
    const { abeja, store } = await storedFile(() => ({ ...whole(bytes), cut: { after: 4 } }), {}, twice)
    const error = await errorOf(abeja.channels.files.download('1', 'f').then((download) => download.bytes()))
    expect(error).toMatchObject({ name: 'ConnectionError' })
    expect(store.requests).toHaveLength(4)
  })
})

describe('a file that is replaced while it is downloaded', () => {
  const changed = { etag: md5Etag(other) }

  test.each<[string, Answer]>([
    ['the whole new file', whole(other, changed)],
    [
      'a part of the new file',
      { status: 206, headers: { ...changed, 'content-range': 'bytes 4-9/10' }, body: 'efghij' },
    ],
    ['that the range is beyond its end', { status: 416, headers: { 'content-range': 'bytes */3' } }],
    [
      'another length under the same ETag',
      { status: 206, headers: { etag, 'content-range': 'bytes 4-8/9' }, body: '45678' },
    ],
    ['a part without saying which', { status: 206, headers: { etag }, body: '456789' }],
  ])('ends the stream when the store answers %s', async (_, second) => {
    const { answer, cutNow } = cutAnswer({ etag })
    const { abeja } = await storedFile([answer, second], {}, twice)
    const error = await errorOf(readAll(await abeja.channels.files.download('1', 'f'), cutNow))
    expect(error).toMatchObject({
      name: 'InvalidResponseError',
      retryable: true,
      message: expect.stringContaining('was replaced'),
    })
  })

  test('is read anew where all of it is wanted at once, and void bytes are told', async () => {
    const { answer, cutNow } = cutAnswer({ etag })
    const { abeja, api } = await storedFile([answer, whole(other, changed), whole(other, changed)], {}, twice)
    const chunks: Uint8Array[] = []
    const resets: string[] = []
    await (await abeja.channels.files.download('1', 'f')).readInto(
      (chunk) => {
        chunks.push(chunk)
        cutNow()
      },
      () => {
        resets.push(Buffer.concat(chunks.splice(0)).toString())
      },
    )
    expect(Buffer.concat(chunks).toString()).toBe('abcdefghij')
    expect(resets).toEqual(['0123'])
    expect(api.requests).toHaveLength(2)
  })
})

function failed(): never {
  throw new Error('the request is missing')
}
