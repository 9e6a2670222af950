import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AbejaClient } from '../../src/index.ts'
import { recordingServer } from '../helpers/recording-server.ts'
import { text } from './helpers/caller.ts'
import { startedMocks } from './helpers/started-mocks.ts'
import { ids, organization } from './helpers/use-mock.ts'

const start = startedMocks()
const channels = `${organization}/channels`
const json = (value: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })
const envelope = {
  organization_id: ids.organization,
  organization_name: 'org',
  created_at: '2018-01-01T00:00:00Z',
  updated_at: '2018-01-01T00:00:00Z',
}

describe('a proxy', () => {
  test('forwards byte for byte in both directions', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256)
    const answer = { headers: { 'content-type': 'application/octet-stream', 'x-own': 'kept' }, body: bytes }
    const upstream = await recordingServer([answer])
    const { mock } = await start({ proxy: `${upstream.url}/api` })
    const path = `/channels/${ids.channel}/upload?conflict_target=a%2Fb&lifetime=1day`
    const response = await fetch(mock.url + path, {
      method: 'POST',
      headers: { authorization: 'Bearer real', 'content-type': 'image/png', 'x-abeja-meta-filename': '%E6%97%A5' },
      body: bytes,
    })
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
    expect([response.status, response.headers.get('x-own')]).toEqual([200, 'kept'])
    const [sent] = upstream.requests
    expect([sent?.method, sent?.path, sent?.query]).toEqual([
      'POST',
      `/api/channels/${ids.channel}/upload`,
      'conflict_target=a%2Fb&lifetime=1day',
    ])
    expect(new Uint8Array(sent?.body ?? [])).toEqual(bytes)
    expect(Object.fromEntries(sent?.headers ?? [])).toMatchObject({
      authorization: 'Bearer real',
      'x-abeja-meta-filename': '%E6%97%A5',
      host: new URL(upstream.url).host,
    })
  })

  test('streams: the first byte arrives before the last is sent', async () => {
    let resolveFirst: () => void = () => undefined
    const first = new Promise<void>((resolve) => {
      resolveFirst = resolve
    })
    const upstream = await recordingServer(() => ({
      headers: { 'content-type': 'application/octet-stream' },
      body: 'x'.repeat(200_000),
      cut: { after: 100_000, when: first },
    }))
    const { mock } = await start({ proxy: upstream.url })
    const response = await fetch(mock.url + channels)
    const reader = response.body?.getReader()
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0)
    resolveFirst()
    await expect(
      (async () => {
        for (;;) if ((await reader?.read())?.done) return
      })(),
    ).rejects.toThrow()
  })

  test('serves the client as the server behind it does, without a violation', async () => {
    const upstream = await start()
    const { mock } = await start({ proxy: upstream.mock.url })
    const abeja = new AbejaClient({
      ...{ baseUrl: mock.url, organizationId: ids.organization, credential: { authToken: 'x' } },
    })
    const created = await abeja.channels.create({ name: 'behind', description: '', storage_type: 'datalake' })
    const { file_id } = await abeja.channels.files.upload(created.channel_id, 'a,b\n', { content_type: 'text/csv' })
    expect(await (await abeja.channels.files.download(created.channel_id, file_id)).text()).toBe('a,b\n')
    await abeja.channels.files.updateMetadata(created.channel_id, file_id, { label: '日本' })
    await abeja.channels.files.delete(created.channel_id, file_id)
    await abeja.buckets.files.upload(ids.bucket, 'x/y.txt', 'y')
    await abeja.buckets.files.list(ids.bucket).toArray()
    await abeja.triggers.runs.list(ids.deployment, ids.trigger).toArray()
    expect(mock.requests.flatMap(({ violations }) => violations)).toEqual([])
    expect(mock.requests.map(({ operationId }) => operationId)).toContain('getTriggerRuns')
  })

  test('says what violates the description: in a header, in the log and on the page', async () => {
    const wrong = { ...envelope, channels: [{ channel_id: 7 }], limit: 50, offset: 0, has_next: false }
    const upstream = await recordingServer([json(wrong)])
    const { mock, user } = await start({ proxy: upstream.url })
    const response = await user.get(`${channels}?limit=many&colour=red`)
    expect([response.status, response.json]).toEqual([200, wrong])
    expect(response.headers.get('sl-violations')).toContain('channel_id')
    const locations = mock.requests[0]?.violations.map(({ location }) => location.join('.'))
    expect(locations).toEqual(
      expect.arrayContaining(['request.query.limit', 'request.query.colour', 'response.body.channels.0.channel_id']),
    )
    expect((await user.get('/_mock')).text).toContain('channels.0.channel_id')
  })

  test('looks into a compressed response, and passes it on as it came', async () => {
    const body = gzipSync(JSON.stringify({ ...envelope, channels: 'none' }))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const upstream = await recordingServer([{ headers, body }])
    const { user } = await start({ proxy: upstream.url })
    const response = await user.get(channels)
    expect(response.json.channels).toBe('none')
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('sl-violations')).toContain('channels')
  })

  test('with fail rejects what violates the description, and does not forward it', async () => {
    const upstream = await recordingServer([json({ ...envelope, channels: 'none' })])
    const { user } = await start({ proxy: upstream.url, fail: true })
    const request = await user.post(channels, { name: 7 })
    expect([request.status, upstream.requests.length]).toEqual([400, 0])
    expect(request.json.error_description).toBe('The request violates the description')
    const response = await user.get(channels)
    expect([response.status, response.json.error_description]).toEqual([502, 'The response violates the description'])
  })

  test('responds with 502 and the reason when the real server does not respond', async () => {
    const { user } = await start({ proxy: 'http://127.0.0.1:1' })
    const { status, json } = await user.get(channels)
    expect([status, text(json.error_description)]).toEqual([502, expect.stringContaining('does not respond')])
  })

  test.each([{ proxy: 'api.abeja.io' }, { record: 'x.json' }, { fail: true }])(
    'does not start with %j',
    async (options) => {
      await expect(start(options)).rejects.toThrow(/proxy/)
    },
  )
})

