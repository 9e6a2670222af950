import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { text } from './helpers/caller.ts'
import { ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock({ allowHost: ['x', 'example.com'], allowOrigin: ['https://app.example'] })
const path = `${organization}/channels`

describe('a path', () => {
  test.each([`${path}/`, `/channels/${ids.channel}/`, `${organization}/deployments/${ids.deployment}/triggers/`])(
    'may end with a slash: %s',
    async (slashed) => {
      const [with_, without] = [await fixture.user.get(slashed), await fixture.user.get(slashed.slice(0, -1))]
      expect(with_.status).toBe(200)
      expect(Object.keys(with_.json)).toEqual(Object.keys(without.json))
    },
  )

  test('with an empty file id deletes nothing', async () => {
    const answer = await fixture.user.delete(`/channels/${ids.channel}/`)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
    expect(answer.json.error).toBe('method_not_allowed')
  })

  test('that does not exist gets 404 in the form of the platform', async () => {
    const { status, json } = await fixture.user.get('/nowhere')
    expect({ status, json }).toEqual({
      status: 404,
      json: { error: 'not_found', error_description: 'there is no /nowhere' },
    })
  })

  test('is taken as it was sent: two dots lead nowhere', async () => {
    const request = `GET ${path}/../../.. HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n`
    expect(await raw(request)).toMatch(/^HTTP\/1.1 404 /)
  })

  test('may be a whole URL, as proxies send it', async () => {
    const request = `GET http://example.com${path}?limit=1 HTTP/1.1\r\nHost: example.com\r\nAuthorization: Bearer x\r\nConnection: close\r\n\r\n`
    expect(await raw(request)).toMatch(/^HTTP\/1.1 200 /)
  })
})

describe('HEAD and OPTIONS', () => {
  test('HEAD is GET without a body', async () => {
    const [head, get] = [await fixture.user.call('HEAD', path), await fixture.user.get(path)]
    expect([head.status, head.text]).toEqual([200, ''])
    expect(head.headers.get('content-length')).toBe(String(get.text.length))
  })

  test('a preflight allows what is asked for, without a credential', async () => {
    const { status, headers } = await fixture.nobody.call('OPTIONS', path, {
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-abeja-meta-filename',
      },
    })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-methods')).toContain('POST')
    expect(headers.get('access-control-allow-headers')).toBe('authorization,x-abeja-meta-filename')
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(headers.get('access-control-allow-credentials')).toBe('true')
    expect(headers.get('vary')).toBe('Origin, Access-Control-Request-Headers')
  })

  test('OPTIONS without a preflight says what is possible', async () => {
    const { status, headers } = await fixture.user.call('OPTIONS', path)
    expect([status, headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
  })

  test('every response can be read by a page that sends credentials, errors and downloads too', async () => {
    const origin = 'https://app.example'
    const file = await fixture.user.get(`/channels/${ids.channel}/${ids.file}`, { origin })
    const download = await fixture.nobody.get(text(file.json.download_uri), { origin })
    for (const { headers } of [file, download, await fixture.nobody.get(path, { origin })]) {
      expect(headers.get('access-control-allow-origin')).toBe(origin)
      expect(headers.get('access-control-allow-credentials')).toBe('true')
      expect(headers.get('vary')).toBe('Origin')
    }
  })

  test('every response without an origin can be read by any page, errors too', async () => {
    const { headers } = await fixture.nobody.get(path)
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-expose-headers')).toContain('sl-violations')
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
  })
})

describe('a malformed request', () => {
  test('with too many headers is rejected readably for a page, and logged', async () => {
    const answer = await raw(
      `GET ${path}?limit=1 HTTP/1.1\r\nHost: x\r\nOrigin: https://app.example\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 431 Request Header Fields Too Large\r\n/)
    expect(answer).toContain('access-control-allow-origin: https://app.example\r\n')
    expect(answer).toContain('{"error":"request_header_fields_too_large"')
    expect(fixture.mock.requests.at(-1)).toMatchObject({ method: 'GET', target: `${path}?limit=1`, status: 431 })
  })

  test('that is not HTTP is rejected with the reason, and logged', async () => {
    const answer = await raw('nonsense\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/)
    expect(answer).toContain('access-control-allow-origin: *\r\n')
    expect(answer).toContain('malformed HTTP: ')
    expect(fixture.mock.requests.at(-1)).toMatchObject({ method: '-', target: '-', status: 400 })
  })
})

describe('a body', () => {
  const post = (body: string, type: string) =>
    fixture.user.call('POST', path, { body, headers: { 'content-type': type } })

  test('of malformed JSON gets 400 in the form of the platform', async () => {
    const { status, json, headers } = await post('{"name": ', 'application/json')
    expect([status, json.error]).toEqual([400, 'bad_request'])
    expect(json.error_description).toMatch(/^body: malformed JSON/)
    expect(headers.get('sl-violations')).toContain('malformed JSON')
  })

  test('of another type gets 415', async () => {
    expect((await post('name=x', 'application/x-www-form-urlencoded')).status).toBe(415)
    expect((await post('x', 'nonsense')).status).toBe(415)
  })

  test('that is missing is named', async () => {
    const { status, json } = await fixture.user.post(path)
    expect([status, json.error_description]).toEqual([400, 'body: is required'])
  })

  test.each([
    ['of 10,001 values', JSON.stringify(Array(10_001).fill(1)), 'must not contain more than 10000 values'],
    ['of 101 levels', '['.repeat(101) + ']'.repeat(101), 'must not be nested more than 100 levels deep'],
  ])('of JSON %s is rejected', async (_, body, reason) => {
    const { status, json: error } = await post(body, 'application/json')
    expect([status, error.error_description]).toEqual([400, `body: ${reason}`])
  })

  test('of JSON with many brackets and commas in a string is accepted', async () => {
    const name = `"${'[{,\\'.repeat(20_000)}"`
    const body = JSON.stringify({ name: 'a', description: name, storage_type: 'file' })
    expect((await post(body, 'application/json')).status).toBe(200)
  })

  test('of JSON beyond 1.5 MB gets 413', async () => {
    expect((await post(`"${'x'.repeat(1.6 * 1024 * 1024)}"`, 'application/json')).status).toBe(413)
  })

  test('that the operation does not have gets 415', async () => {
    expect((await fixture.user.post(`${path}/${ids.channel}/archive`, {})).status).toBe(415)
  })

  test('with a name that no header can contain is rejected by name', async () => {
    const { status, json, headers } = await fixture.user.post(path, { 日本: 1 })
    expect(status).toBe(400)
    expect(JSON.stringify(json)).toContain('日本')
    expect(headers.get('sl-violations')).toContain('\\u65e5\\u672c')
  })

  test('that breaks off leaves nothing behind', async () => {
    const before = await fixture.user.get(`/channels/${ids.channel}`)
    const socket = connect(fixture.mock.port, '127.0.0.1')
    socket.write(
      `POST /channels/${ids.channel}/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Length: 100\r\n\r\nhalf`,
    )
    await once(socket, 'ready')
    socket.destroy()
    await once(socket, 'close')
    const after = await fixture.user.get(`/channels/${ids.channel}`)
    expect(JSON.parse(after.text).files).toHaveLength(JSON.parse(before.text).files.length)
  })
})

/** Sends bytes as they are, and answers what came back. */
async function raw(request: string): Promise<string> {
  const socket = connect(fixture.mock.port, '127.0.0.1')
  socket.setEncoding('utf8').write(request)
  let answer = ''
  for await (const chunk of socket) answer += chunk
  return answer
}
