import { describe, expect, test } from 'vitest'
import { operations } from '../../generated/operations.ts'
import { startMock } from '../../src/mock.ts'
import { Caller } from './helpers/caller.ts'
import { ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const path = `${organization}/channels`

describe('Prefer', () => {
  test('code selects a response of the description, and changes nothing', async () => {
    const before = await fixture.user.get(path)
    const body = JSON.stringify({ name: 'x', description: '', storage_type: 'file' })
    const headers = { 'content-type': 'application/json', prefer: 'code=403' }
    const { status, json } = await fixture.user.call('POST', path, { body, headers })
    expect([status, json.error]).toEqual([403, 'forbidden'])
    expect((await fixture.user.get(path)).text).toBe(before.text)
  })

  test('code works in the query too, and for a status that the description does not know', async () => {
    expect((await fixture.user.get(`${path}?__code=500`)).json.error).toBe('internal_server_error')
    const { status, headers, json } = await fixture.user.get(path, { prefer: 'code=503' })
    expect([status, headers.get('retry-after'), json.error]).toEqual([503, '1', 'service_unavailable'])
  })

  test('example and dynamic respond from the description', async () => {
    expect((await fixture.user.get(path, { prefer: 'example=empty' })).json.channels).toEqual([])
    const dynamic = await fixture.user.get(path, { prefer: 'dynamic=true' })
    expect(dynamic.status).toBe(200)
    expect((await fixture.user.get(path, { prefer: 'example=nothing' })).status).toBe(404)
  })

  test.each(Object.entries(operations))('code=500 works for %s', async (id, { method, path: template }) => {
    const filled = template.replaceAll(/\{(\w+)\}/g, 'x')
    const answer = await fixture.user.call(method, `${filled}?__code=500`, bodyFor(id))
    expect([answer.status, answer.json.error], answer.text).toEqual([500, 'internal_server_error'])
  })

  test('does not help without a credential', async () => {
    expect((await fixture.nobody.get(path, { prefer: 'code=200' })).status).toBe(401)
  })

  test.each(['cod=404', 'code=999', 'code=4o4', 'delay=soon', 'fault=rest', 'dynamic=yes', 'example', 'code'])(
    '%s is rejected, and logged',
    async (prefer) => {
      const { status, json, headers } = await fixture.user.get(path, { prefer })
      expect([status, json.error_description]).toEqual([400, expect.stringMatching(/^prefer: .*preference/)])
      expect(headers.get('sl-violations')).toContain('prefer')
      expect(fixture.mock.requests.at(-1)?.status).toBe(400)
      expect((await fixture.user.get(`${path}?__${prefer}`)).status).toBe(400)
    },
  )

  test('of RFC 7240 is ignored, and what was followed is in Preference-Applied', async () => {
    const { status, headers } = await fixture.user.get(path, { prefer: 'respond-async, return=minimal, example=empty' })
    expect([status, headers.get('preference-applied')]).toEqual([200, 'example=empty'])
    expect((await fixture.user.get(path)).headers.has('preference-applied')).toBe(false)
  })

  test('delay waits before the response', async () => {
    const started = performance.now()
    await fixture.user.get(path, { prefer: 'delay=120' })
    expect(performance.now() - started).toBeGreaterThanOrEqual(119)
  })
})

describe('a client that gives up during a delay', () => {
  test('makes nothing happen, and is logged as gone', async () => {
    const body = JSON.stringify({ name: 'patient', description: '', storage_type: 'file' })
    const headers = { 'content-type': 'application/json', prefer: 'delay=600000' }
    const gone = new AbortController()
    const answer = fixture.user.call('POST', path, { body, headers, signal: gone.signal })
    const rejected = expect(answer).rejects.toThrow()
    await fixture.user.get(path)
    gone.abort()
    await rejected
    await expect
      .poll(() => fixture.mock.requests)
      .toContainEqual(expect.objectContaining({ method: 'POST', status: 499 }))
    expect((await fixture.user.get(path)).text).not.toContain('patient')
  })
})

describe('a fault', () => {
  const url = `/channels/${ids.channel}`

  test('reset cuts the connection after the request was carried out', async () => {
    const headers = { prefer: 'fault=reset' }
    await expect(
      fixture.user.upload(ids.channel, 'x', { ...headers, 'x-abeja-meta-filename': 'lost.txt' }),
    ).rejects.toThrow()
    expect((await fixture.user.get(url)).text).toContain('lost.txt')
  })

  test('truncate ends the response before its length', async () => {
    const response = await fetch(`${fixture.mock.url}${url}`, {
      headers: { authorization: 'Bearer x', prefer: 'fault=truncate' },
    })
    expect(response.status).toBe(200)
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100)
    await expect(response.text()).rejects.toThrow()
  })

  test('slow sends everything, in many pieces', async () => {
    const response = await fetch(`${fixture.mock.url}${url}`, {
      headers: { authorization: 'Bearer x', prefer: 'fault=slow' },
    })
    let pieces = 0
    let length = 0
    for await (const piece of response.body ?? []) {
      pieces += 1
      length += piece.byteLength
    }
    expect(pieces).toBeGreaterThan(5)
    expect(length).toBe(Number(response.headers.get('content-length')))
  })

  test('slow takes about a second, however large the file', async () => {
    const { json } = await fixture.user.upload(ids.channel, 'x'.repeat(5_000_000))
    const file = await fixture.user.get(`${url}/${json.file_id}`)
    const started = performance.now()
    const answer = await fixture.nobody.get(`${file.json.download_uri}&__fault=slow`)
    expect(answer.text).toHaveLength(5_000_000)
    expect(performance.now() - started).toBeGreaterThan(900)
    // 77 chunks with a pause each would take 7.7 s.
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test.each(['reset', 'truncate'])('%s meets a download too', async (fault) => {
    const file = await fixture.user.get(`${url}/${ids.file}`)
    const download = fixture.nobody.get(`${file.json.download_uri}&__fault=${fault}`)
    await expect(download).rejects.toThrow()
  })

  test('by chance comes as often as its rate says', async () => {
    const dice = [0.99, 0.5, 0.19, 0, 0.2, 0.1, 0.4]
    const mock = await startMock({ faultRate: 0.2, random: () => dice.shift() ?? 1 })
    const caller = new Caller(mock.url, 'Bearer x')
    const outcome = () =>
      caller.get(path).then(
        ({ status }) => status,
        () => 'cut',
      )
    // 0.99 and 0.5 pass; 0.19 is a fault, and 0 says which: a reset; 0.2 passes; 0.1 is a fault, cut in half.
    expect([await outcome(), await outcome(), await outcome(), await outcome(), await outcome()]).toEqual([
      200,
      200,
      'cut',
      200,
      'cut',
    ])
    await mock.stop()
  })
})

function bodyFor(id: string): RequestInit {
  const json = (value: object) => ({ body: JSON.stringify(value), headers: { 'content-type': 'application/json' } })
  const bodies: Record<string, () => RequestInit> = {
    createBucket: () => json({ name: 'x', description: '' }),
    createChannel: () => json({ name: 'x', description: '', storage_type: 'file' }),
    createTrigger: () =>
      json({ version_id: 'v', input_service_name: 'datalake', input_service_id: 'c', environment: null }),
    patchBucket: () => json({}),
    patchChannel: () => json({}),
    putChannelFileLifetime: () => json({ lifetime: '1day' }),
    putChannelFileMetadata: () => json({}),
    getChannelFileUpload: () => ({ headers: { 'content-type': 'a/b' } }),
    postChannelFileUpload: () => ({ body: 'x', headers: { 'content-type': 'a/b' } }),
    uploadBucketFile: () => {
      const body = new FormData()
      body.append('file', new Blob(['x']), 'x')
      body.append('parameters', new Blob(['{}']), 'params.json')
      return { body }
    },
  }
  return bodies[id]?.() ?? {}
}