describe('a recording', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mock-recording-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('is a seed that the mock serves afterwards, without secrets', async () => {
    const upstream = await start()
    const file = join(folder, 'recorded.json')
    const proxy = await start({ proxy: upstream.mock.url, record: file })
    const { json: uploaded } = await proxy.user.upload(ids.channel, 'recorded bytes', {
      'x-abeja-meta-filename': 'recorded.txt',
    })
    const paths = [
      channels,
      `/channels/${ids.channel}`,
      `${channels}/${ids.channel}/datasources`,
      `${organization}/buckets`,
      `${organization}/buckets/${ids.bucket}/files?target_dir=aaa/bbb`,
      `${organization}/deployments/${ids.deployment}/triggers`,
      `${organization}/deployments/${ids.deployment}/triggers/${ids.trigger}/runs`,
    ]
    const before = await Promise.all(paths.map((path) => proxy.user.get(path)))
    await proxy.mock.stop()
    const recording = await readFile(file, 'utf8')
    expect(recording).not.toMatch(/signature|Bearer|authorization|secret|download_u/i)

    const replay = await start({ seed: file })
    const after = await Promise.all(paths.map((path) => replay.user.get(path)))
    expect(after.map(({ status }) => status)).toEqual(before.map(({ status }) => status))
    expect(after[0]?.json.channels).toEqual(before[0]?.json.channels)
    const ofFiles = [1, 4].map((index) => [before[index], after[index]].map((page) => namesIn(page?.text ?? '')))
    for (const [asked, served] of ofFiles) expect(served).toEqual(asked)
    expect(after[6]?.text).toContain(/"run_id":"([^"]+)"/.exec(before[6]?.text ?? '')?.[1])
    const got = await replay.user.get(`/channels/${ids.channel}/${text(uploaded.file_id)}`)
    expect(await (await fetch(text(got.json.download_uri))).text()).toBe('recorded bytes')
  })
})

function namesIn(page: string): string[] {
  return [...page.matchAll(/"file_id":"([^"]+)"/g)].map(([, name = '']) => name).sort()
}
