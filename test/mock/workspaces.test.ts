import { describe, expect, test } from 'vitest'
import { AbejaClient } from '../../src/index.ts'
import { Caller, list, text } from './helpers/caller.ts'
import { day, ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const channels = `${organization}/channels`
const newChannel = { name: 'new', description: '', storage_type: 'datalake' }
const namesIn = async (user: Caller, headers: Record<string, string> = {}) =>
  list((await user.get(channels, headers)).json.channels).map(({ name }) => name)

describe('a workspace', () => {
  test('has a state and a log of its own, by base URL and by header', async () => {
    const one = fixture.mock.workspace('one')
    const user = new Caller(one.url, 'Bearer x')
    const before = await namesIn(user)
    await user.post(channels, newChannel)
    expect(await namesIn(fixture.user, { 'x-mock-workspace': 'one' })).toEqual([...before, 'new'])
    expect(await namesIn(fixture.user, { 'x-mock-workspace': 'two' })).toEqual(before)
    expect(await namesIn(fixture.user)).toEqual(before)
    expect(one.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
    expect(fixture.mock.requests).toHaveLength(1)
    one.close()
  })

  test('is not touched by the reset of another', async () => {
    const [one, two] = [fixture.mock.workspace(), fixture.mock.workspace()]
    const users = [one, two].map(({ url }) => new Caller(url, 'Bearer x'))
    for (const user of users) await user.upload(ids.channel, 'x', { 'x-abeja-meta-filename': 'mine.txt' })
    one.reset()
    fixture.mock.reset()
    const files = await Promise.all(users.map(async (user) => (await user.get(`/channels/${ids.channel}`)).text))
    expect(files.map((body) => body.includes('mine.txt'))).toEqual([false, true])
    expect([one.requests.length, two.requests.length]).toEqual([1, 2])
  })

  test('signs URLs that lead back to it, and to no other', async () => {
    const one = fixture.mock.workspace('signed')
    const user = new Caller(fixture.mock.url, 'Bearer x')
    const { json } = await user.call('POST', `/channels/${ids.channel}/upload`, {
      headers: { ...one.headers, 'content-type': 'text/plain' },
      body: 'only here',
    })
    const file = await user.get(`/channels/${ids.channel}/${text(json.file_id)}`, one.headers)
    const url = text(file.json.download_uri)
    expect(url).toContain('/_workspaces/signed/_storage/')
    expect((await fixture.nobody.get(url)).text).toBe('only here')
    expect((await fixture.nobody.get(url.replace('/_workspaces/signed', ''))).status).toBe(403)
    expect((await fixture.nobody.get(url.replace('/signed/', '/other/'))).status).toBe(403)
  })

  test('has a time of its own', async () => {
    const [one, two] = [fixture.mock.workspace('early'), fixture.mock.workspace('late')]
    for (const { url } of [one, two]) {
      await new Caller(url, 'Bearer x').upload(ids.channel, 'x', { query: '?lifetime=1day' })
    }
    two.clock.advance(day)
    const lengths = [one, two].map(async ({ url }) => {
      const { json } = await new Caller(url, 'Bearer x').get(`/channels/${ids.channel}`)
      return list(json.files).length
    })
    expect(await Promise.all(lengths)).toEqual([3, 2])
  })

  test('serves the client by its fetch', async () => {
    const workspace = fixture.mock.workspace()
    const { fetch } = workspace
    const abeja = new AbejaClient({ fetch, organizationId: ids.organization, credential: { authToken: 'x' } })
    expect(await abeja.channels.list().toArray()).not.toHaveLength(0)
    expect(fixture.mock.requests).toEqual([])
    expect(workspace.requests).toHaveLength(1)
  })

  test('starts with the seed again after it was closed', async () => {
    const one = fixture.mock.workspace('closed')
    const user = new Caller(one.url, 'Bearer x')
    const before = await namesIn(user)
    await user.post(channels, newChannel)
    one.close()
    expect(await namesIn(user)).toEqual(before)
  })

  test.each(['a b', '..', '日本', 'x'.repeat(65)])('cannot be called "%s"', async (name) => {
    expect(() => fixture.mock.workspace(name)).toThrow('Invalid workspace name')
    const path = `/_workspaces/${encodeURIComponent(name)}${channels}`
    const { status, json } = await fixture.user.get(
      name === '..' ? channels : path,
      name === '..' ? { 'x-mock-workspace': name } : {},
    )
    expect([status, json.error_description]).toEqual([400, expect.stringContaining('Invalid workspace name')])
  })

  test('is named once: a header and a path that differ are rejected', async () => {
    const { status, json } = await fixture.user.get(`/_workspaces/a${channels}`, { 'x-mock-workspace': 'b' })
    expect([status, json.error_description]).toEqual([400, expect.stringContaining('two workspaces')])
  })
})

describe('POST /_mock/workspaces', () => {
  test('opens a workspace for a program in any language', async () => {
    const { status, json } = await fixture.nobody.post('/_mock/workspaces', { name: 'python-1' })
    expect([status, json]).toEqual([
      201,
      {
        name: 'python-1',
        url: `${fixture.mock.url}/_workspaces/python-1`,
        headers: { 'x-mock-workspace': 'python-1' },
      },
    ])
    expect((await new Caller(text(json.url), 'Bearer x').get(channels)).status).toBe(200)
    expect((await fixture.nobody.post('/_mock/workspaces', { name: 'python-1' })).status).toBe(200)
    expect((await fixture.nobody.get('/_mock/workspaces')).text).toContain('"python-1"')
    expect((await fixture.nobody.delete('/_mock/workspaces/python-1')).status).toBe(204)
    expect((await fixture.nobody.delete('/_mock/workspaces/python-1')).status).toBe(404)
  })

  test('makes up a name where none is given', async () => {
    const [one, two] = [await fixture.nobody.post('/_mock/workspaces'), await fixture.nobody.post('/_mock/workspaces')]
    expect(text(one.json.name)).not.toBe(text(two.json.name))
    for (const { json } of [one, two]) await fixture.nobody.delete(`/_mock/workspaces/${text(json.name)}`)
  })

  test('resets, moves the time and plans faults of one workspace', async () => {
    const { json } = await fixture.nobody.post('/_mock/workspaces')
    const control = new Caller(text(json.url), 'Bearer x')
    await control.put('/_mock/clock', { advance: day })
    await control.post('/_mock/faults', { status: 500 })
    expect((await fixture.user.get(channels)).status).toBe(200)
    expect((await control.get(channels)).status).toBe(500)
    expect((await control.get('/_mock/clock')).json.now).toBe('2024-02-02T00:00:00.000Z')
    await control.post('/_mock/reset')
    expect((await control.get('/_mock/clock')).json.now).toBe('2024-02-01T00:00:00.000Z')
  })

  test('rejects a name that cannot be one', async () => {
    const { status, json } = await fixture.nobody.post('/_mock/workspaces', { name: 'a/b' })
    expect([status, json.error]).toEqual([400, expect.stringContaining('Invalid workspace name')])
    expect((await fixture.nobody.post('/_mock/workspaces', { id: 1 })).status).toBe(400)
  })
})

test('a thousand workspaces cost little memory and time', async () => {
  const before = process.memoryUsage().rss
  const begun = performance.now()
  const all = Array.from({ length: 1000 }, (_, index) => fixture.mock.workspace(`many-${index}`))
  for (const workspace of all) {
    const response = await workspace.fetch(`http://mock${channels}`, { headers: { authorization: 'Bearer x' } })
    expect(response.status).toBe(200)
    await response.arrayBuffer()
  }
  const [memory, seconds] = [(process.memoryUsage().rss - before) / 1e6, (performance.now() - begun) / 1000]
  process.stdout.write(`1000 workspaces: ${memory.toFixed(0)} MB, ${seconds.toFixed(1)} s with a request each\n`)
  expect(memory).toBeLessThan(200)
  for (const workspace of all) workspace.close()
}, 60_000)
