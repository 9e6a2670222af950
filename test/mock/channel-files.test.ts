import { describe, expect, test } from 'vitest'
import { object, text } from './helpers/caller.ts'
import { basic, day, ids, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const files = `/channels/${ids.channel}`

async function uploaded(body: BodyInit, headers: Record<string, string> = {}): Promise<string> {
  return text((await fixture.user.upload(ids.channel, body, headers)).json.file_id)
}

describe('an upload to a channel', () => {
  test('is acknowledged, got, listed and downloaded', async () => {
    const answer = await fixture.user.upload(ids.channel, 'hello', {
      query: '?lifetime=1day',
      'content-type': 'text/csv; charset=UTF-8',
      'x-abeja-meta-filename': 'sample.csv',
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.has('sl-violations')).toBe(false)
    expect(answer.json).toMatchObject({
      content_type: 'text/csv; charset=UTF-8',
      lifetime: '1day',
      uploaded_at: null,
      metadata: { 'x-abeja-meta-filename': 'sample.csv', 'x-abeja-sys-meta-organizationid': ids.organization },
    })
    const fileId = text(answer.json.file_id)
    expect(fileId).toMatch(/^20240201T000000-[\da-f-]{36}$/)
    const got = await fixture.user.get(`${files}/${fileId}`)
    expect(got.json).toMatchObject({ file_id: fileId, uploaded_at: '2024-02-01T00:00:00+00:00' })
    const listed = await fixture.user.get(files)
    expect(listed.text).toContain(fileId)
    const bytes = await fixture.nobody.get(text(got.json.download_uri))
    expect(bytes.text).toBe('hello')
    expect(bytes.headers.get('content-type')).toBe('text/csv; charset=UTF-8')
  })

  test.each([
    ['JSON', '{"a":', 'application/json'],
    ['a form', 'a=b&c=d', 'application/x-www-form-urlencoded'],
    ['a multipart body', '--x\r\n\r\n--x--', 'multipart/form-data; boundary=x'],
    ['nothing', '', 'image/jpeg'],
  ])('takes %s as the bytes that they are', async (_what, body, type) => {
    const fileId = await uploaded(body, { 'content-type': type })
    const { json } = await fixture.user.get(`${files}/${fileId}`)
    expect(json.content_type).toBe(type)
    expect((await fixture.nobody.get(text(json.download_uri))).text).toBe(body)
  })

  test('returns metadata encoded, whatever they contain', async () => {
    const { json } = await fixture.user.upload(ids.channel, 'x', {
      'x-abeja-meta-%E3%82%AD%E3%83%BC': '%E6%97%A5%E6%9C%AC/%F0%9F%8D%A3.jpg',
      'x-abeja-meta-a%2fb': '100%25 + 1%zz',
    })
    expect(json.metadata).toMatchObject({
      'x-abeja-meta-%E3%82%AD%E3%83%BC': '%E6%97%A5%E6%9C%AC/%F0%9F%8D%A3.jpg',
      'x-abeja-meta-a%2Fb': '100%25%20%2B%201%25zz',
    })
  })

  test('to a channel that does not exist gets 404, and stores nothing', async () => {
    const { status, json } = await fixture.user.upload('999', 'x')
    expect([status, json.error_description]).toEqual([404, 'channel not found'])
  })

  test('with an unknown lifetime is rejected by name', async () => {
    const { status, json } = await fixture.user.upload(ids.channel, 'x', { query: '?lifetime=2days' })
    expect(status).toBe(400)
    expect(json.error_description).toMatch(/^lifetime: /)
  })

  test('with a malformed content type is rejected by name', async () => {
    const { status, json } = await fixture.user.upload(ids.channel, 'x', { 'content-type': 'picture' })
    expect([status, text(json.error_description).split(':')[0]]).toEqual([400, 'content-type'])
  })

  test('meets 409 when conflict_target finds the same value, with or without prefix', async () => {
    const headers = { 'x-abeja-meta-filename': '%E6%97%A5.txt' }
    const query = '?conflict_target=filename'
    expect((await fixture.user.upload(ids.channel, 'x', { ...headers, query })).status).toBe(200)
    const again = await fixture.user.upload(ids.channel, 'x', { ...headers, query })
    expect([again.status, again.json.error]).toEqual([409, 'conflict'])
    const prefixed = await fixture.user.upload(ids.channel, 'x', {
      ...headers,
      query: '?conflict_target=x-abeja-meta-filename',
    })
    expect(prefixed.status).toBe(409)
    const other = await fixture.user.upload(ids.channel, 'x', { 'x-abeja-meta-filename': 'other.txt', query })
    expect(other.status).toBe(200)
    expect((await fixture.user.upload('4444444444444', 'x', { ...headers, query })).status).toBe(200)
  })

  test.each(['constructor', 'toString', '__proto__'])('meets no conflict over %s, which no file has', async (key) => {
    expect((await fixture.user.upload(ids.channel, 'x', { query: `?conflict_target=${key}` })).status).toBe(200)
  })
})

describe('a file of a channel', () => {
  test('is deleted for good, and so is its URL', async () => {
    const fileId = await uploaded('x')
    const url = text((await fixture.user.get(`${files}/${fileId}`)).json.download_uri)
    expect((await fixture.user.delete(`${files}/${fileId}`)).json).toEqual({ message: `deleted file (${fileId})` })
    expect((await fixture.user.delete(`${files}/${fileId}`)).status).toBe(404)
    expect((await fixture.user.get(`${files}/${fileId}`)).json.error_description).toBe('file not found')
    expect((await fixture.nobody.get(url)).status).toBe(404)
  })

  test('gets the metadata that are put in place of the old ones', async () => {
    const fileId = await uploaded('x', { 'x-abeja-meta-old': '1', 'x-abeja-meta-filename': 'a.csv' })
    const path = `${files}/${fileId}/metadata`
    const { json } = await fixture.user.put(path, {
      'x-abeja-meta-filename': '%E6%97%A5.csv',
      'x-abeja-sys-meta-organizationid': 'ignored',
    })
    expect(json.metadata).toEqual({
      'x-abeja-meta-filename': '%E6%97%A5.csv',
      'x-abeja-sys-meta-organizationid': ids.organization,
    })
    expect((await fixture.user.get(`${files}/${fileId}`)).json.metadata).toEqual(json.metadata)
    expect((await fixture.user.put(path, {})).json.metadata).toEqual({
      'x-abeja-sys-meta-organizationid': ids.organization,
    })
  })

  test.each([
    [{ filename: 'x' }, 'filename'],
    [{ 'x-abeja-meta-a': 1 }, 'x-abeja-meta-a'],
  ])('refuses the metadata %j by name', async (metadata, field) => {
    const { status, json } = await fixture.user.put(`${files}/${ids.file}/metadata`, metadata)
    expect(status).toBe(400)
    expect(object(json.error_detail)).toHaveProperty([field])
  })

  test('goes when its lifetime is over', async () => {
    const kept = await uploaded('x')
    const short = await uploaded('x', { query: '?lifetime=1day' })
    fixture.passes(day - 1)
    expect((await fixture.user.get(`${files}/${short}`)).status).toBe(200)
    fixture.passes(1)
    expect((await fixture.user.get(`${files}/${short}`)).status).toBe(404)
    expect((await fixture.user.get(files)).text).not.toContain(short)
    expect((await fixture.user.get(`${files}/${kept}`)).status).toBe(200)
  })

  test('gets a new lifetime that counts from now', async () => {
    const fileId = await uploaded('x', { query: '?lifetime=1day' })
    fixture.passes(day / 2)
    const { json } = await fixture.user.put(`${files}/${fileId}/lifetime`, { lifetime: '1week' })
    expect(json).toEqual({ channel_id: ids.channel, file_id: fileId, lifetime: '1week' })
    fixture.passes(6 * day)
    expect((await fixture.user.get(`${files}/${fileId}`)).status).toBe(200)
    fixture.passes(day)
    expect((await fixture.user.get(`${files}/${fileId}`)).status).toBe(404)
  })

  test.each(['1day', '1week', '1month', '6months', '1year'])('can live for %s', async (lifetime) => {
    expect((await fixture.user.put(`${files}/${ids.file}/lifetime`, { lifetime })).json).toMatchObject({ lifetime })
  })
})

describe('an upload by ticket', () => {
  const reserve = (headers: Record<string, string> = {}) =>
    fixture.user.call('POST', files, { headers: { 'content-type': 'image/png', ...headers } })

  test('gives an id and a URL that takes the bytes', async () => {
    const { json } = await reserve({ 'x-abeja-meta-filename': 'a.png' })
    expect(json).toMatchObject({
      uploaded_at: null,
      content_type: 'image/png',
      url_expires_on: '2024-02-01T01:00:00+00:00',
    })
    const path = `${files}/${text(json.file_id)}`
    expect((await fixture.user.get(path)).status).toBe(404)
    const stored = await fixture.nobody.call('PUT', text(json.upload_url), { body: 'bytes' })
    expect([stored.status, stored.headers.get('etag')]).toEqual([200, '"4b3a6218bb3e3a7303e8a171a60fcf92"'])
    const file = await fixture.user.get(path)
    expect(file.json).toMatchObject({ content_type: 'image/png', metadata: { 'x-abeja-meta-filename': 'a.png' } })
    expect((await fixture.nobody.get(text(file.json.download_uri))).text).toBe('bytes')
  })

  test('can be repeated until the URL expires, and then replaces the bytes', async () => {
    const { json } = await reserve()
    const url = text(json.upload_url)
    await fixture.nobody.call('PUT', url, { body: 'first' })
    await fixture.nobody.call('PUT', url, { body: 'second' })
    const file = await fixture.user.get(`${files}/${text(json.file_id)}`)
    expect((await fixture.nobody.get(text(file.json.download_uri))).text).toBe('second')
    fixture.passes(60 * 60 * 1000)
    expect((await fixture.nobody.call('PUT', url, { body: 'third' })).status).toBe(403)
  })

  test('takes no body with the reservation', async () => {
    const { status, json } = await fixture.user.call('POST', files, {
      body: 'x',
      headers: { 'content-type': 'text/plain' },
    })
    expect([status, text(json.error_description).split(':')[0]]).toEqual([400, 'body'])
  })

  test('cannot be used to read, nor with a credential', async () => {
    const url = text((await reserve()).json.upload_url)
    expect((await fixture.nobody.get(url)).status).toBe(405)
    expect((await fixture.user.call('PUT', url, { body: 'x' })).status).toBe(400)
  })
})

describe('a datasource', () => {
  const datasource = () => fixture.as(basic(`datasource-${ids.datasource}`, 'any'))

  test('may upload to the channels that it is connected to, and to no other', async () => {
    expect((await datasource().upload(ids.channel, 'x')).status).toBe(200)
    const refused = await datasource().upload('4444444444444', 'x')
    expect([refused.status, refused.json.error]).toEqual([403, 'forbidden'])
    const ticket = { headers: { 'content-type': 'text/plain' } }
    expect((await datasource().call('POST', '/channels/4444444444444', ticket)).status).toBe(403)
    expect((await datasource().call('POST', files, ticket)).status).toBe(200)
  })

  test('may upload as soon as it is connected, and no longer when it is not', async () => {
    const path = `/organizations/${ids.organization}/channels/4444444444444/datasources/${ids.datasource}`
    await fixture.user.put(path)
    expect((await datasource().upload('4444444444444', 'x')).status).toBe(200)
    await fixture.user.delete(path)
    expect((await datasource().upload('4444444444444', 'x')).status).toBe(403)
  })
})
