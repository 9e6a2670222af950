import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AbejaClient } from '../../src/index.ts'
import { createMock, type InProcessMock } from '../../src/mock.ts'
import { ids } from './helpers/use-mock.ts'

describe('mock.fetch', () => {
  let mock: InProcessMock
  let abeja: AbejaClient

  beforeAll(async () => {
    mock = await createMock({ strict: true })
    abeja = new AbejaClient({
      baseUrl: 'https://api.abeja.io',
      fetch: mock.fetch,
      organizationId: ids.organization,
      credential: { authToken: 'any' },
    })
  })
  afterAll(() => mock.stop())

  test('serves the client without a network: streams up, and signed URLs down', async () => {
    const chunks = [new Uint8Array(70_000).fill(1), new Uint8Array(50_000).fill(2)]
    const body = new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift()
        if (chunk) controller.enqueue(chunk)
        else controller.close()
      },
    })
    const { file_id } = await abeja.channels.files.upload(ids.channel, body, { content_type: 'a/b' })
    const download = await abeja.channels.files.download(ids.channel, file_id)
    const bytes = await download.bytes()
    expect([bytes.length, bytes[0], bytes.at(-1)]).toEqual([120_000, 1, 2])
    expect(mock.requests.map(({ operationId }) => operationId)).toContain('postChannelFileUpload')
  })

  test('takes forms, and lists what they brought', async () => {
    await abeja.buckets.files.upload(ids.bucket, 'new/日本.txt', 'hello')
    const entries = await abeja.buckets.files.list(ids.bucket, { target_dir: 'new' }).toArray()
    expect(entries.map(({ file_id }) => file_id)).toEqual(['/new/日本.txt'])
  })

  test('validates requests as the server does', async () => {
    const response = await mock.fetch('https://api.abeja.io/organizations/1/channels', {
      method: 'POST',
      headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
      body: '{}',
    })
    expect([response.status, response.headers.get('sl-violations')]).toEqual([400, expect.stringContaining('name')])
    expect(response.url).toBe('https://api.abeja.io/organizations/1/channels')
  })

  test('responds to HEAD without a body, and to a range with 206', async () => {
    const { download_uri = '' } = await abeja.channels.files.get(ids.channel, ids.file)
    const head = await mock.fetch(download_uri, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    const part = await mock.fetch(download_uri, { headers: { range: 'bytes=0-3' } })
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 4])
  })

  test('rejects like fetch when a connection is reset, and when it is aborted', async () => {
    const url = `https://api.abeja.io/channels/${ids.channel}`
    const headers = { authorization: 'Bearer x' }
    const reset = mock.fetch(`${url}?__fault=reset`, { headers })
    await expect(reset).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } })
    const truncated = await mock.fetch(`${url}?__fault=truncate`, { headers })
    await expect(truncated.text()).rejects.toThrow()
    const gone = new AbortController()
    const aborted = mock.fetch(`${url}?__delay=600000`, { headers, signal: gone.signal })
    gone.abort(new Error('enough'))
    await expect(aborted).rejects.toThrow('enough')
  })

  test('keeps nothing of an upload that was aborted half-way', async () => {
    const before = await abeja.channels.files.list(ids.channel).toArray()
    const gone = new AbortController()
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(100_000)),
      pull: () => gone.abort(),
    })
    const init: RequestInit & { duplex: 'half' } = {
      ...{ method: 'POST', body, duplex: 'half', signal: gone.signal },
      headers: { authorization: 'Bearer x', 'content-type': 'a/b' },
    }
    await expect(mock.fetch(`https://api.abeja.io/channels/${ids.channel}/upload`, init)).rejects.toThrow()
    expect(await abeja.channels.files.list(ids.channel).toArray()).toHaveLength(before.length)
  })
})
