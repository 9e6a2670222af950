import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exampleSeed } from '../../src/mock/seed/example-seed.ts'
import { type Seed, startMock } from '../../src/mock.ts'
import { Caller, list, text } from './helpers/caller.ts'
import { startedMocks } from './helpers/started-mocks.ts'
import { ids, organization } from './helpers/use-mock.ts'

const start = startedMocks()
const channels = `${organization}/channels`
const countOf = async (user: Caller) => list((await user.get(channels)).json.channels).length

describe('a seed', () => {
  test('can be empty', async () => {
    const { user } = await start({ seed: 'empty' })
    expect(await countOf(user)).toBe(0)
  })

  test('can be a file, with files beside it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seed-'))
    await writeFile(join(folder, 'hello.txt'), 'from disk')
    const seed = {
      channels: [
        {
          channel_id: '7',
          name: 'seven',
          datasources: ['d'],
          files: [
            { file_id: 'f', path: 'hello.txt', metadata: { filename: '日.txt' } },
            { text: 'inline', lifetime: '1day' },
          ],
        },
      ],
      buckets: [{ bucket_id: '8', files: [{ location: 'a/b.txt', base64: 'aGk=' }] }],
      triggers: [{ trigger_id: 't', deployment_id: 'd', input_service_id: '7' }],
    }
    await writeFile(join(folder, 'seed.json'), JSON.stringify(seed))
    const { mock, user } = await start({ seed: join(folder, 'seed.json') })
    const file = await user.get('/channels/7/f')
    expect(file.json.metadata).toMatchObject({ 'x-abeja-meta-filename': '%E6%97%A5.txt' })
    expect((await new Caller(mock.url).get(text(file.json.download_uri))).text).toBe('from disk')
    expect((await user.get(`${organization}/buckets/8/files/a/b.txt`)).json.size).toBe(2)
    expect((await user.get(`${organization}/deployments/d/triggers/t`)).status).toBe(200)
    expect((await user.get(`${organization}/channels/7/datasources`)).text).toContain('"datasource_id":"d"')
    await rm(folder, { recursive: true })
  })

  const file = (more: object) => ({ channels: [{ channel_id: '1', files: [{}, more] }] })
  const entry = (location: unknown) => ({ buckets: [{ bucket_id: 'b', files: [{ location }] }] })
  const wrong: readonly (readonly [unknown, string])[] = [
    [[], 'it must be an object'],
    [{ channels: [{ channel_id: '1', files: [{ base64: `${' '.repeat(200_000)}!` }] }] }, 'base64 must be base64'],
    [{ channels: [{ channel_id: '1', files: [{ base64: 'YQ=b' }] }] }, 'base64 must be base64'],
    [{ channels: [{ channel_id: '1', files: [{ base64: 'YQ===' }] }] }, 'base64 must be base64'],
    [JSON.parse('{ "__proto__": [] }'), '__proto__ is unknown'],
    [{ channels: [{ name: 'x' }] }, 'channels[0].channel_id is missing'],
    [{ channel: [] }, 'channel is unknown'],
    [{ constructor: [] }, 'constructor is unknown'],
    [{ channels: [{ channel_id: '1', storage_type: 'tape' }] }, 'storage_type must be one of datalake, file'],
    [{ channels: [{ channel_id: '1', display_name: 'x' }] }, 'channels[0].display_name is unknown'],
    [{ channels: [{ channel_id: 'a/b' }] }, 'channels[0].channel_id must be an id'],
    [{ channels: [{ channel_id: '1', created_at: 'today' }] }, 'channels[0].created_at must be a time, such as'],
    [entry(1), 'buckets[0].files[0].location must be a string'],
    [entry('/a.txt'), 'buckets[0].files[0].location must not begin or end with a slash'],
    [entry('a//b.txt'), 'buckets[0].files[0].location must not have two slashes in a row'],
    [entry('../x'), 'buckets[0].files[0].location must not have a . or .. in it'],
    [file({ metadata: { size: 1 } }), 'channels[0].files[1].metadata must hold strings only (not so: size)'],
    [file({ metadata: 'x' }), 'channels[0].files[1].metadata must be an object'],
    [file({ metadata: { 'x-abeja-meta-a': 'x' } }), 'metadata must have keys without the prefix x-abeja-meta-'],
    [file({ uploaded_at: '2024-13-01T00:00:00Z' }), 'channels[0].files[1].uploaded_at must be a time'],
    [file({ uploaded_at: '2024-02-30T00:00:00Z' }), 'channels[0].files[1].uploaded_at must be a time'],
    [file({ uploaded_at: '2024-01-31T09:30:00' }), 'channels[0].files[1].uploaded_at must be a time'],
    [file({ content_type: 'csv' }), 'channels[0].files[1].content_type must be a media type'],
    [file({ content_type: 'text/csv\r\nx: y' }), 'channels[0].files[1].content_type must be a media type'],
    [file({ lifetime: '2days' }), 'channels[0].files[1].lifetime must be one of 1day'],
    [file({ base64: '日本' }), 'channels[0].files[1].base64 must be base64'],
    [file({ text: 'a', path: 'b' }), 'channels[0].files[1] must have one of text and path, not both'],
    [trigger({ retry_count: -1 }), 'triggers[0].retry_count must be a whole number'],
    [trigger({ runs: [{ file_id: 'f', created_at: 'x' }] }), 'triggers[0].runs[0].created_at must be a time'],
  ]

  test.each(wrong)('with a mistake is rejected with its place: %j', async (seed, reason) => {
    await inFolder(async (folder) => {
      const path = join(folder, 'seed.json')
      await writeFile(path, JSON.stringify(seed))
      const outcome = startMock({ seed: path })
      await expect(outcome).rejects.toThrow(`${path} is not a valid seed: `)
      await expect(outcome).rejects.toThrow(reason)
    })
  })

  test('can extend the examples', async () => {
    const { user } = await start({ seed: { ...exampleSeed(), buckets: [] } })
    const file = await user.get(`/channels/${ids.channel}/${ids.file}`)
    expect(file.status).toBe(200)
  })

  test('that is an object is checked as a file is', async () => {
    const outcome = startMock({ seed: { buckets: [{ bucket_id: 'b', files: [{ location: '/a' }] }] } })
    await expect(outcome).rejects.toThrow('seed: the object is not a valid seed: buckets[0].files[0].location must not')
    const { user } = await start({ seed: { channels: [{ channel_id: '1', files: [{ text: 'x' }] }] } })
    expect(await countOf(user)).toBe(1)
  })
})

