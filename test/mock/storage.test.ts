import { describe, expect, test } from 'vitest'
import { startMock } from '../../src/mock.ts'
import { Caller, text } from './helpers/caller.ts'
import { ids, useMock } from './helpers/use-mock.ts'

const fixture = useMock({ urlLifetime: 60_000 })
const etag = '"781e5e245d69b566979b86e28d23f2c7"' // MD5 of 0123456789
const lastModified = 'Thu, 01 Feb 2024 00:00:00 GMT'

/** The signed URL of a file that holds the ten digits. */
async function digits(): Promise<string> {
  const { json } = await fixture.user.upload(ids.channel, '0123456789', {
    'x-abeja-meta-filename': '%E6%97%A5/%E6%9C%AC.txt',
  })
  return text((await fixture.user.get(`/channels/${ids.channel}/${text(json.file_id)}`)).json.download_uri)
}

describe('a signed URL', () => {
  test('serves the bytes with all that a download needs', async () => {
    const answer = await fixture.nobody.get(await digits())
    expect([answer.status, answer.text]).toEqual([200, '0123456789'])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'access-control-allow-origin': '*',
      'content-disposition': "inline; filename*=UTF-8''%E6%9C%AC.txt",
      'content-length': '10',
      'content-type': 'text/plain',
      etag,
      'last-modified': lastModified,
    })
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/Content-Range.*ETag/)
  })

  test('responds to HEAD like GET, without the bytes', async () => {
    const answer = await fixture.nobody.call('HEAD', await digits())
    expect([answer.status, answer.text, answer.headers.get('content-length')]).toEqual([200, '', '10'])
    expect(answer.headers.get('etag')).toBe(etag)
  })

  test('is rejected once it has expired, and a fresh one works', async () => {
    const url = await digits()
    fixture.passes(59_999)
    expect((await fixture.nobody.get(url)).status).toBe(200)
    fixture.passes(1)
    const expired = await fixture.nobody.get(url)
    expect([expired.status, expired.headers.get('content-type')]).toEqual([403, 'application/xml'])
    expect(expired.text).toContain('Request has expired')
    const file = new URL(url).pathname.split('/').at(-1)
    const fresh = text((await fixture.user.get(`/channels/${ids.channel}/${file}`)).json.download_uri)
    expect((await fixture.nobody.get(fresh)).status).toBe(200)
  })

  test('says when it expires', async () => {
    const { json } = await fixture.user.get(`/channels/${ids.channel}/${ids.file}`)
    expect(json.url_expires_on).toBe('2024-02-01T00:01:00+00:00')
  })

  test('is rejected together with a credential', async () => {
    const answer = await fixture.user.get(await digits())
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('Only one auth mechanism allowed')])
  })

  test('is rejected with anything changed', async () => {
    const url = await digits()
    const forged = [
      url.replace(/signature=..../, 'signature=0000'),
      url.replace(/expires=\d+/, 'expires=99999999999'),
      url.replace(/&signature=.*/, ''),
      url.replace('/download/', '/upload/'),
      url.replace(ids.channel, ids.inputChannel),
      url.replaceAll('-', '%2D'),
    ]
    for (const each of forged) expect((await fixture.nobody.get(each)).status, each).toBe(403)
  })

  test('takes no other method', async () => {
    const answer = await fixture.nobody.call('PUT', await digits(), { body: 'x' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  test('works for a bucket, whatever its location looks like', async () => {
    const path = `/organizations/${ids.organization}/buckets/${ids.bucket}/files`
    await fixture.user.uploadForm(path, '日本/a b%2F?#.txt', 'bytes')
    const got = await fixture.user.get(`${path}/${encodeURIComponent('日本')}/${encodeURIComponent('a b%2F?#.txt')}`)
    expect((await fixture.nobody.get(text(got.json.download_uri))).text).toBe('bytes')
  })

  test.each([
    ['100%25.txt', '100%2525.txt'],
    ['a%2Fb', 'a%252Fb'],
  ])('gives a file the name %s as it was encoded once', async (sent, name) => {
    const { json } = await fixture.user.upload(ids.channel, 'x', { 'x-abeja-meta-filename': encodeURIComponent(sent) })
    const file = await fixture.user.get(`/channels/${ids.channel}/${text(json.file_id)}`)
    const { headers } = await fixture.nobody.get(text(file.json.download_uri))
    expect(headers.get('content-disposition')).toBe(`inline; filename*=UTF-8''${name}`)
  })

  test('shows an uploaded page in a sandbox', async () => {
    const { json } = await fixture.user.upload(ids.channel, '<script>1</script>', { 'content-type': 'text/html' })
    const file = await fixture.user.get(`/channels/${ids.channel}/${text(json.file_id)}`)
    const { headers } = await fixture.nobody.get(text(file.json.download_uri))
    expect(headers.get('content-security-policy')).toBe('sandbox')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('a signed URL behind a proxy', () => {
  const path = `/channels/${ids.channel}/${ids.file}`
  const urlWith = async (headers: Record<string, string>) =>
    new URL(text((await fixture.user.get(path, headers)).json.download_uri))

  test.each([
    [{}, /^http:\/\/127\.0\.0\.1:\d+$/],
    [{ 'x-forwarded-proto': 'https' }, /^https:\/\/127\.0\.0\.1:\d+$/],
    [{ 'x-forwarded-proto': 'https', 'x-forwarded-host': 'dev.example:8443' }, /^https:\/\/dev\.example:8443$/],
    [{ 'x-forwarded-proto': 'HTTPS, http', 'x-forwarded-host': 'dev.example, inner' }, /^https:\/\/dev\.example$/],
    [{ 'x-forwarded-proto': 'ftp', 'x-forwarded-host': 'a/b' }, /^http:\/\/127\.0\.0\.1:\d+$/],
  ])('starts with the origin of %j', async (headers: Record<string, string>, origin) => {
    expect((await urlWith(headers)).origin).toMatch(origin)
  })

  test('starts with the public URL if there is one, and works without its prefix', async () => {
    const mock = await startMock({ publicUrl: 'https://dev.example/mock/' })
    const { json } = await new Caller(mock.url, 'Bearer x').get(path, { 'x-forwarded-host': 'other.example' })
    const url = text(json.download_uri)
    expect(url).toMatch(/^https:\/\/dev\.example\/mock\/_storage\//)
    const inner = url.replace('https://dev.example/mock', mock.url)
    expect((await new Caller(mock.url).get(inner)).text).toContain('JFIF')
    await mock.stop()
  })

  test('does not concern the page, which links within its own server', async () => {
    const mock = await startMock({ publicUrl: 'https://dev.example/mock' })
    const page = await new Caller(mock.url).get(`/_mock?open=channel:${ids.channel}`)
    expect(page.text).toContain('<a href="/_storage/download/')
    await mock.stop()
  })
})

describe('an error that is asked for on a signed URL', () => {
  test('is, for 403, the response of an expired URL', async () => {
    const url = await digits()
    const wanted = await fixture.nobody.get(`${url}&__code=403`)
    fixture.passes(60_000)
    const expired = await fixture.nobody.get(url)
    expect([wanted.status, wanted.text]).toEqual([expired.status, expired.text])
  })

  test.each([
    [404, 'NoSuchKey', null],
    [418, 'InvalidRequest', null],
    [500, 'InternalError', null],
    [503, 'SlowDown', '1'],
  ])('is in the words of object storage for %i', async (code, word, retryAfter) => {
    const url = await digits()
    const inQuery = await fixture.nobody.get(`${url}&__code=${code}`)
    const inHeader = await fixture.nobody.get(url, { prefer: `code=${code}` })
    expect([inQuery.status, inQuery.text]).toEqual([code, expect.stringContaining(`<Code>${word}</Code>`)])
    expect([inHeader.status, inHeader.text]).toEqual([inQuery.status, inQuery.text])
    expect(inQuery.headers.get('retry-after')).toBe(retryAfter)
  })

  test('keeps an upload out', async () => {
    const ticket = await fixture.user.call('POST', `/channels/${ids.channel}`, { headers: { 'content-type': 'a/b' } })
    const url = text(ticket.json.upload_url)
    const file = `/channels/${ids.channel}/${text(ticket.json.file_id)}`
    expect((await fixture.nobody.call('PUT', `${url}&__code=500`, { body: 'x' })).status).toBe(500)
    expect((await fixture.user.get(file)).status).toBe(404)
    expect((await fixture.nobody.call('PUT', url, { body: 'x' })).status).toBe(200)
    expect((await fixture.user.get(file)).status).toBe(200)
  })

  test('does not help a forged URL, and cannot be a success', async () => {
    const url = await digits()
    const forged = await fixture.nobody.get(`${url.replace(/signature=..../, 'signature=0000')}&__code=503`)
    expect(forged.status).toBe(403)
    expect((await fixture.nobody.get(`${url}&__code=204`)).text).toBe('0123456789')
  })
})

describe('a range', () => {
  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=-10', '0123456789', 'bytes 0-9/10'],
    ['bytes=-999', '0123456789', 'bytes 0-9/10'],
  ])('%s gets that part', async (range, part, contentRange) => {
    const answer = await fixture.nobody.get(await digits(), { range })
    expect([answer.status, answer.text, answer.headers.get('content-range')]).toEqual([206, part, contentRange])
    expect(answer.headers.get('content-length')).toBe(String(part.length))
  })

  test.each(['bytes=-0', 'bytes=-5'])('%s of a file without bytes cannot be satisfied', async (range) => {
    const { json } = await fixture.user.upload(ids.channel, '')
    const file = await fixture.user.get(`/channels/${ids.channel}/${text(json.file_id)}`)
    expect((await fixture.nobody.get(text(file.json.download_uri), { range })).status).toBe(416)
  })

  test('beyond the end gets 416 with the length', async () => {
    const answer = await fixture.nobody.get(await digits(), { range: 'bytes=10-' })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  })

  test.each(['bytes=0-1,4-5', 'lines=0-3', 'bytes=x'])('%s gets the whole file', async (range) => {
    const answer = await fixture.nobody.get(await digits(), { range })
    expect([answer.status, answer.text]).toEqual([200, '0123456789'])
  })

  test.each([
    [etag, 206],
    [lastModified, 206],
    ['"another"', 200],
    ['Wed, 31 Jan 2024 00:00:00 GMT', 200],
  ])('with If-Range %s gets %i', async (condition, status) => {
    const answer = await fixture.nobody.get(await digits(), { range: 'bytes=5-', 'if-range': condition })
    expect([answer.status, answer.text]).toEqual([status, status === 206 ? '56789' : '0123456789'])
  })

  test('is not for what the client has already', async () => {
    const answer = await fixture.nobody.get(await digits(), { 'if-none-match': etag })
    expect([answer.status, answer.text]).toEqual([304, ''])
  })
})
