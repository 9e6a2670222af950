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

  test('begins with the seed again after it was closed', async () => {
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
