import { describe, expect, test } from 'vitest'
import type { FaultScript } from '../../src/mock.ts'
import { Caller, list, text } from './helpers/caller.ts'
import { startedMocks } from './helpers/started-mocks.ts'
import { ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const start = startedMocks()
const channels = `${organization}/channels`
const newChannel = { name: 'planned', description: '', storage_type: 'datalake' }
const isThere = async () => (await fixture.user.get(channels)).text.includes('planned')

describe('a fault script', () => {
  test('meets the next requests of an operation, as many as it says', async () => {
    const planned = await fixture.nobody.post('/_mock/faults', { operation: 'createChannel', status: 503, times: 2 })
    expect(planned.status).toBe(201)
    expect((await fixture.user.get(channels)).status).toBe(200)
    const statuses = []
    for (let count = 0; count < 3; count++) statuses.push((await fixture.user.post(channels, newChannel)).status)
    expect(statuses).toEqual([503, 503, 200])
    expect((await fixture.nobody.get('/_mock/faults')).text).toBe('[]')
  })

  test('limits the rate with Retry-After, and says which script it was', async () => {
    const { id } = fixture.mock.faults.add({ retryAfter: 7 })
    const { status, headers, json } = await fixture.user.get(channels)
    expect([status, headers.get('retry-after'), json.error]).toEqual([429, '7', 'too_many_requests'])
    expect(headers.get('x-mock-fault')).toBe(id)
  })

  test.each<[FaultScript, string, string]>([
    [{ status: 500, match: { path: '/channels/*' } }, `/channels/${ids.channel}`, channels],
    [{ status: 500, match: { path: `*${ids.file}` } }, `/channels/${ids.channel}/${ids.file}`, channels],
    [{ status: 500, match: { query: { limit: '1*' } } }, `${channels}?limit=10`, `${channels}?limit=2`],
    [{ status: 500, match: { method: 'get', headers: { Authorization: 'Basic *' } } }, channels, '/channels/1/'],
    [{ status: 500, match: { headers: { constructor: '*' } } }, '', channels],
    [{ status: 500, operation: 'getBucketFile' }, `${organization}/buckets/${ids.bucket}/files/aaa/bbb`, channels],
  ])('%j meets %s and not %s', async (script, met, missed) => {
    fixture.mock.faults.add(script)
    if (script.match?.method === undefined) expect((await fixture.user.get(missed)).status).toBe(200)
    if (met !== '') expect((await fixture.user.get(met)).status).toBe(500)
  })

  test('meets uploads and downloads by signed URLs, in the words of object storage', async () => {
    const file = await fixture.user.get(`/channels/${ids.channel}/${ids.file}`)
    fixture.mock.faults.add({ operation: 'download', status: 503, retryAfter: 2 })
    const { status, headers, text: body } = await fixture.nobody.get(text(file.json.download_uri))
    expect([status, headers.get('retry-after'), body]).toEqual([503, '2', expect.stringContaining('SlowDown')])
    expect((await fixture.nobody.get(text(file.json.download_uri))).status).toBe(200)
  })

  test('delays before the request is carried out, and a caller that goes meanwhile makes nothing happen', async () => {
    fixture.mock.faults.add({ operation: 'createChannel', delay: 600_000 })
    const gone = new AbortController()
    const headers = { 'content-type': 'application/json' }
    const init = { body: JSON.stringify(newChannel), headers, signal: gone.signal }
    const rejected = expect(fixture.user.call('POST', channels, init)).rejects.toThrow()
    await expect.poll(() => fixture.mock.faults.planned).toEqual([])
    gone.abort()
    await rejected
    await expect.poll(() => fixture.mock.requests.map(({ status }) => status)).toContain(499)
    expect(await isThere()).toBe(false)
  })

  test('hangs until the caller goes, without carrying out the request', async () => {
    fixture.mock.faults.add({ operation: 'createChannel', hang: true })
    const headers = { 'content-type': 'application/json' }
    const init = { body: JSON.stringify(newChannel), headers, signal: AbortSignal.timeout(200) }
    await expect(fixture.user.call('POST', channels, init)).rejects.toThrow(/timeout/i)
    expect(await isThere()).toBe(false)
  })

  test('hangs no longer than the server runs', async () => {
    const { mock, user } = await start({ faults: [{ hang: true }] })
    const cut = expect(user.get(channels)).rejects.toThrow()
    await expect.poll(() => mock.faults.planned).toEqual([])
    await mock.stop()
    await cut
  })

  test.each([
    ['before-body', false],
    ['after-body', true],
  ] as const)('resets the connection %s: the request was carried out is %s', async (reset, wasCarriedOut) => {
    fixture.mock.faults.add({ operation: 'createChannel', reset })
    await expect(fixture.user.post(channels, newChannel)).rejects.toThrow()
    expect(await isThere()).toBe(wasCarriedOut)
  })

  test('cuts the body of a response', async () => {
    fixture.mock.faults.add({ truncate: true })
    await expect(fixture.user.get(channels)).rejects.toThrow()
    expect((await fixture.user.get(channels)).status).toBe(200)
  })

  test('belongs to its workspace, and goes with a reset', async () => {
    const other = fixture.mock.workspace('faulty')
    other.faults.add({ status: 500 })
    expect((await fixture.user.get(channels)).status).toBe(200)
    other.reset()
    expect((await new Caller(other.url, 'Bearer x').get(channels)).status).toBe(200)
  })

  test('can be part of a seed, and a reset restores it', async () => {
    const { mock, user } = await start({ seed: { faults: [{ operation: 'listChannels', status: 500 }] } })
    const statuses = async () => [(await user.get(channels)).status, (await user.get(channels)).status]
    expect(await statuses()).toEqual([500, 200])
    mock.reset()
    expect(await statuses()).toEqual([500, 200])
  })

  test('is removed by its id', async () => {
    const { json } = await fixture.nobody.post('/_mock/faults', { status: 500 })
    expect(json).toEqual({})
    const [fault] = fixture.mock.faults.planned
    expect((await fixture.nobody.delete(`/_mock/faults/${fault?.id}`)).status).toBe(204)
    expect((await fixture.nobody.delete(`/_mock/faults/${fault?.id}`)).status).toBe(404)
    await fixture.nobody.post('/_mock/faults', [{ status: 500 }, { status: 502 }])
    expect(list(JSON.parse((await fixture.nobody.get('/_mock/faults')).text))).toHaveLength(2)
    expect((await fixture.nobody.delete('/_mock/faults')).status).toBe(204)
    expect(fixture.mock.faults.planned).toEqual([])
  })

  test.each([
    [{}, 'must have at least one of delay, status'],
    [{ status: 200 }, 'status must be a whole number from 400 to 599'],
    [{ status: 500, operation: 'makeChannel' }, 'operation must be an operationId'],
    [{ status: 500, time: 2 }, 'time'],
    [{ status: 500, match: { url: '/x' } }, 'match.url'],
    [{ reset: 'sometimes' }, 'reset'],
    [JSON.parse('{ "status": 500, "__proto__": {} }'), '__proto__ is unknown'],
    [JSON.parse('{ "status": 500, "match": { "constructor": "x" } }'), 'match.constructor is unknown'],
    [Array(1001).fill({ status: 500 }), 'No more than 1000 faults'],
  ])('%j is rejected by name', async (script, message) => {
    const { status, json } = await fixture.nobody.post('/_mock/faults', script)
    expect([status, json.error]).toEqual([400, expect.stringContaining(message)])
  })
})
