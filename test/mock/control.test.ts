import { describe, expect, test } from 'vitest'
import { startMock } from '../../src/mock.ts'
import { Caller, list, text } from './helpers/caller.ts'
import { ids, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const files = `/channels/${ids.channel}`
const count = async () => list((await fixture.user.get(files)).json.files).length

describe('a program in another process', () => {
  test('restores the seed, and clears the requests', async () => {
    const before = await count()
    await fixture.user.upload(ids.channel, 'x')
    expect((await fixture.nobody.post('/_mock/reset')).status).toBe(204)
    expect(fixture.mock.requests).toEqual([])
    expect(await count()).toBe(before)
  })

  test('adds the examples again', async () => {
    await fixture.user.delete(`${files}/${ids.file}`)
    expect((await fixture.nobody.post('/_mock/seed')).status).toBe(204)
    expect((await fixture.user.get(`${files}/${ids.file}`)).status).toBe(200)
  })

  test('gets a snapshot and restores it, with the bytes of files that were deleted since', async () => {
    const { json } = await fixture.user.upload(ids.channel, '日本', { 'x-abeja-meta-filename': '%E6%97%A5.txt' })
    const file = `${files}/${text(json.file_id)}`
    const snapshot = await fixture.nobody.get('/_mock/snapshot')
    expect([snapshot.status, snapshot.text]).toEqual([200, expect.stringContaining('日.txt')])
    await fixture.user.delete(file)
    // Written anew, as a client in another language would.
    const body = JSON.stringify(JSON.parse(snapshot.text), null, 2)
    expect((await fixture.nobody.call('PUT', '/_mock/snapshot', { body })).status).toBe(204)
    const { download_uri } = (await fixture.user.get(file)).json
    expect((await fixture.nobody.get(text(download_uri))).text).toBe('日本')
  })

  test.each(['', '{', '{}', '[1]', 'null', '{"channels":[{}]}'])(
    'cannot restore %s, which is not a snapshot',
    async (body) => {
      const before = await count()
      const { status, json } = await fixture.nobody.call('PUT', '/_mock/snapshot', { body })
      expect([status, json.error]).toEqual([
        400,
        'Unknown snapshot: pass the response of GET /_mock/snapshot of this server',
      ])
      expect(await count()).toBe(before)
    },
  )

  test('gets the request log', async () => {
    await fixture.user.get(`${files}?items_per_page=x`)
    const { status, text: log } = await fixture.nobody.get('/_mock/requests')
    expect(status).toBe(200)
    expect(JSON.parse(log)).toMatchObject([
      { method: 'GET', target: `${files}?items_per_page=x`, operationId: 'listChannelFiles', status: 400 },
    ])
  })

  test('cannot restore anything in static mode', async () => {
    const mock = await startMock({ static: true })
    const nobody = new Caller(mock.url)
    const body = (await nobody.get('/_mock/snapshot')).text
    expect(body).toBe('{}')
    expect((await nobody.call('PUT', '/_mock/snapshot', { body })).status).toBe(204)
    expect((await nobody.post('/_mock/reset')).status).toBe(204)
    await mock.stop()
  })
})

describe('a web page that is not the one of the server', () => {
  const routes = ['POST /reset', 'POST /seed', 'GET /requests', 'GET /snapshot', 'PUT /snapshot']
  const marks: Record<string, string>[] = [
    { origin: 'https://app.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', authorization: 'Bearer guess' },
  ]

  test.each(routes.flatMap((route) => marks.map((headers) => [route, headers] as const)))(
    'may not %s with %j',
    async (route, headers) => {
      const [method = '', path] = route.split(' ')
      const { status } = await fixture.nobody.call(method, `/_mock${path}`, { headers })
      expect(status).toBe(403)
    },
  )
})
