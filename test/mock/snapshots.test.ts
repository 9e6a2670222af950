import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { list, text } from './helpers/caller.ts'
import { startedMocks } from './helpers/started-mocks.ts'
import { ids, organization } from './helpers/use-mock.ts'

const start = startedMocks()
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-snapshots-'))
})
afterEach(() => rm(folder, { recursive: true }))

const paths = [
  `${organization}/channels?filter_archived=include_archived`,
  `${organization}/buckets`,
  `${organization}/channels/${ids.channel}/datasources`,
  `${organization}/deployments/${ids.deployment}/triggers`,
]

describe('a named snapshot', () => {
  test('survives the process, and brings back everything with its bytes', async () => {
    const { mock, user } = await start({ snapshotDir: folder, seed: 'examples' })
    const binary = Uint8Array.from({ length: 300 }, (_, index) => index % 256)
    const { json } = await user.upload(ids.channel, binary, { 'x-abeja-meta-filename': '%E6%97%A5.bin' })
    await user.uploadForm(`${organization}/buckets/${ids.bucket}/files`, 'new/日本.txt', '日本')
    const before = await Promise.all(paths.map(async (path) => (await user.get(path)).text))
    expect((await user.put('/_mock/snapshots/before-import')).status).toBe(204)
    expect((await stat(join(folder, 'before-import.json'))).mode & 0o077).toBe(0)
    await mock.stop()

    const other = await start({ snapshotDir: folder, seed: 'empty' })
    expect((await other.user.get('/_mock/snapshots')).text).toBe('["before-import"]')
    expect((await other.user.post('/_mock/snapshots/before-import')).status).toBe(204)
    expect(await Promise.all(paths.map(async (path) => (await other.user.get(path)).text))).toEqual(before)
    const file = await other.user.get(`/channels/${ids.channel}/${text(json.file_id)}`)
    expect(file.json.metadata).toMatchObject({ 'x-abeja-meta-filename': '%E6%97%A5.bin' })
    const bytes = await (await fetch(text(file.json.download_uri))).arrayBuffer()
    expect(new Uint8Array(bytes)).toEqual(binary)
    expect((await other.user.get(`${organization}/buckets/${ids.bucket}/files/new/日本.txt`)).json.size).toBe(6)
  })

  test('moves between machines as the JSON of a seed', async () => {
    const { user } = await start({ snapshotDir: folder })
    await user.put('/_mock/snapshots/here')
    const seed = (await user.get('/_mock/snapshots/here')).text
    const other = await start({ snapshotDir: join(folder, 'there'), seed: 'empty' })
    expect((await other.user.call('PUT', '/_mock/snapshots/moved', { body: seed })).status).toBe(204)
    await other.mock.loadSnapshot('moved')
    expect((await other.user.get(paths[0] ?? '')).text).toBe((await user.get(paths[0] ?? '')).text)
    expect(await other.mock.snapshots()).toEqual(['moved'])
    expect((await other.user.delete('/_mock/snapshots/moved')).status).toBe(204)
    expect(await readdir(join(folder, 'there'))).toEqual([])
  })

  test.each(['..%2Fx', '.hidden', 'a b', 'x'.repeat(101)])('cannot be called "%s"', async (name) => {
    const { user } = await start({ snapshotDir: folder })
    const { status, json } = await user.put(`/_mock/snapshots/${name}`)
    expect([status, json.error]).toEqual([400, expect.stringContaining('Invalid snapshot name')])
  })

  test('that does not exist is 404, and without a folder the option is named', async () => {
    const { user } = await start({ snapshotDir: folder })
    expect((await user.post('/_mock/snapshots/none')).json.error).toBe('There is no snapshot "none"')
    const without = await start()
    const { status, json } = await without.user.put('/_mock/snapshots/x')
    expect([status, json.error]).toEqual([409, expect.stringContaining('snapshotDir')])
  })
})

describe('the state as a seed', () => {
  test('is exported, starts another server, and replaces what is there', async () => {
    const { mock, user } = await start()
    await user.upload(ids.channel, 'a,b\n', { 'x-abeja-meta-filename': 'a.csv' })
    const seed = await mock.exportSeed()
    const other = await start({ seed })
    expect((await other.user.get(`/channels/${ids.channel}`)).text).toContain('a.csv')
    expect((await other.user.put('/_mock/seed', { channels: [{ channel_id: '7' }] })).status).toBe(204)
    expect(list((await other.user.get(`${organization}/channels`)).json.channels)).toMatchObject([{ channel_id: '7' }])
    other.mock.reset()
    expect((await other.user.get(`/channels/${ids.channel}`)).text).toContain('a.csv')
  })

  test('is rejected where it is not one, and where it names files of the server', async () => {
    const { user } = await start()
    const wrong = await user.put('/_mock/seed', { channels: [{}] })
    expect([wrong.status, wrong.json.error]).toEqual([400, expect.stringContaining('channel_id')])
    const path = await user.put('/_mock/seed', { channels: [{ channel_id: '1', files: [{ path: '/etc/passwd' }] }] })
    expect([path.status, path.json.error]).toEqual([400, expect.stringContaining('cannot name files by path')])
  })
})
