import { describe, expect, test } from 'vitest'
import { list, object, text } from './helpers/caller.ts'
import { ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const channels = `${organization}/channels`
const create = (name: string) => fixture.user.post(channels, { name, description: '', storage_type: 'datalake' })

describe('channels', () => {
  test('a created channel can be got and is listed', async () => {
    const created = await fixture.user.post(channels, { name: 'new', description: 'why', storage_type: 'file' })
    const channel = object(created.json.channel)
    expect(created.status).toBe(200)
    expect(channel).toMatchObject({ name: 'new', display_name: 'new', description: 'why', storage_type: 'file' })
    const got = await fixture.user.get(`${channels}/${text(channel.channel_id)}`)
    expect(got.json.channel).toMatchObject({ name: 'new', archived: false })
    const listed = await fixture.user.get(channels)
    expect(list(listed.json.channels).at(-1)).toEqual(got.json.channel)
  })

  test('the channel of the documents is there from the start', async () => {
    const { json } = await fixture.user.get(`${channels}/${ids.channel}`)
    expect(json).toMatchObject({ organization_name: 'abeja-inc', channel: { channel_id: ids.channel } })
  })

  test('limit and offset make pages, and has_next says when they end', async () => {
    await create('one')
    const first = await fixture.user.get(`${channels}?limit=3`)
    expect(first.json).toMatchObject({ limit: 3, offset: 0, has_next: true })
    const last = await fixture.user.get(`${channels}?limit=3&offset=3`)
    expect(last.json).toMatchObject({ limit: 3, offset: 3, has_next: false })
    expect(list(first.json.channels)).toHaveLength(3)
    expect(list(last.json.channels).map(({ name }) => name)).toEqual(['output of the trigger', 'one'])
  })

  test('a page has fifty channels by default, and with limit=0 none', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, index) => create(`channel ${index}`)))
    const page = await fixture.user.get(channels)
    expect(list(page.json.channels)).toHaveLength(50)
    expect(page.json).toMatchObject({ limit: 50, has_next: true })
    const none = await fixture.user.get(`${channels}?limit=0&offset=0`)
    expect(none.json).toMatchObject({ channels: [], limit: 0, has_next: false })
  })

  test('an archived channel is listed only when archived ones are asked for', async () => {
    const archived = await fixture.user.post(`${channels}/${ids.channel}/archive`)
    expect(archived.json.channel).toMatchObject({ archived: true, security_method: 'organization' })
    const idsOf = async (query: string) =>
      list((await fixture.user.get(channels + query)).json.channels).map(({ channel_id }) => channel_id)
    expect(await idsOf('')).not.toContain(ids.channel)
    expect(await idsOf('?filter_archived=exclude_archived')).not.toContain(ids.channel)
    expect(await idsOf('?filter_archived=include_archived')).toContain(ids.channel)
    const back = await fixture.user.post(`${channels}/${ids.channel}/unarchive`)
    expect(back.json.channel).toMatchObject({ archived: false })
    expect(await idsOf('')).toContain(ids.channel)
  })

  test('a change keeps what it leaves out, and an empty description clears the old one', async () => {
    const path = `${channels}/${ids.channel}`
    const renamed = await fixture.user.patch(path, { name: '日本 🍣' })
    expect(renamed.json.channel).toMatchObject({
      name: '日本 🍣',
      description: 'test',
      updated_at: '2024-02-01T00:00:00Z',
    })
    expect(object(renamed.json.channel)).not.toHaveProperty('archived')
    const cleared = await fixture.user.patch(path, { description: '' })
    expect(cleared.json.channel).toMatchObject({ name: '日本 🍣', description: '' })
  })

  test.each([
    ['GET', ''],
    ['PATCH', ''],
    ['POST', '/archive'],
    ['POST', '/unarchive'],
    ['GET', '/datasources'],
  ])('%s of a channel that is not there%s answers 404', async (method, suffix) => {
    const init = method === 'PATCH' ? { body: '{}', headers: { 'content-type': 'application/json' } } : {}
    const { status, json } = await fixture.user.call(method, `${channels}/999${suffix}`, init)
    expect({ status, json }).toEqual({
      status: 404,
      json: { error: 'not_found', error_description: 'channel not found' },
    })
  })

  test('a channel belongs to its organization', async () => {
    const { status } = await fixture.user.get(`/organizations/999/channels/${ids.channel}`)
    expect(status).toBe(404)
    const other = await fixture.user.get('/organizations/999/channels')
    expect(other.json).toMatchObject({ organization_id: '999', channels: [], has_next: false })
  })

  test.each([
    [{ description: '', storage_type: 'datalake' }, 'name'],
    [{ name: 7, description: '', storage_type: 'datalake' }, 'name'],
    [{ name: 'x', description: '', storage_type: 'tape' }, 'storage_type'],
    [{ name: 'x', description: '', storage_type: 'file', colour: 'red' }, 'colour'],
  ])('creating %j is rejected with a reason that names the field', async (body, field) => {
    const { status, json, headers } = await fixture.user.post(channels, body)
    expect(status).toBe(400)
    expect(json.error).toBe('bad_request')
    expect(text(json.error_description)).toMatch(new RegExp(`^${field}: `))
    expect(object(json.error_detail)).toHaveProperty(field)
    expect(headers.get('sl-violations')).toContain('request')
  })
})

describe('datasources of a channel', () => {
  const datasources = `${channels}/${ids.channel}/datasources`

  test('the datasource of the documents is connected', async () => {
    const { json } = await fixture.user.get(datasources)
    expect(list(json.datasources)).toMatchObject([{ datasource_id: ids.datasource, display_name: 'test_datasource' }])
    expect(json).toMatchObject({ offset: 0, has_next: false })
  })

  test('a datasource is connected, listed and disconnected', async () => {
    const connected = await fixture.user.put(`${datasources}/77`)
    expect(connected.json.datasource).toMatchObject({ datasource_id: '77' })
    expect(text(object(connected.json.datasource).secret)).toHaveLength(40)
    const listed = list((await fixture.user.get(datasources)).json.datasources)
    expect(listed.map(({ datasource_id }) => datasource_id)).toEqual([ids.datasource, '77'])
    const disconnected = await fixture.user.delete(`${datasources}/77`)
    expect(disconnected.json).toEqual(connected.json)
    expect((await fixture.user.delete(`${datasources}/77`)).status).toBe(404)
  })

  test('connecting twice leads to the same state', async () => {
    const answers = [await fixture.user.put(`${datasources}/77`), await fixture.user.put(`${datasources}/77`)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers[1]?.json).toEqual(answers[0]?.json)
  })

  test('a datasource of another organization cannot be connected', async () => {
    await fixture.user.post('/organizations/999/channels', { name: 'x', description: '', storage_type: 'file' })
    const others = list((await fixture.user.get('/organizations/999/channels')).json.channels)
    const path = `/organizations/999/channels/${text(others[0]?.channel_id)}/datasources/${ids.datasource}`
    expect((await fixture.user.put(path)).status).toBe(404)
  })
})
