import { describe, expect, test } from 'vitest'
import { text } from './helpers/caller.ts'
import { ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const channels = `${organization}/channels`

describe('the request log', () => {
  test('holds headers and bodies of JSON, and no secrets', async () => {
    await fixture.user.post(channels, { name: 'logged', description: '', storage_type: 'datalake' })
    const [entry] = fixture.mock.requests
    expect(entry?.request).toMatchObject({ headers: { authorization: '[redacted]' }, bodySize: 60 })
    expect(entry?.request?.body).toContain('"name":"logged"')
    expect(entry?.response?.body).toContain('"channel_id"')
    await fixture.user.get(`/channels/${ids.channel}`)
    await fixture.user.put(`${channels}/${ids.channel}/datasources/77`)
    const log = (await fixture.nobody.get('/_mock/requests')).text
    expect(log).toContain('[redacted]')
    expect(log).not.toMatch(/signature=[0-9a-f]/)
    expect(log).not.toMatch(/"secret\\?":\s*\\?"[0-9a-f]/)
    expect(log).not.toContain('a-token')
  })

  test('holds the beginning of a long body, and its size', async () => {
    await fixture.user.upload(ids.channel, 'x'.repeat(100_000))
    const { request } = fixture.mock.requests[0] ?? {}
    expect([request?.body?.length, request?.bodySize]).toEqual([8192, 100_000])
  })

  test('holds no bytes of files', async () => {
    const file = await fixture.user.get(`/channels/${ids.channel}/${ids.file}`)
    await fixture.nobody.get(text(file.json.download_uri))
    expect(fixture.mock.requests.at(-1)?.response?.body).toBeUndefined()
    expect(fixture.mock.requests.at(-1)?.response?.bodySize).toBeGreaterThan(100)
  })

  test('is exported as HAR', async () => {
    await fixture.user.get(`${channels}?limit=1`)
    const { status, json, headers } = await fixture.nobody.get('/_mock/requests.har')
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toContain('.har')
    expect(json).toEqual(JSON.parse(JSON.stringify(fixture.mock.har())))
    expect(json.log).toMatchObject({
      version: '1.2',
      entries: [
        {
          request: {
            method: 'GET',
            url: `${fixture.mock.url}${channels}?limit=1`,
            queryString: [{ name: 'limit', value: '1' }],
          },
          response: { status: 200, content: { mimeType: 'application/json' } },
        },
      ],
    })
  })

  test('is cleared by itself', async () => {
    await fixture.user.get(channels)
    expect((await fixture.nobody.delete('/_mock/requests')).status).toBe(204)
    expect(fixture.mock.requests).toEqual([])
  })
})
