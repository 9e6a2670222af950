import { describe, expect, test } from 'vitest'
import { startMock } from '../../src/mock.ts'
import { Caller, object } from './helpers/caller.ts'
import { basic, ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const files = `/channels/${ids.channel}`

/** Where the description has query parameters, and which. */
const declared = [
  ['GET', `${organization}/channels`, ['limit', 'offset', 'filter_archived']],
  ['GET', `${organization}/buckets`, ['limit', 'offset']],
  ['GET', files, ['start', 'end', 'timezone', 'items_per_page', 'sort', 'next_page_token', 'q']],
  ['POST', `${files}/upload`, ['lifetime', 'conflict_target']],
  [
    'GET',
    `${organization}/buckets/${ids.bucket}/files`,
    ['target_dir', 'items_per_page', 'last_file_id', 'start_after', 'q'],
  ],
  [
    'GET',
    `${organization}/deployments/${ids.deployment}/triggers/${ids.trigger}/runs`,
    ['next_page_token', 'scan_forward'],
  ],
] as const
const each = declared.flatMap(([method, path, names]) => names.map((name) => [method, path, name] as const))
const bodyOf = (method: string) => (method === 'POST' ? { body: 'x', headers: { 'content-type': 'text/plain' } } : {})

describe('a query parameter', () => {
  test.each(each)('%s %s rejects an empty %s by name', async (method, path, name) => {
    const { status, json, headers } = await fixture.user.call(method, `${path}?${name}=`, bodyOf(method))
    expect([status, json.error_description]).toEqual([400, `${name}: must not be empty`])
    expect(headers.get('sl-violations')).toContain(`"query","${name}"`)
  })

  test.each(each)('%s %s rejects a second %s', async (method, path, name) => {
    const { status, json } = await fixture.user.call(method, `${path}?${name}=1&${name}=2`, bodyOf(method))
    expect([status, json.error_description]).toEqual([400, `${name}: must not be sent more than once`])
  })

  test('that is empty is reported with the other violations of the query', async () => {
    const { status, json } = await fixture.user.get(`${files}?q=&items_per_page=many`)
    expect(status).toBe(400)
    expect(Object.keys(object(json.error_detail)).sort()).toEqual(['items_per_page', 'q'])
  })

  test('that is empty stores nothing', async () => {
    const before = await fixture.user.get(files)
    await fixture.user.upload(ids.channel, 'x', { query: '?lifetime=' })
    expect((await fixture.user.get(files)).text).toBe(before.text)
  })

  test('that is empty is rejected in static mode too, and not reported without a credential', async () => {
    const mock = await startMock({ static: true })
    const path = `${organization}/channels?limit=`
    expect((await new Caller(mock.url, basic('user-1', 'x')).get(path)).status).toBe(400)
    expect((await new Caller(mock.url).get(path)).status).toBe(401)
    await mock.stop()
  })

  test.each([false, true])('of an unknown name is served with a warning (static: %s)', async (isStatic) => {
    const mock = await startMock({ static: isStatic })
    const user = new Caller(mock.url, 'Bearer x')
    const { status, headers } = await user.get(`${files}?next_token=x&next_token=`)
    expect(status).toBe(200)
    expect(JSON.parse(headers.get('sl-violations') ?? '')).toMatchObject([
      {
        location: ['request', 'query', 'next_token'],
        severity: 'Warning',
        message: expect.stringContaining('next_page_token'),
      },
    ])
    expect(mock.requests.at(-1)?.violations).toHaveLength(1)
    await mock.stop()
  })

  test('of an unknown name is rejected by a strict server', async () => {
    const { status, json } = await fixture.user.get(`${organization}/channels?page=2`)
    expect(status).toBe(400)
    expect(json.error_description).toBe(
      'page: unknown query parameter; valid parameters: limit, offset, filter_archived',
    )
    expect((await fixture.user.delete(`/channels/${ids.channel}/${ids.file}?force=1`)).status).toBe(400)
    expect((await fixture.user.get(`/channels/${ids.channel}/${ids.file}`)).status).toBe(200)
  })
})
