import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { exampleSeed } from '../../src/mock/seed/example-seed.ts'
import type { Seed } from '../../src/mock.ts'
import { useMock } from './helpers/use-mock.ts'

interface RecordedPart {
  readonly headers: readonly (readonly [string, string])[]
  /** Absent where the content is long: then it is in the arguments. */
  readonly content_b64?: string
}
interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: string | null
  readonly headers: readonly (readonly [string, string])[]
  readonly body: {
    readonly kind: 'json' | 'empty' | 'bytes' | 'multipart'
    readonly len: number
    readonly b64?: string
    readonly parts?: readonly RecordedPart[]
  }
}

interface RecordedCase {
  readonly id: string
  readonly args: { readonly file_obj?: { readonly $stream_b64?: string } }
  readonly requests: readonly RecordedRequest[]
}

const recorded: { cases: RecordedCase[] } = JSON.parse(
  readFileSync(new URL('../wire/vectors.json', import.meta.url), 'utf8'),
)
const requests = recorded.cases.flatMap(({ id, args, requests }) =>
  requests.map((each, index) => ({
    name: requests.length > 1 ? `${id} (${index + 1})` : id,
    each,
    content: args.file_obj?.$stream_b64,
  })),
)

/** What is not answered with 200, and why. */
const exceptions: Readonly<Record<string, number>> = {
  'credential/empty': 401, // it sends none
  'credential/bucket-datasource': 403, // a datasource may upload to its channels only
  'upload_bucket_file/meta-plus-slash': 400, // it is no HTTP: a header name cannot hold a slash
}

const fixture = useMock({ seed: seedOfRecordings(), allowHost: ['api.abeja.io'] })

test.each(requests)(
  'the recorded request $name is accepted, and its response is valid',
  async ({ name, each, content }) => {
    const answer = await sendRaw(each, content)
    const status = exceptions[name] ?? 200
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toBeTypeOf('object')
    if (status === 200) expect(answer).not.toContain('sl-violations: ')
  },
)

test('the recordings are all there', () => expect(recorded.cases).toHaveLength(150))

/** The examples, and every file, channel and bucket that the recordings speak of. */
function seedOfRecordings(): Seed {
  const seed = exampleSeed()
  const paths = requests.map(({ each }) => each.path.split('/').map(decodeURIComponent))
  const locations = paths.flatMap(([, , , area, , files, ...location]) =>
    area === 'buckets' && files === 'files' && location.length > 0 ? [location.join('/')] : [],
  )
  const fileIds = paths.flatMap(([, area, , fileId]) =>
    area === 'channels' && fileId && fileId !== 'upload' ? [fileId] : [],
  )
  const [first, ...others] = seed.channels ?? []
  if (!first) throw new Error('the examples have a channel')
  const files = [...(first.files ?? []), ...[...new Set(fileIds)].map((file_id) => ({ file_id, text: 'x' }))]
  const bucket = { bucket_id: '1240000000000', files: [...new Set(locations)].map((location) => ({ location })) }
  return { ...seed, channels: [{ ...first, files }, ...others], buckets: [...(seed.buckets ?? []), bucket] }
}

/** Sends a request byte for byte, as no HTTP client would let us, and answers all that comes back. */
async function sendRaw({ method, path, query, headers, body }: RecordedRequest, content = ''): Promise<string> {
  const bytes = bytesOf(body, content)
  expect(bytes).toHaveLength(body.len)
  const lines = [
    `${method} ${query === null ? path : `${path}?${query}`} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'Host: api.abeja.io',
    'Connection: close',
    `Content-Length: ${bytes.length}`,
  ]
  const socket = connect(fixture.mock.port, '127.0.0.1')
  socket.setEncoding('utf8')
  socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]))
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return answer
}

function bytesOf({ kind, b64 = '', parts = [] }: RecordedRequest['body'], content: string): Buffer {
  if (kind !== 'multipart') return Buffer.from(b64, 'base64')
  const sections = parts.flatMap(({ headers, content_b64 = content }) => [
    Buffer.from(`--BOUNDARY\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`),
    Buffer.from(content_b64, 'base64'),
    Buffer.from('\r\n'),
  ])
  return Buffer.concat([...sections, Buffer.from('--BOUNDARY--\r\n')])
}
