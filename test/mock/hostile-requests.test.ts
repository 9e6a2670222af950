import { randomBytes } from 'node:crypto'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { text } from './helpers/caller.ts'
import { ids, organization, useMock } from './helpers/use-mock.ts'

const lines: string[] = []
const fixture = useMock()
const channels = `${organization}/channels`
const files = `${organization}/buckets/${ids.bucket}/files`
const metadata = `/channels/${ids.channel}/${ids.file}/metadata`
const channel = JSON.stringify({ name: 'a', description: 'b', storage_type: 'datalake' })

describe('a request body with Content-Encoding', () => {
  const encodings = [
    ['gzip', gzipSync],
    ['X-GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (bytes: Buffer) => bytes],
    ['gzip, br', (bytes: Buffer) => brotliCompressSync(gzipSync(bytes))],
  ] as const

  test.each(encodings)('%s is decoded: JSON, files and forms', async (encoding, encode) => {
    const headers = { 'content-encoding': encoding }
    const send = (path: string, type: string, body: string) =>
      fixture.user.call('POST', path, {
        headers: { ...headers, 'content-type': type },
        body: new Uint8Array(encode(Buffer.from(body))),
      })
    expect((await send(channels, 'application/json', channel)).status).toBe(200)
    const { json } = await send(`/channels/${ids.channel}/upload`, 'text/csv', 'a,b\n')
    const file = await fixture.user.get(`/channels/${ids.channel}/${text(json.file_id)}`)
    expect((await fixture.nobody.get(text(file.json.download_uri))).text).toBe('a,b\n')
    const part = (name: string, type: string, content: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"; filename="a.csv"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`
    const form = `${part('file', 'text/csv', 'c,d')}${part('parameters', 'application/json', '{}')}--x--\r\n`
    expect((await send(files, 'multipart/form-data; boundary=x', form)).status).toBe(200)
    expect((await fixture.user.get(`${files}/a.csv`)).json.size).toBe(3)
  })

  test('that is not supported gets 415, and stores nothing', async () => {
    const before = (await fixture.user.get(`/channels/${ids.channel}`)).text.length
    const answer = await fixture.user.upload(ids.channel, randomBytes(1_000_000), { 'content-encoding': 'zstd' })
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'gzip, deflate, br'])
    expect((await fixture.user.get(`/channels/${ids.channel}`)).text).toHaveLength(before)
  })

  test('of more than three codings gets 415', async () => {
    const answer = await fixture.user.upload(ids.channel, 'x', { 'content-encoding': Array(2000).fill('gzip').join() })
    expect([answer.status, answer.json.error_description]).toEqual([415, expect.stringContaining('3 codings')])
  })

  test('that makes gigabytes of a few bytes gets 413, and stores nothing', async () => {
    const bomb = brotliCompressSync(Buffer.alloc(40_000_000))
    const headers = { 'content-encoding': 'br' }
    const before = (await fixture.user.get(`/channels/${ids.channel}`)).text.length
    const answer = await fixture.user.upload(ids.channel, new Uint8Array(bomb), headers)
    expect([answer.status, answer.json.error_description]).toEqual([413, expect.stringContaining('200 times')])
    expect((await fixture.user.get(`/channels/${ids.channel}`)).text).toHaveLength(before)
    const zeros = new Uint8Array(brotliCompressSync(Buffer.alloc(10_000_000)))
    expect((await fixture.user.upload(ids.channel, zeros, headers)).status).toBe(200)
  })

  test('that is malformed gets 400', async () => {
    const answer = await fixture.user.upload(ids.channel, 'not packed', { 'content-encoding': 'gzip' })
    expect([answer.status, answer.json.error_description]).toEqual([400, expect.stringContaining('cannot be decoded')])
  })

  test('that unpacks to more JSON than is accepted gets 413', async () => {
    const body = new Uint8Array(gzipSync(Buffer.alloc(20_000_000, ' ')))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    expect((await fixture.user.call('POST', channels, { headers, body })).status).toBe(413)
  })
})

