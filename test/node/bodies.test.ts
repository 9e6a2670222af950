import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { UploadBody } from '../../src/index.ts'
import { fromPath } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { setting } from './setting.ts'

const sizes = { empty: 0, '1 byte': 1, '5 MiB': 5 * 1024 * 1024 }
const made = new Map<number, Uint8Array<ArrayBuffer>>()

/** Content whose every part differs: what is lost, doubled or out of order changes it. */
function content(size: number): Uint8Array<ArrayBuffer> {
  const before = made.get(size)
  if (before) return before
  const bytes = new Uint8Array(size)
  made.set(size, bytes)
  for (let index = 0; index < size; index++) bytes[index] = (index * 31 + (index >> 8) * 7 + (index >> 16)) & 0x7f
  return bytes
}

async function* pieces(bytes: Uint8Array<ArrayBuffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let start = 0; start < bytes.length; start += 100_000) yield bytes.subarray(start, start + 100_000)
}

interface Kind {
  readonly body: (bytes: Uint8Array<ArrayBuffer>) => UploadBody | Promise<UploadBody>
  /** @default 'application/octet-stream' */
  readonly type?: string
  readonly name?: string
  /** Whether the length is known before it is sent: else it goes out in chunks. */
  readonly hasLength: boolean
}

const kinds: Readonly<Record<string, Kind>> = {
  Uint8Array: { body: (bytes) => bytes, hasLength: true },
  'a part of a Uint8Array': { body: (bytes) => withMargins(bytes), hasLength: true },
  ArrayBuffer: { body: (bytes) => bytes.buffer, hasLength: true },
  string: { body: (bytes) => new TextDecoder().decode(bytes), hasLength: true },
  Blob: { body: (bytes) => new Blob([bytes], { type: 'text/x-blob' }), type: 'text/x-blob', hasLength: true },
  File: { body: (bytes) => new File([bytes], 'my cat.png'), type: 'image/png', name: 'my%20cat.png', hasLength: true },
  ReadableStream: { body: (bytes) => streamOf(bytes), hasLength: false },
  Readable: { body: (bytes) => Readable.from(pieces(bytes)), hasLength: false },
  'async iterable': { body: (bytes) => pieces(bytes), hasLength: false },
  Response: {
    body: (bytes) => new Response(bytes, { headers: { 'content-type': 'text/x-r' } }),
    type: 'text/x-r',
    hasLength: false,
  },
  'a function': { body: (bytes) => async () => pieces(bytes), hasLength: false },
  fromPath: {
    body: async (bytes) => fromPath(join(await directoryWith({ 'a.json': bytes }), 'a.json')),
    ...{ type: 'application/json', name: 'a.json', hasLength: true },
  },
}

const cases = Object.entries(kinds).flatMap(([kind, { body, type = 'application/octet-stream', name, hasLength }]) =>
  Object.entries(sizes).map(([label, size]) => ({ kind, label, size, body, type, name, hasLength })),
)

test.each(cases)('$kind of $label arrives whole in a channel', async ({ size, body, type, name, hasLength }) => {
  const { platform, channel } = await setting()
  const bytes = content(size)
  const headers: Record<string, unknown>[] = []
  platform.faults.answer = (request) => void headers.push(request.headers)
  await channel.upload(await body(bytes))
  const [file] = [...platform.channel.values()]
  expect(sum(file?.content)).toBe(sum(bytes))
  expect(file?.contentType).toBe(type)
  expect(file?.metadata).toEqual(name === undefined ? {} : { 'x-abeja-meta-filename': name })
  if (hasLength) expect(headers).toMatchObject([{ 'content-length': `${size}` }])
  else expect(headers[0]?.['content-length'] ?? `${size}`).toBe(`${size}`)
})

test.each(cases)('$kind of $label arrives whole in a bucket', async ({ size, body, type, name, hasLength }) => {
  const { platform, bucket } = await setting()
  const bytes = content(size)
  const lengths: (string | undefined)[] = []
  platform.faults.answer = ({ headers }) => void lengths.push(headers['content-length'])
  await bucket.upload('directory/a %22quoted%22 日本', await body(bytes))
  const file = platform.bucket.get('directory/a %22quoted%22 日本')
  expect(sum(file?.content)).toBe(sum(bytes))
  expect(file?.contentType, 'the location has no type to tell').toBe(
    name === 'a.json' || name === 'my%20cat.png' ? file?.contentType : type,
  )
  expect(file?.metadata).toEqual(name === undefined ? {} : { 'x-abeja-meta-filename': name })
  if (hasLength) expect(Number(lengths[0])).toBeGreaterThan(size)
})

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async start(controller) {
      for await (const piece of pieces(bytes)) controller.enqueue(piece)
      controller.close()
    },
  })
}

function sum(bytes: Uint8Array | undefined): string {
  return createHash('sha256')
    .update(bytes ?? 'nothing')
    .digest('hex')
}

function withMargins(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  const whole = new Uint8Array(bytes.length + 20)
  whole.set(bytes, 10)
  return whole.subarray(10, 10 + bytes.length)
}
