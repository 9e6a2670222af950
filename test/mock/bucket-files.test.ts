import { describe, expect, test } from 'vitest'
import { type Answered, type Caller, list, object, text } from './helpers/caller.ts'
import { basic, day, ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const buckets = `${organization}/buckets`
const files = `${buckets}/1234567890123/files`

const put = (location: string, content = location) => fixture.user.uploadForm(files, location, content)
const entriesIn = (answer: Answered) => {
  expect(answer.status, answer.text).toBe(200)
  return list(answer.json.files).map(({ file_id }) => text(file_id))
}

describe('buckets', () => {
  test('are created, changed, archived and listed', async () => {
    const created = await fixture.user.post(buckets, { name: 'new', description: 'why' })
    const id = text(/"bucket_id":"(\d+)"/.exec(created.text)?.[1])
    expect((await fixture.user.patch(`${buckets}/${id}`, { name: '新' })).json.bucket).toMatchObject({
      name: '新',
      description: 'why',
    })
    expect((await fixture.user.post(`${buckets}/${id}/archive`)).json.bucket).toMatchObject({ archived: true })
    const got = await fixture.user.get(`${buckets}/${id}`)
    // The reference shows `archived` in the answers to archiving and unarchiving alone.
    expect(object(got.json.bucket)).not.toHaveProperty('archived')
    const page = await fixture.user.get(`${buckets}?limit=1&offset=2`)
    expect(page.json).toMatchObject({ buckets: [got.json.bucket], limit: 1, offset: 2, has_next: false })
    expect((await fixture.user.post(`${buckets}/${id}/unarchive`)).json.bucket).toMatchObject({ archived: false })
    expect((await fixture.user.get(`${buckets}/999`)).json.error_description).toBe('bucket not found')
  })
})

describe('an upload to a bucket', () => {
  test('is acknowledged, got and downloaded', async () => {
    const answer = await fixture.user.uploadForm(files, 'target/sample.jpg', 'hello', {
      type: 'image/jpeg',
      parameters: '{"lifetime":"1day"}',
      headers: { 'x-abeja-meta-filename': 'target/sample.jpg' },
    })
    expect(answer.status).toBe(200)
    expect(answer.headers.has('sl-violations')).toBe(false)
    expect(answer.json).toMatchObject({
      file_id: 'target/sample.jpg',
      content_type: 'image/jpeg',
      lifetime: '1day',
      uploaded_at: null,
      metadata: { 'x-abeja-meta-filename': 'target/sample.jpg' },
    })
    const got = await fixture.user.get(`${files}/target/sample.jpg`)
    expect(got.json).toMatchObject({ is_file: true, size: 5, etag: '5d41402abc4b2a76b9719d911017c592' })
    expect((await fixture.nobody.get(text(got.json.download_uri))).text).toBe('hello')
  })

  test.each([
    '日本/🍣.png',
    '100%25.txt',
    'a+b&c;d.txt',
    '.hidden/.x',
    '~/x',
    "a*'()!.txt",
    'a b/c d.txt',
    'q"uote.txt',
  ])('keeps the location %s', async (location) => {
    // Browsers and undici send a quote in a file name as %22, and nobody can tell the two apart.
    const stored = location.replaceAll('"', '%22')
    expect((await put(location)).json.file_id).toBe(stored)
    const path = stored.split('/').map(encodeURIComponent).join('/')
    const got = await fixture.user.get(`${files}/${path}`)
    expect(got.json.file_id).toBe(`/${stored}`)
    expect((await fixture.nobody.get(text(got.json.download_uri))).text).toBe(location)
  })

  test('to the same location takes the place of the first', async () => {
    await put('a.txt', 'first')
    await put('a.txt', 'second')
    const got = await fixture.user.get(`${files}/a.txt`)
    expect((await fixture.nobody.get(text(got.json.download_uri))).text).toBe('second')
    expect(entriesIn(await fixture.user.get(files))).toEqual(['/a.txt'])
  })

  test('goes when its lifetime is over', async () => {
    await fixture.user.uploadForm(files, 'a.txt', 'x', { parameters: '{"lifetime":"1week"}' })
    fixture.passes(7 * day)
    expect((await fixture.user.get(`${files}/a.txt`)).status).toBe(404)
  })

  test.each(['/a', 'a/', 'a//b', './a', 'a/../b', '..', ''])('is rejected for the location "%s"', async (location) => {
    const { status, json } = await put(location, 'x')
    expect(status).toBe(400)
    expect(json.error_description).toMatch(/^file: /)
  })

  test.each([
    ['{"lifetime":"2days"}', 'parameters.lifetime'],
    ['{"lifetime":7}', 'parameters.lifetime'],
    ['{', 'parameters'],
    ['[]', 'parameters'],
  ])('is refused for the parameters %s', async (parameters, field) => {
    const { status, json } = await fixture.user.uploadForm(files, 'a.txt', 'x', { parameters })
    expect([status, text(json.error_description).split(':')[0]]).toEqual([400, field])
  })

  test('is rejected without one of its parts, and with a third', async () => {
    const only = (name: string, ...more: string[]) => {
      const form = new FormData()
      for (const part of [name, ...more]) form.append(part, new Blob(['{}'], { type: 'a/b' }), part)
      return fixture.user.call('POST', files, { body: form })
    }
    expect((await only('file')).json.error_description).toBe('parameters: is required')
    expect((await only('parameters')).json.error_description).toBe('file: is required')
    expect((await only('file', 'parameters', 'extra')).json.error_description).toBe('extra: is unknown')
  })

  test.each([
    ['text/csv; charset=Shift_JIS', 'text/csv; charset=Shift_JIS'],
    ['Text/HTML;charset="utf-8"; x=1', 'Text/HTML;charset="utf-8"; x=1'],
  ])('keeps the content type %s', async (type, kept) => {
    const { status, json } = await rawForm(fixture.user, type)
    expect([status, json.content_type]).toEqual([200, kept])
    const { download_uri } = (await fixture.user.get(`${files}/a.csv`)).json
    const { headers, text: content } = await fixture.nobody.get(text(download_uri))
    expect([headers.get('content-type'), content]).toEqual([kept, 'a,b'])
  })

  test.each([16_384, 200_000])('keeps the content type when %i bytes follow it at once', async (size) => {
    const { json } = await rawForm(fixture.user, 'text/csv; charset=Shift_JIS', '', 'x'.repeat(size))
    expect(json.content_type).toBe('text/csv; charset=Shift_JIS')
    expect((await fixture.user.get(`${files}/a.csv`)).json.size).toBe(size)
  })

  test('keeps the content type of its own part, when the other comes first', async () => {
    const other =
      '--x\r\nContent-Disposition: form-data; name="parameters"; filename="file"\r\nContent-Type: a/b; c=d\r\n\r\n{}\r\n'
    const { json } = await rawForm(fixture.user, 'text/csv; charset=Shift_JIS', other)
    expect(json.content_type).toBe('text/csv; charset=Shift_JIS')
  })

  test.each([undefined, ''])('is rejected without a content type (%j)', async (type) => {
    const { status, json } = await rawForm(fixture.user, type)
    expect([status, json.error_description]).toEqual([400, 'file: must have a Content-Type'])
  })

  test.each([
    ['a field that is not known', 'extra', 'extra: is unknown'],
    ['the file as a field', 'file', 'file: must have a filename: the location to store the file at'],
    ['its parameters twice', 'parameters', 'parameters: must not be sent more than once'],
  ])('is rejected with %s', async (_, name, reason) => {
    const form = new FormData()
    form.append('file', new Blob(['x'], { type: 'text/plain' }), 'a.txt')
    form.append('parameters', '{}')
    form.append(name, '{}')
    const { status, json } = await fixture.user.call('POST', files, { body: form })
    expect([status, json.error_description]).toEqual([400, reason])
    expect((await fixture.user.get(`${files}/a.txt`)).status).toBe(404)
  })

  test('is rejected with a second file, and with parameters that are too long or have unknown members', async () => {
    const form = new FormData()
    for (const name of ['a.txt', 'b.txt']) form.append('file', new Blob(['x'], { type: 'text/plain' }), name)
    form.append('parameters', '{}')
    const twice = await fixture.user.call('POST', files, { body: form })
    expect(twice.json.error_description).toBe('file: must not be sent more than once')
    const long = await fixture.user.uploadForm(files, 'a.txt', 'x', { parameters: `{}${' '.repeat(70_000)}` })
    expect(long.json.error_description).toBe('parameters: must not be longer than 65536 bytes')
    const unknown = await fixture.user.uploadForm(files, 'a.txt', 'x', { parameters: '{"ttl":1}' })
    expect(unknown.json.error_description).toBe('parameters.ttl: is unknown')
    expect(entriesIn(await fixture.user.get(files))).toEqual([])
  })

  test.each(['csv', 'text /csv', 'text/csv charset=utf-8', 'text/*', '*/*'])(
    'is rejected for the content type "%s"',
    async (type) => {
      const { status, json } = await rawForm(fixture.user, type)
      expect([status, json.error_description]).toEqual([400, `file: "${type}" is not a media type, such as image/jpeg`])
    },
  )

  test('is rejected when it is not a form, or malformed', async () => {
    const json = await fixture.user.post(files, {})
    expect(json.status).toBe(415)
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const broken = await fixture.user.call('POST', files, { headers, body: '--x\r\nnothing' })
    expect([broken.status, text(broken.json.error_description).split(':')[0]]).toEqual([400, 'body'])
  })

  test('is not for datasources', async () => {
    const datasource = fixture.as(basic(`datasource-${ids.datasource}`, 'any'))
    expect((await datasource.uploadForm(files, 'a.txt', 'x')).status).toBe(403)
  })
})

describe('a folder of a bucket', () => {
  const locations = ['a.txt', 'b/1.txt', 'b/2.txt', 'b/c/3.txt', 'd.txt']

  test('lists its files and folders, folders with a trailing slash', async () => {
    for (const location of locations) await put(location)
    expect(entriesIn(await fixture.user.get(files))).toEqual(['/a.txt', '/b/', '/d.txt'])
    for (const folder of ['b', '/b', 'b/', '/b/']) {
      const answer = await fixture.user.get(`${files}?target_dir=${encodeURIComponent(folder)}`)
      expect(entriesIn(answer)).toEqual(['/b/1.txt', '/b/2.txt', '/b/c/'])
    }
    const root = await fixture.user.get(`${files}?target_dir=%2F`)
    expect(list(root.json.files)[1]).toEqual({ file_id: '/b/', is_file: false })
    expect(entriesIn(await fixture.user.get(`${files}?target_dir=nothing`))).toEqual([])
  })

  test('is listed a page at a time', async () => {
    for (const location of locations) await put(location)
    const first = await fixture.user.get(`${files}?items_per_page=2`)
    expect(entriesIn(first)).toEqual(['/a.txt', '/b/'])
    expect(first.json.last_file_id).toBe('/b/')
    const last = await fixture.user.get(`${files}?items_per_page=2&last_file_id=${encodeURIComponent('/b/')}`)
    expect(entriesIn(last)).toEqual(['/d.txt'])
    expect(last.json.last_file_id).toBeNull()
  })

  test.each([
    ["contains(file_id, 'ddd')", ['/aaa/bbb/ddd']],
    ['size == `4`', ['/aaa/bbb/ccc', '/aaa/bbb/ddd']],
    ['is_file && metadata."x-abeja-meta-filename" == \'000000006197.jpg\'', ['/aaa/bbb/ccc', '/aaa/bbb/ddd']],
    ["[?ends_with(file_id, 'ccc')]", ['/aaa/bbb/ccc']],
    ['files[?size > `9`]', []],
  ])('is searched with %s', async (q, expected) => {
    const path = `${buckets}/${ids.bucket}/files?${new URLSearchParams({ target_dir: '/aaa/bbb', q })}`
    expect(entriesIn(await fixture.user.get(path))).toEqual(expected)
  })

  // The folder /a/b/ has no size, and JMESPath has no function that takes nothing.
  test.each([
    ['abs(size) == `4`', ['/a/b']],
    ['[?abs(size) == `4`]', ['/a/b']],
    ['files[?length(metadata) > `0`]', ['/a/b']],
    ['length(size)', []],
  ])('is searched with %s, which cannot be asked of a folder', async (q, expected) => {
    await fixture.user.uploadForm(files, 'a/b', 'four', { headers: { 'x-abeja-meta-filename': 'b' } })
    await put('a/b/c')
    const path = `${files}?${new URLSearchParams({ target_dir: '/a', q })}`
    expect(entriesIn(await fixture.user.get(`${files}?target_dir=/a`))).toEqual(['/a/b', '/a/b/'])
    expect(entriesIn(await fixture.user.get(path))).toEqual(expected)
  })

  test.each(['[?', 'nothing(size)', 'contains(size)', '$x'])('is not searched with %s', async (q) => {
    await put('a.txt')
    const { status, json } = await fixture.user.get(`${files}?q=${encodeURIComponent(q)}`)
    expect([status, text(json.error_description).split(':')[0]]).toEqual([400, 'q'])
  })
})

describe('a file of a bucket', () => {
  test.each(['aaa/bbb/ccc', 'aaa%2Fbbb%2Fccc', '/aaa/bbb/ccc', '%2Faaa%2Fbbb%2Fccc', 'aaa/bbb/ccc/'])(
    'is found as %s',
    async (id) => {
      const { json } = await fixture.user.get(`${buckets}/${ids.bucket}/files/${id}`)
      expect(json.file_id).toBe('/aaa/bbb/ccc')
    },
  )

  test('is not found under a path that leads out of its bucket', async () => {
    const path = `${buckets}/${ids.bucket}/files/..%2F..%2F1234567890123`
    expect((await fixture.user.get(path)).status).toBe(404)
  })
})

/** A form written by hand: FormData would tidy up the content type. */
function rawForm(user: Caller, type: string | undefined, before = '', content = 'a,b'): Promise<Answered> {
  const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`
  const body =
    `${before}--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n${typeLine}\r\n${content}\r\n` +
    (before === '' ? '--x\r\nContent-Disposition: form-data; name="parameters"\r\n\r\n{}\r\n' : '')
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  return user.call('POST', files, { headers, body: `${body}--x--\r\n` })
}