describe('an odd content type', () => {
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'application/vnd.x+json',
    'json',
    '*/*',
    'application/*',
    ';',
    'a/b; charset=\u00e9',
  ]

  test.each(types)('%s of JSON gets 415', async (type) => {
    for (const [method, path] of [
      ['POST', channels],
      ['PUT', metadata],
      ['PATCH', `${channels}/${ids.channel}`],
    ] as const) {
      const { status } = await fixture.user.call(method, path, { body: channel, headers: { 'content-type': type } })
      expect([path, status]).toEqual([path, 415])
    }
  })

  test.each(types)('%s of a form gets 4xx', async (type) => {
    const { status } = await fixture.user.call('POST', files, { body: 'x', headers: { 'content-type': type } })
    expect([400, 415]).toContain(status)
  })

  test.each(['*/*', 'image/*', 'image', ''])('"%s" of a file gets 400', async (type) => {
    for (const path of [`/channels/${ids.channel}/upload`, `/channels/${ids.channel}`]) {
      const body = path.endsWith('upload') ? { body: new Uint8Array([1]) } : {}
      const { status, json } = await fixture.user.call('POST', path, { ...body, headers: { 'content-type': type } })
      expect([status, text(json.error_description).split(':')[0]]).toEqual([400, 'content-type'])
    }
  })

  test('that is missing gets 400', async () => {
    const bytes = { body: new Uint8Array([1]) }
    for (const [path, init] of [
      [`/channels/${ids.channel}/upload`, bytes],
      [`/channels/${ids.channel}`, {}],
    ] as const) {
      const { status, json } = await fixture.user.call('POST', path, init)
      expect([status, json.error_description]).toEqual([400, 'content-type: is required'])
    }
  })
})

describe('a form', () => {
  const send = (type: string, body: string) =>
    fixture.user.call('POST', files, { headers: { 'content-type': type }, body })
  const part = (name: string, fileName = '') =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${fileName}\r\nContent-Type: a/b\r\n\r\n1\r\n`

  test.each(['', '; filename="a"'])('of thousands of parts gets 400, and stores nothing (%j)', async (fileName) => {
    const before = (await fixture.user.get(files)).text
    const parts = Array.from({ length: 20_000 }, (_, index) => part(`p${index}`, fileName))
    const { status, json } = await send(
      'multipart/form-data; boundary=x',
      `${part('file', fileName)}${parts.join('')}--x--`,
    )
    expect([status, JSON.stringify(json)]).toEqual([400, expect.stringContaining('must not have more than 20 parts')])
    expect((await fixture.user.get(files)).text).toBe(before)
  })

  test.each(['', '""', '"', ';', `"${'x'.repeat(10_000)}"`, '\u00e9', 'x; boundary=y'])(
    'with the boundary %s gets 4xx',
    async (boundary) => {
      expect([400, 415]).toContain((await send(`multipart/form-data; boundary=${boundary}`, 'x')).status)
    },
  )
})

describe('a search with JMESPath', () => {
  const bombs = {
    'a string that is made long': "pad_left('a', `400000000`)",
    'a string that is replaced in': "replace(file_id, 'a', 'b', `200000000`)",
    'a list that doubles': `[@,@]${'|[]|[@,@]'.repeat(26)}`,
    'a value that holds itself twice': `to_string(@)${'|[@,@]'.repeat(40)}|to_string(@)`,
    'a comparison of such values': `[@]${'|[@,@]'.repeat(30)}|@ == @`,
    'a string that doubles': `file_id${"|join('', [@,@])".repeat(40)}`,
    variables: 'let $x = [@,@] in $x',
    'many parts': `[${Array(400).fill('@').join()}]`,
    'deep nesting': `${'['.repeat(900)}`,
    'a long expression': 'a'.repeat(5000),
  }

  test.each(Object.entries(bombs))('of %s ends at once', async (_, q) => {
    const started = performance.now()
    const { status } = await fixture.user.get(`${files}?${new URLSearchParams({ q })}`)
    expect([200, 400]).toContain(status)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

describe('a request with many violations', () => {
  test('gets the first of them, and how many more there are', async () => {
    const body = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`x-abeja-meta-${index}`, { a: [] }]))
    const { status, json } = await fixture.user.call('PUT', `/channels/${ids.channel}/${ids.file}/lifetime`, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    expect(status).toBe(400)
    expect(json.error_description).toMatch(/\(and \d+ more violations\)$/)
    expect(Object.keys(Object(json.error_detail)).length).toBeLessThanOrEqual(50)
  })
})

test('what a request says is escaped where it is printed', async () => {
  const { lineOf } = await import('../../src/mock/server/request-log.ts')
  const odd = '\u001b[31m\u009b31m\u202eabc\u2066\nDELETE /channels/1 200 3 ms'
  lines.push(
    lineOf({
      ...{ time: 0, method: odd, target: odd, operationId: undefined, status: 400, durationMs: 1 },
      violations: [{ location: ['request', odd], severity: 'Error', message: odd }],
    }),
  )
  expect(lines.join()).toMatch(/^[\x20-\x7e]*\n {4}[\x20-\x7e]*$/)
})
