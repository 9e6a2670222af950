import { describe, expect, test } from 'vitest'
import type { RequestOptions, UploadBody } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import type { Exchange, Step } from '../helpers/fault-server.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'
import { silence } from '../helpers/steps.ts'
import { useFaultServer } from '../helpers/use-fault-server.ts'
import { withoutPauses } from '../helpers/without-pauses.ts'

const server = useFaultServer()
withoutPauses()

/** A channel that keeps what is uploaded, and refuses a second file of the same name. */
class Channel {
  readonly files: { file_id: string; metadata: Record<string, string>; uploaded_at: string; content_type: string }[] =
    []

  /** Stores the file, or answers with a conflict; what the client sees of it is another matter. */
  store({ response, act }: Exchange): 'stored' | 'conflict' {
    const filename = `${server.received.at(-1)?.headers['x-abeja-meta-filename']}`
    if (this.files.some(({ metadata }) => metadata['x-abeja-meta-filename'] === filename)) {
      response.writeHead(409, { 'content-type': 'application/json' }).end('{"error":"conflict"}')
      return 'conflict'
    }
    act()
    this.add(filename, new Date())
    return 'stored'
  }

  add(filename: string, uploadedAt: Date): void {
    this.files.push({
      file_id: `file-${this.files.length + 1}`,
      content_type: 'image/jpeg',
      metadata: { 'x-abeja-meta-filename': filename },
      uploaded_at: uploadedAt.toISOString().replace(/\.\d+Z$/, 'Z'),
    })
  }

  /** Stores the file; `end` plays what becomes of the answer. */
  upload(end: (exchange: Exchange) => void): Step {
    return async (exchange) => {
      await exchange.read()
      if (this.store(exchange) === 'stored') end(exchange)
    }
  }

  readonly list: Step = ({ response }) => {
    response.end(JSON.stringify({ files: [...this.files].reverse(), next_page_token: null }))
  }
}

const params = { conflict_target: 'filename', metadata: { filename: 'cat.jpg' } }
const reset = ({ socket }: Exchange) => socket.resetAndDestroy()
const answer = ({ response }: Exchange) => void response.end(JSON.stringify({ file_id: 'file-1', metadata: {} }))

function upload(options: RequestOptions = {}, body: UploadBody = 'bytes') {
  return abejaAt(server.url, { maxRetries: 3, idleTimeout: 150 }).channels.files.upload('1', body, params, options)
}

describe('an upload whose answer was lost', () => {
  test.each<[string, (exchange: Exchange) => void]>([
    ['by a reset', reset],
    ['by a gateway', ({ response }) => void response.writeHead(502).end()],
    ['by silence', () => {}],
  ])('%s is sent again, meets its own file, and is that file', async (_, lose) => {
    const channel = new Channel()
    server.script([channel.upload(lose), channel.upload(answer), channel.list])
    const uploaded = await upload()
    expect(uploaded).toMatchObject({ file_id: 'file-1', metadata: { filename: 'cat.jpg' } })
    expect([channel.files.length, server.acts]).toEqual([1, 1])
  })

  test('before it was stored is stored once', async () => {
    const channel = new Channel()
    server.script([({ socket }) => void socket.resetAndDestroy(), channel.upload(answer)])
    expect(await upload()).toMatchObject({ file_id: 'file-1' })
    expect(channel.files).toHaveLength(1)
  })

  test('is not sent again when its body can be read once', async () => {
    const channel = new Channel()
    server.script([channel.upload(reset), channel.upload(answer)])
    const error = await abejaErrorOf(upload({}, new Blob(['bytes']).stream()))
    expect(error).toMatchObject({ name: 'ConnectionError', retryable: false })
    expect(channel.files).toHaveLength(1)
  })

  test('is not sent again when retry is never', async () => {
    const channel = new Channel()
    server.script([channel.upload(reset), channel.upload(answer)])
    expect(await abejaErrorOf(upload({ retry: 'never' }))).toMatchObject({ name: 'ConnectionError' })
    expect(server.received).toHaveLength(1)
  })

  test('meets an older file of somebody else: the conflict stands', async () => {
    const channel = new Channel()
    channel.add('cat.jpg', new Date(Date.now() - 3_600_000))
    server.script([({ socket }) => void socket.resetAndDestroy(), channel.upload(answer), channel.list])
    expect(await abejaErrorOf(upload())).toMatchObject({ name: 'ConflictError', attempts: [{}, { status: 409 }] })
    expect(channel.files).toHaveLength(1)
  })

  test('looks its file up within the total timeout of the upload', async () => {
    const channel = new Channel()
    server.script([channel.upload(reset), channel.upload(answer), silence])
    const startedAt = performance.now()
    const error = await abejaErrorOf(upload({ totalTimeout: 250 }))
    expect(error).toMatchObject({ name: 'TimeoutError', kind: 'totalTimeout', operationId: 'listChannelFiles' })
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
})

test('a conflict at the first attempt is nobody’s echo, and nothing is looked up', async () => {
  const channel = new Channel()
  channel.add('cat.jpg', new Date())
  server.script([channel.upload(answer)])
  expect(await abejaErrorOf(upload())).toMatchObject({ name: 'ConflictError', attempts: [{ status: 409 }] })
})

test('a conflict after an attempt that surely stored nothing is nobody’s echo either', async () => {
  const channel = new Channel()
  channel.add('cat.jpg', new Date())
  server.script([({ response }) => void response.writeHead(429).end(), channel.upload(answer)])
  expect(await abejaErrorOf(upload())).toMatchObject({ name: 'ConflictError', attempts: [{}, {}] })
})
