import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { UploadBody } from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { onlyRequest, recordingServer } from '../helpers/recording-server.ts'
import { withoutPauses } from '../helpers/without-pauses.ts'

const UPLOADED = { json: { file_id: 'f', content_type: 'text/plain', metadata: {}, uploaded_at: null } }

withoutPauses()

async function* generate() {
  yield 'abc'
  yield 'def'
}

const ONCE: readonly (readonly [string, () => UploadBody & object])[] = [
  ['a generator', generate],
  ['a Readable', () => Readable.from(['abcdef'])],
  ['a stream', () => new Blob(['abcdef']).stream()],
  ['a Response', () => new Response('abcdef')],
]

describe.each(ONCE)('%s', (_, make) => {
  test('is not sent a second time, when it is nothing any more', async () => {
    const server = await recordingServer([UPLOADED, UPLOADED])
    const { files } = abejaAt(server.url).channels
    const body = make()
    await files.upload('1', body)
    expect(await errorOf(files.upload('1', body))).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('has already been consumed'),
    })
    expect(server.requests.map((request) => request.body.toString())).toEqual(['abcdef'])
  })

  test('that a function returns again is not sent a second time either', async () => {
    const server = await recordingServer([{ status: 429 }, UPLOADED])
    const body = make()
    const upload = abejaAt(server.url, { maxRetries: 1 }).channels.files.upload('1', () => {
      if (typeof body === 'function') throw new Error('no content')
      return body
    })
    expect(await errorOf(upload)).toMatchObject({
      name: 'InvalidRequestError',
      attempts: [{ status: 429 }, { mayHaveBeenProcessed: false }],
    })
    expect(onlyRequest(server).body.toString()).toBe('abcdef')
  })
})

test('An iterable that can be read again is sent again', async () => {
  const server = await recordingServer([UPLOADED, UPLOADED])
  const { files } = abejaAt(server.url).channels
  const body = { [Symbol.asyncIterator]: generate }
  await files.upload('1', body)
  await files.upload('1', body)
  expect(server.requests.map((request) => request.body.toString())).toEqual(['abcdef', 'abcdef'])
})

describe('What was read to its end by somebody else is refused:', () => {
  test.each<[string, AsyncIterable<string | Uint8Array> & UploadBody]>([
    ['a stream', new Blob(['abcdef']).stream()],
    ['a Readable', Readable.from(['abcdef'])],
  ])('%s', async (_, body) => {
    for await (const _piece of body);
    await refused(body)
  })

  test('a Response', async () => {
    const body = new Response('abcdef')
    await body.text()
    await refused(body)
  })

  async function refused(body: UploadBody) {
    const server = await recordingServer([])
    expect(await errorOf(abejaAt(server.url).channels.files.upload('1', body))).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('has already been consumed'),
    })
    expect(server.requests).toEqual([])
  }
})

test('The answer of a server that failed is not taken for a file', async () => {
  const source = await recordingServer([{ status: 503, json: { error: 'source is down' } }])
  const server = await recordingServer([])
  const upload = abejaAt(server.url).channels.files.upload('1', () => fetch(source.url))
  expect(await errorOf(upload)).toMatchObject({
    name: 'InvalidRequestError',
    message: expect.stringContaining('must be a success (received status 503)'),
  })
  expect(server.requests).toEqual([])
})

describe('What a polyfill made is sent by its bytes:', () => {
  const bytes = new TextEncoder().encode('abcdef')
  const arrayBuffer = async () => bytes.slice().buffer
  const head = { ok: true, status: 200, bodyUsed: false, headers: new Headers() }

  test.each<[string, object]>([
    ['Blob', { size: 6, type: 'text/plain', arrayBuffer }],
    ['Response', { ...head, body: Readable.from(['abcdef']), arrayBuffer }],
    ['ReadableStream', { getReader: () => new Blob([bytes]).stream().getReader() }],
  ])('a %s', async (tag, members) => {
    const server = await recordingServer([UPLOADED])
    const body = { ...members, [Symbol.toStringTag]: tag }
    await abejaAt(server.url).channels.files.upload('1', untyped(body))
    expect(onlyRequest(server).body.toString()).toBe('abcdef')
  })
})

/** As a program without types passes it. */
function untyped(value: object): UploadBody {
  const given: { readonly body: UploadBody } = { body: '' }
  return Object.assign(given, { body: value }).body
}