describe('a file of malformed JSON', () => {
  test.each([
    ['seed', (path: string) => ({ seed: path })],
    ['credentials', (path: string) => ({ credentials: path })],
  ])('is named when it is the %s', async (_, options) => {
    await inFolder(async (folder) => {
      const path = join(folder, 'broken.json')
      await writeFile(path, '{"channels": [')
      await expect(startMock(options(path))).rejects.toThrow(`${path} is not valid JSON: `)
    })
  })

  test.each([
    ['{', 'is not valid JSON: '],
    ['[]', 'is not the state of a mock server'],
  ])('is named when it is the state of a folder: %s', async (content, reason) => {
    await inFolder(async (folder) => {
      const path = join(folder, 'state.json')
      await writeFile(path, content)
      await expect(startMock({ dataDir: folder })).rejects.toThrow(`${path} ${reason}`)
    })
  })
})

describe('the page', () => {
  test('shows a location with a slash in front, which an older version took', async () => {
    const { mock, user } = await start({ seed: entrySeed('a/b.txt') })
    const snapshot = mock.snapshot()
    const bucketFiles = (snapshot.bucketFiles ?? []).map((row) => ({ ...Object(row), location: '//a.txt' }))
    mock.restore({ ...snapshot, bucketFiles })
    const root = await user.get('/_mock/view?open=bucket:b')
    expect([root.status, root.text]).toEqual([200, expect.stringContaining('folder=%2F')])
    const page = await user.get('/_mock/view?open=bucket:b&folder=//')
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('a.txt')])
  })
})

function entrySeed(location: string): Seed {
  return { buckets: [{ bucket_id: 'b', files: [{ location }] }] }
}

function trigger(more: object): object {
  return { triggers: [{ trigger_id: 't', deployment_id: 'd', input_service_id: '1', ...more }] }
}

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'seed-'))
  try {
    await act(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('the example seed has no bucket file whose path is also a directory', () => {
  const locations = (exampleSeed().buckets ?? []).flatMap(({ files = [] }) => files.map(({ location }) => location))
  expect(locations).not.toEqual([])
  for (const one of locations) expect(locations.filter((other) => other.startsWith(`${one}/`))).toEqual([])
})
