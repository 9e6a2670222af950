import { beforeEach, describe, expect, test } from 'vitest'
import { text } from './helpers/caller.ts'
import { basic, beginning, ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const etag = '"7fc56270e7a70fa81a5935b72eacbe29"' // of "A"
const other = '"00000000000000000000000000000000"'
const uploaded = new Date(beginning).toUTCString()
const before = 'Mon, 01 Jan 2001 00:00:00 GMT'
const after = 'Fri, 01 Jan 2100 00:00:00 GMT'
let url = ''

beforeEach(async () => {
  const files = `${organization}/buckets/${ids.bucket}/files`
  await fixture.user.uploadForm(files, 'a.txt', 'A')
  url = text((await fixture.user.get(`${files}/a.txt`)).json.download_uri)
})

describe('a signed download', () => {
  test.each<[Record<string, string>, number]>([
    [{ 'if-match': etag }, 200],
    [{ 'if-match': `${other}, ${etag}` }, 200],
    [{ 'if-match': '*' }, 200],
    [{ 'if-match': other }, 412],
    [{ 'if-match': `W/${etag}` }, 412],
    [{ 'if-match': other, 'if-none-match': etag }, 412],
    [{ 'if-match': etag, 'if-unmodified-since': before }, 200],
    [{ 'if-unmodified-since': before }, 412],
    [{ 'if-unmodified-since': uploaded }, 200],
    [{ 'if-unmodified-since': 'not a date' }, 200],
    [{ 'if-none-match': etag }, 304],
    [{ 'if-none-match': `W/${etag}` }, 304],
    [{ 'if-none-match': `"x", ${etag}` }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': other }, 200],
    [{ 'if-none-match': other, 'if-modified-since': after }, 200],
    [{ 'if-modified-since': after }, 304],
    [{ 'if-modified-since': uploaded }, 304],
    [{ 'if-modified-since': before }, 200],
    [{ 'if-modified-since': '2100-01-01' }, 200],
    [{ range: 'bytes=0-0' }, 206],
    [{ range: 'bytes=0-0', 'if-match': other }, 412],
    [{ range: 'bytes=0-0', 'if-none-match': etag }, 304],
    [{ range: 'bytes=0-0', 'if-range': etag }, 206],
    [{ range: 'bytes=0-0', 'if-range': `W/${etag}` }, 200],
    [{ range: 'bytes=0-0', 'if-range': other }, 200],
    [{ range: 'bytes=0-0', 'if-range': uploaded }, 206],
    [{ range: 'bytes=0-0', 'if-range': after }, 200],
    [{ range: 'bytes=5-' }, 416],
    [{ range: 'lines=0-0' }, 200],
  ])('with %j gets %i', async (headers, status) => {
    const response = await fixture.nobody.get(url, headers)
    expect(response.status).toBe(status)
    if (status === 304) expect(response.headers.get('etag')).toBe(etag)
  })

  test('of the method HEAD has no ranges', async () => {
    const { status, headers } = await fixture.nobody.call('HEAD', url, { headers: { range: 'bytes=5-' } })
    expect([status, headers.get('content-length')]).toEqual([200, '1'])
  })
})

test('a signed upload heeds its preconditions', async () => {
  const path = `/channels/${ids.channel}`
  const user = fixture.as(basic('user-1', 'x'))
  const { json } = await user.call('POST', path, { headers: { 'content-type': 'text/plain' } })
  const put = (headers: Record<string, string>) =>
    fixture.nobody.call('PUT', text(json.upload_url), { body: 'A', headers })
  expect((await put({ 'if-match': '*' })).status).toBe(412)
  expect((await put({ 'if-none-match': '*' })).status).toBe(200)
  expect((await put({ 'if-none-match': '*' })).status).toBe(412)
  expect((await put({ 'if-match': etag })).status).toBe(200)
  expect((await put({ 'if-match': other })).status).toBe(412)
})
