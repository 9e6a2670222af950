import { Readable } from 'node:stream'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { AbejaClient, UploadBody } from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { partsOf } from '../helpers/multipart.ts'
import { headerOf, onlyRequest, type RecordedRequest, recordingServer } from '../helpers/recording-server.ts'

const UPLOADED = { file_id: 'f', content_type: 'image/png', metadata: {}, uploaded_at: null }

/** Every byte there is, over and over: small enough to go out in one piece, and larger than that. */
const small = Uint8Array.from({ length: 256 }, (_, index) => index)
const large = Uint8Array.from({ length: 300_001 }, (_, index) => (index * 7) % 256)

type Bytes = Uint8Array<ArrayBuffer>

interface Kind {
  readonly of: (bytes: Bytes) => UploadBody
  /** Whether its length is known before it is sent. */
  readonly sized: boolean
}

const kinds: Readonly<Record<string, Kind>> = {
  bytes: { of: (bytes) => bytes, sized: true },
  'an ArrayBuffer': { of: (bytes) => bytes.buffer, sized: true },
  'a DataView into a larger buffer': { of: (bytes) => viewInto(padded(bytes), bytes.byteLength), sized: true },
  'a Node Buffer': { of: (bytes) => Buffer.from(bytes), sized: true },
  'shared memory': { of: (bytes) => shared(bytes), sized: true },
  'a Blob': { of: (bytes) => new Blob([bytes]), sized: true },
  'a File': { of: (bytes) => new File([bytes], 'cat.bin'), sized: true },
  'a ReadableStream': { of: (bytes) => new Blob([bytes]).stream(), sized: false },
  'an async iterable': { of: (bytes) => iterable(chunksOf(bytes)), sized: false },
  'a Node Readable': { of: (bytes) => Readable.from(chunksOf(bytes)), sized: false },
  'a Response': { of: (bytes) => new Response(bytes), sized: false },
  'a Response that tells its length': { of: (bytes) => new Response(bytes, lengthOf(bytes)), sized: true },
  'a function that returns bytes': { of: (bytes) => () => bytes, sized: true },
  'a function that opens a stream': { of: (bytes) => async () => new Blob([bytes]).stream(), sized: false },
}

interface Place {
  readonly upload: (abeja: AbejaClient, body: UploadBody) => Promise<unknown>
  readonly content: (request: RecordedRequest) => Buffer | undefined
}

const places: Readonly<Record<string, Place>> = {
  'a channel': {
    upload: (abeja, body) => abeja.channels.files.upload('1', body, { content_type: 'image/png' }),
    content: ({ body }) => body,
  },
  'a bucket': {
    upload: (abeja, body) => abeja.buckets.files.upload('9', 'a/b.png', body),
    content: (request) => partsOf(request)[0]?.content,
  },
}

describe.each(Object.entries(places))('into %s', (_, { upload, content }) => {
  describe.each(Object.entries(kinds))('%s', (_kind, { of, sized }) => {
    test.each([
      ['nothing', new Uint8Array()],
      ['every byte there is', small],
      ['more than one piece', large],
    ])('brings %s, byte for byte', async (_size, bytes) => {
      const server = await recordingServer([{ json: UPLOADED }])
      await upload(abejaAt(server.url), of(bytes.slice()))
      const request = onlyRequest(server)
      expect(content(request)?.equals(bytes)).toBe(true)
      const length = `${request.body.byteLength}`
      expect(sized ? [length] : [undefined, length]).toContain(headerOf(request, 'content-length'))
    })
  })

  test('a string goes as UTF-8', async () => {
    const server = await recordingServer([{ json: UPLOADED }])
    await upload(abejaAt(server.url), '日本\r\n🍣')
    expect(content(onlyRequest(server))?.toString('utf8')).toBe('日本\r\n🍣')
  })

  test('an iterable may mix strings and bytes', async () => {
    const server = await recordingServer([{ json: UPLOADED }])
    await upload(abejaAt(server.url), iterable(['日', new Uint8Array([0xff]), '本']))
    expect(content(onlyRequest(server))).toEqual(
      Buffer.concat([Buffer.from('日'), Buffer.from([0xff]), Buffer.from('本')]),
    )
  })

  test.each<[string, readonly (string | Bytes)[]]>([
    ['between two strings', ['a\ud83c', '\udf63b']],
    ['over an empty string', ['a\ud83c', '', '\udf63b']],
    ['into single code units', [...'a🍣b'].flatMap((char) => char.split(''))],
  ])('a character that is split %s is encoded as one', async (_how, chunks) => {
    const server = await recordingServer([{ json: UPLOADED }])
    await upload(abejaAt(server.url), iterable(chunks))
    expect(content(onlyRequest(server))?.toString('utf8')).toBe('a🍣b')
  })

  test('a half character before bytes, or at the end, is encoded as in one string', async () => {
    const server = await recordingServer([{ json: UPLOADED }])
    await upload(abejaAt(server.url), iterable(['a\ud83c', new Uint8Array([0x62]), '\ud83c']))
    expect(content(onlyRequest(server))?.toString('utf8')).toBe('a\ufffdb\ufffd')
  })

  test.each<[string, () => UploadBody]>([
    ['an async iterable', () => iterable([small.buffer, new DataView(small.slice().buffer), Buffer.from(small)])],
    ['a ReadableStream', () => untyped(streamFrom([small.buffer, 'text', small]))],
  ])('%s may bring ArrayBuffers, views and strings', async (_what, body) => {
    const server = await recordingServer([{ json: UPLOADED }])
    await upload(abejaAt(server.url), body())
    const expected = _what === 'an async iterable' ? [small, small, small] : [small, Buffer.from('text'), small]
    expect(content(onlyRequest(server))?.equals(Buffer.concat(expected))).toBe(true)
  })

  test.each<[string, unknown]>([
    ['a row', { row: 1 }],
    ['a number', 1],
    ['an array', [1, 2]],
    ['null', null],
  ])('a chunk that is %s is an error of the caller, and is not retried', async (_what, chunk) => {
    const server = await recordingServer(() => ({ json: UPLOADED }))
    for (const body of [untyped(() => iterable([chunk])), untyped(() => streamFrom(['a', chunk]))]) {
      expect(await errorOf(upload(abejaAt(server.url, { maxRetries: 3 }), body))).toMatchObject({
        name: 'InvalidRequestError',
        message: expect.stringContaining('Unsupported chunk'),
        attempts: [{}],
      })
    }
  })

  test.each([
    ['a number', '1'],
    ['null', 'null'],
    ['a plain object', '{}'],
    ['an array of numbers', '[1]'],
  ])('%s of a program without types is refused before anything is sent', async (_what, json) => {
    const server = await recordingServer([])
    const error = await errorOf(upload(abejaAt(server.url), JSON.parse(json)))
    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('Unsupported upload body'),
    })
    expect(server.requests).toEqual([])
  })

  test('a function that fails ends the upload before anything is sent', async () => {
    const server = await recordingServer([])
    const error = await errorOf(upload(abejaAt(server.url), () => Promise.reject(new Error('no such photo'))))
    expect(error).toMatchObject({ name: 'InvalidRequestError', message: expect.stringContaining('no such photo') })
    expect(server.requests).toEqual([])
  })

  test('a body that is not as long as it says is refused', async () => {
    const server = await recordingServer(() => ({ json: UPLOADED }))
    const body = new Response('four', { headers: { 'content-length': '5' } })
    expect(await errorOf(upload(abejaAt(server.url), body))).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('its length was stated as'),
    })
  })
})

