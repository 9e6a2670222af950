import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createMock, type Seed, startMock } from '../../src/mock.ts'
import { untyped } from '../helpers/untyped.ts'
import { Caller, list, text } from './helpers/caller.ts'
import { runProgram } from './helpers/run-program.ts'
import { startedMocks } from './helpers/started-mocks.ts'
import { day, ids, organization } from './helpers/use-mock.ts'

const start = startedMocks()
const channels = `${organization}/channels`
const newChannel = { name: 'new', description: '', storage_type: 'datalake' }
const countOf = async (user: Caller) => list((await user.get(channels)).json.channels).length

describe('a mock server', () => {
  test('listens on a free port of this machine, and stops twice without complaint', async () => {
    const { mock, user } = await start()
    expect(mock.url).toBe(`http://127.0.0.1:${mock.port}`)
    expect((await user.get(channels)).status).toBe(200)
    await mock.stop()
    await mock.stop()
    await expect(user.get(channels)).rejects.toThrow()
  })

  test('stops while a client is still sending', async () => {
    const { mock, user } = await start()
    const endless = new ReadableStream({
      async pull(controller) {
        await new Promise((done) => setTimeout(done, 5))
        controller.enqueue(new Uint8Array(1000))
      },
    })
    const init: RequestInit & { duplex: 'half' } = { body: endless, duplex: 'half', headers: { 'content-type': 'a/b' } }
    const upload = user.call('POST', `/channels/${ids.channel}/upload`, init)
    const cut = expect(upload).rejects.toThrow()
    await user.get(channels)
    await mock.stop()
    await cut
  })

  test('restores the seed with reset', async () => {
    const { mock, user } = await start()
    const before = await countOf(user)
    await user.post(channels, newChannel)
    await user.delete(`/channels/${ids.channel}/${ids.file}`)
    mock.reset()
    expect(mock.requests).toEqual([])
    expect(await countOf(user)).toBe(before)
    const file = await user.get(`/channels/${ids.channel}/${ids.file}`)
    expect((await new Caller(mock.url).get(text(file.json.download_uri))).text).toContain('JFIF')
  })

  test('restores the seed with reset, however much time has passed', async () => {
    let now = Date.parse('2024-02-01T00:00:00Z')
    const lasting = { text: 'x', lifetime: '1day' } as const
    const seed: Seed = {
      channels: [{ channel_id: '1', files: [{ ...lasting, file_id: 'f', uploaded_at: '2020-01-01T00:00:00Z' }] }],
      buckets: [{ bucket_id: '2', files: [{ ...lasting, location: 'a.txt' }] }],
    }
    const { mock, user } = await start({ seed, clock: () => now })
    const statuses = async () => [
      (await user.get('/channels/1/f')).status,
      (await user.get(`${organization}/buckets/2/files/a.txt`)).status,
    ]
    now += 2 * day
    expect(await statuses()).toEqual([404, 404])
    mock.reset()
    now += day - 1
    expect(await statuses()).toEqual([200, 200])
    now += 1
    expect(await statuses()).toEqual([404, 404])
  })

  test('restores a snapshot, with the bytes of files that were deleted since', async () => {
    const { mock, user } = await start()
    const uploaded = await user.upload(ids.channel, 'x'.repeat(200_000))
    const path = `/channels/${ids.channel}/${text(uploaded.json.file_id)}`
    const snapshot = mock.snapshot()
    await user.delete(path)
    await user.post(channels, newChannel)
    const changed = await countOf(user)
    mock.restore(snapshot)
    expect(await countOf(user)).toBe(changed - 1)
    const url = text((await user.get(path)).json.download_uri)
    expect((await new Caller(mock.url).get(url)).text).toHaveLength(200_000)
  })

  test('logs the last 200 requests with their violations', async () => {
    const { mock, user } = await start()
    for (let count = 0; count < 205; count++) await user.get('/nowhere')
    await user.post(channels, { storage_type: 'tape' })
    expect(mock.requests).toHaveLength(200)
    expect(mock.requests.at(-1)).toMatchObject({ method: 'POST', operationId: 'createChannel', status: 400 })
    expect(mock.requests.at(-1)?.violations.length).toBeGreaterThan(2)
  })

  test('waits before every response with latency', async () => {
    const { user } = await start({ latency: 100 })
    const begun = performance.now()
    await user.get(channels)
    expect(performance.now() - begun).toBeGreaterThanOrEqual(99)
  })

  test.each([
    { port: -1 },
    { port: 1.5 },
    { latency: -1 },
    { faultRate: 2 },
    { urlLifetime: 0 },
    { publicUrl: 'dev.example' },
    { publicUrl: 'https://x/?a' },
  ])('does not start with %j', async (options) => {
    await expect(startMock(options)).rejects.toThrow(Object.keys(options)[0])
  })

  test.each([
    ['startMock', () => startMock(untyped({ latancy: 1 })), 'latency'],
    ['createMock', () => createMock(untyped({ onViolations: () => {} })), 'onViolation'],
    ['runTimes', () => startMock({ runTimes: untyped({ queue: 1, running: 1 }) }), 'queued'],
  ])('rejects an unknown option of %s with the nearest valid one', async (_, started, nearest) => {
    await expect(started()).rejects.toThrow(new RegExp(`^Unknown .* Did you mean "${nearest}"\\?`))
  })

  test.each([
    [
      'throws',
      () => {
        throw new Error('the log is full')
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('the log is full')
      },
    ],
  ])('responds as before when a listener %s', async (_, onRequest) => {
    const { user } = await start({ onRequest })
    expect((await user.get(channels)).status).toBe(200)
    expect((await user.get(channels)).status).toBe(200)
  })

  test('says that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((done) => other.once('listening', done))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await expect(startMock({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    other.close()
  })

  test('starts in under two seconds and leaves nothing running when it stops', async () => {
    const program = `
      const begun = performance.now()
      const mock = await startMock()
      await fetch(mock.url + '/_mock/view')
      const took = performance.now() - begun
      await mock.stop()
      console.log(JSON.stringify({ took }))
    `
    const begun = performance.now()
    const { code, output } = await runProgram(program)
    const { took } = JSON.parse(output)
    expect(code).toBe(0)
    // The compiler of the test is part of it, and other tests run beside it: so the limit is a loose one.
    expect(took).toBeLessThan(6000)
    expect(performance.now() - begun - took).toBeLessThan(10_000)
  })

  test('keeps no process alive for a delayed response', async () => {
    const program = `
      const mock = await startMock()
      const headers = { authorization: 'Bearer x', 'content-type': 'application/json' }
      const url = mock.url + '${channels}'
      const body = '{"name":"patient","description":"","storage_type":"file"}'
      const late = fetch(url + '?__delay=600000', { method: 'POST', headers, body }).catch(() => console.log('cut'))
      await fetch(url, { headers })
      await mock.stop()
      await late
    `
    expect(await runProgram(program)).toEqual({ code: 0, output: 'cut\n' })
  })

  test('says in one line how to install Prism where it is missing', async () => {
    const program = `
      import { PrismEngine } from ${JSON.stringify(resolve('src/mock/api/prism.ts'))}
      await PrismEngine.load(() => import('@stoplight/not-there')).catch((error) => console.log(error.message))
    `
    const { output } = await runProgram(program)
    expect(output.trim()).toBe(
      'The mock server needs Prism, which is not installed: npm install --save-dev @stoplight/prism-http@5 @stoplight/prism-core@5',
    )
  })
})

describe('static mode', () => {
  test('responds with the examples and stores nothing', async () => {
    const { user } = await start({ static: true })
    const first = await user.get(channels)
    expect(first.json).toMatchObject({ has_next: true, channels: [{ channel_id: ids.channel }] })
    expect((await user.post(channels, newChannel)).json).toMatchObject({ channel: { name: 'test' } })
    expect((await user.get(channels)).text).toBe(first.text)
    expect((await user.upload(ids.channel, 'x'.repeat(1_000_000))).status).toBe(200)
    const form = await user.uploadForm(`${organization}/buckets/1/files`, 'a/b.txt', 'x')
    expect([form.status, form.headers.has('sl-violations')]).toEqual([200, false])
  })

  test('validates requests as the stateful mode does', async () => {
    const { mock, user } = await start({ static: true })
    const refused = await user.post(channels, { name: '', storage_type: 'tape' })
    expect([refused.status, refused.json.error]).toEqual([400, 'bad_request'])
    expect(refused.headers.get('sl-violations')).toContain('storage_type')
    expect((await new Caller(mock.url).get(channels)).status).toBe(401)
    expect((await user.get(`${organization}/buckets/1/files/a/b`)).status).toBe(200)
  })
})
