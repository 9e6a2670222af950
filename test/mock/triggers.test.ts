import { describe, expect, test } from 'vitest'
import { type Seed, startMock } from '../../src/mock.ts'
import { Caller, list, text } from './helpers/caller.ts'
import { ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock({ runTimes: { queued: 1000, running: 2000 } })
const triggers = `${organization}/deployments/${ids.deployment}/triggers`
const runs = `${triggers}/${ids.trigger}/runs`
const minimal = {
  version_id: 'ver-1',
  input_service_name: 'datalake',
  input_service_id: ids.channel,
  environment: null,
}

describe('triggers', () => {
  test('are created, got, listed and deleted', async () => {
    const created = await fixture.user.post(triggers, {
      ...minimal,
      models: { alias: '3' },
      environment: { DEBUG: '1' },
      distribution: 0,
      retry_count: 0,
    })
    expect(created.json).toMatchObject({
      models: { alias: '3' },
      user_env_vars: { DEBUG: '1' },
      distribution: 0,
      retry_count: 0,
    })
    expect(created.json).not.toHaveProperty('created_at')
    const path = `${triggers}/${text(created.json.trigger_id)}`
    const got = await fixture.user.get(path)
    // The reference shows `distribution` only in the response to creating a trigger.
    const { distribution: _, ...kept } = created.json
    expect(got.json).toEqual({
      ...kept,
      created_at: '2024-02-01T00:00:00.000000Z',
      modified_at: '2024-02-01T00:00:00.000000Z',
    })
    expect(list((await fixture.user.get(triggers)).json.entries)).toContainEqual(got.json)
    expect((await fixture.user.delete(path)).json).toEqual({ message: `${text(created.json.trigger_id)} deleted` })
    expect((await fixture.user.get(path)).json.error_description).toBe('trigger not found')
    expect((await fixture.user.delete(path)).status).toBe(404)
  })

  test.each([null, undefined])('have defaults for what is left out, environment %s', async (environment) => {
    const { json } = await fixture.user.post(triggers, { ...minimal, environment })
    expect(json).toMatchObject({ models: {}, user_env_vars: {}, retry_count: 5, output_service_id: null })
    expect(json).not.toHaveProperty('distribution')
  })

  test('belong to their deployment, and every deployment exists', async () => {
    const other = `${organization}/deployments/999/triggers`
    expect((await fixture.user.get(other)).json).toEqual({ entries: [] })
    expect((await fixture.user.get(`${other}/${ids.trigger}`)).status).toBe(404)
  })

  test.each([
    [{ ...minimal, version_id: undefined }, 'version_id'],
    [{ ...minimal, retry_count: 10 }, 'retry_count'],
    [{ ...minimal, input_service_name: 'mail' }, 'input_service_name'],
    [{ ...minimal, models: { other: '1' } }, 'models.alias'],
    [{ ...minimal, output_service_name: 'datalake' }, 'output_service_id'],
  ])('are rejected by name: %j', async (body, field) => {
    const { status, json } = await fixture.user.post(triggers, body)
    expect([status, text(json.error_description).split(':')[0]]).toEqual([400, field])
  })

  test('need a channel that is there', async () => {
    const { status, json } = await fixture.user.post(triggers, { ...minimal, input_service_id: '999' })
    expect([status, json.error_description]).toEqual([404, 'channel 999 not found'])
  })
})

describe('runs', () => {
  const statusOfNewest = async () => list((await fixture.user.get(runs)).json.entries)[0]?.status

  test('start with an upload, and go from queued to running to succeeded', async () => {
    const { json } = await fixture.user.upload(ids.inputChannel, 'x')
    const [run] = list((await fixture.user.get(runs)).json.entries)
    expect(run).toMatchObject({
      status: 'QUEUED',
      trigger_id: ids.trigger,
      input_data: { '$datalake:1': `${ids.inputChannel}/${text(json.file_id)}` },
      created_at: '2024-02-01T00:00:00.000000Z',
      modified_at: '2024-02-01T00:00:00.000000Z',
    })
    fixture.passes(1000)
    expect(await statusOfNewest()).toBe('RUNNING')
    fixture.passes(1999)
    expect(await statusOfNewest()).toBe('RUNNING')
    fixture.passes(1)
    const [done] = list((await fixture.user.get(runs)).json.entries)
    expect(done).toMatchObject({ run_id: run?.run_id, status: 'SUCCEEDED', modified_at: '2024-02-01T00:00:03.000000Z' })
  })

  test('start with an upload to an upload URL, but not before', async () => {
    const ticket = await fixture.user.call('POST', `/channels/${ids.inputChannel}`, {
      headers: { 'content-type': 'a/b' },
    })
    expect(list((await fixture.user.get(runs)).json.entries)).toHaveLength(1)
    await fixture.nobody.call('PUT', text(ticket.json.upload_url), { body: 'x' })
    expect(list((await fixture.user.get(runs)).json.entries)).toHaveLength(2)
  })

  test('begin for each trigger of the channel, and for no other channel', async () => {
    const other = await fixture.user.post(triggers, { ...minimal, input_service_id: ids.inputChannel })
    await fixture.user.upload(ids.inputChannel, 'x')
    await fixture.user.upload(ids.channel, 'x')
    const runsOf = async (id: string) => list((await fixture.user.get(`${triggers}/${id}/runs`)).json.entries).length
    expect([await runsOf(ids.trigger), await runsOf(text(other.json.trigger_id))]).toEqual([2, 1])
  })

  test('are listed newest first a page at a time, and the other way round with scan_forward', async () => {
    for (let count = 0; count < 60; count++) await fixture.user.upload(ids.inputChannel, 'x')
    const newest = await fixture.user.get(runs)
    const rest = await fixture.user.get(`${runs}?next_page_token=${text(newest.json.next_page_token)}`)
    const idsOf = (entries: typeof newest) => list(entries.json.entries).map(({ run_id }) => run_id)
    const backward = [...idsOf(newest), ...idsOf(rest)]
    expect([backward.length, rest.json.next_page_token]).toEqual([61, null])
    const oldest = await fixture.user.get(`${runs}?scan_forward=true`)
    const more = await fixture.user.get(
      `${runs}?scan_forward=true&next_page_token=${text(oldest.json.next_page_token)}`,
    )
    expect([...idsOf(oldest), ...idsOf(more)]).toEqual(backward.toReversed())
    const python = await fixture.user.get(`${runs}?scan_forward=True`)
    expect(idsOf(python)).toEqual(idsOf(oldest))
  })

  test('reject a malformed token, and one of the other direction', async () => {
    for (let count = 0; count < 60; count++) await fixture.user.upload(ids.inputChannel, 'x')
    const token = text((await fixture.user.get(runs)).json.next_page_token)
    expect((await fixture.user.get(`${runs}?next_page_token=${token}&scan_forward=true`)).status).toBe(400)
    expect((await fixture.user.get(`${runs}?next_page_token=xxxxx`)).status).toBe(400)
  })

  test('have the status that a seed gives them, whatever time it is', async () => {
    const trigger = { trigger_id: 't', deployment_id: 'd', input_service_id: '1' }
    const seed: Seed = { triggers: [{ ...trigger, runs: [{ file_id: 'f', status: 'FAILED' }, { file_id: 'g' }] }] }
    const mock = await startMock({ seed, strict: true, runTimes: { queued: 0, running: 0 } })
    const { json } = await new Caller(mock.url, 'Bearer x').get(`${organization}/deployments/d/triggers/t/runs`)
    expect(list(json.entries).map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED'])
    expect((await new Caller(mock.url).get('/_mock?open=trigger:t')).text).toContain('FAILED')
    await mock.stop()
  })

  test('are gone with their trigger', async () => {
    await fixture.user.delete(`${triggers}/${ids.trigger}`)
    expect((await fixture.user.get(runs)).status).toBe(404)
  })
})