function padded(bytes: Bytes): ArrayBuffer {
  const larger = new Uint8Array(bytes.byteLength + 20).fill(0xaa)
  larger.set(bytes, 10)
  return larger.buffer
}

function viewInto(buffer: ArrayBuffer, length: number): DataView {
  return new DataView(buffer, 10, length)
}

function shared(bytes: Bytes): Uint8Array {
  const view = new Uint8Array(new SharedArrayBuffer(bytes.byteLength))
  view.set(bytes)
  return view
}

function chunksOf(bytes: Bytes): Bytes[] {
  const cuts = [0, 1, 100, 70_000, bytes.byteLength]
  return cuts
    .slice(1)
    .map((end, index) => bytes.subarray(cuts[index], end))
    .filter(({ byteLength }) => byteLength > 0)
}

async function* iterable<Chunk>(chunks: readonly Chunk[]): AsyncGenerator<Chunk> {
  yield* chunks
}

function lengthOf({ byteLength }: Bytes): ResponseInit {
  return { headers: { 'content-length': `${byteLength}` } }
}

function streamFrom(chunks: readonly unknown[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

/** As a program without types passes it. */
function untyped(value: unknown): UploadBody {
  const given: { readonly body: UploadBody } = { body: '' }
  return Object.assign(given, { body: value }).body
}

describe('the Blobs of a test environment', () => {
  const bytes = { arrayBuffer: async () => large.slice().buffer, size: large.byteLength, type: '' }

  test.each<[string, object]>([
    ['without a tag and of another class', { ...bytes, stream: () => new Response(large.slice()).body }],
    ['without stream()', { ...bytes, [Symbol.toStringTag]: 'Blob' }],
  ])('are uploaded by their bytes: %s', async (_, blob) => {
    const server = await recordingServer([{ json: UPLOADED }, { json: UPLOADED }])
    const { channels, buckets } = abejaAt(server.url)
    await channels.files.upload('1', untyped(blob))
    await buckets.files.upload('9', 'a.bin', untyped(blob))
    const [raw, form] = server.requests
    expect(raw?.body.equals(large)).toBe(true)
    expect(form && partsOf(form)[0]?.content.equals(large)).toBe(true)
  })

  test('may have replaced the global one', async () => {
    const server = await recordingServer([{ json: UPLOADED }, { json: UPLOADED }])
    const native = new Blob([large])
    vi.stubGlobal('Blob', class {})
    onTestFinished(() => void vi.unstubAllGlobals())
    const { channels, buckets } = abejaAt(server.url)
    await channels.files.upload('1', native)
    await buckets.files.upload('9', 'a.bin', large)
    const [raw, form] = server.requests
    expect(raw?.body.equals(large)).toBe(true)
    expect(form && partsOf(form)[0]?.content.equals(large)).toBe(true)
  })
})
