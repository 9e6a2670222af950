import { describe, expect, test } from 'vitest'
import { list, text } from './helpers/caller.ts'
import { beginning, day, ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const clock = (json: unknown) => fixture.nobody.put('/_mock/clock', json)
const statusOfNewestRun = async () => {
  const path = `${organization}/deployments/${ids.deployment}/triggers/${ids.trigger}/runs`
  return list((await fixture.user.get(path)).json.entries)[0]?.status
}

describe('the clock', () => {
  test('ends lifetimes and expires URLs when it is advanced', async () => {
    const { json } = await fixture.user.upload(ids.channel, 'x', { query: '?lifetime=1day' })
    const path = `/channels/${ids.channel}/${text(json.file_id)}`
    const url = text((await fixture.user.get(path)).json.download_uri)
    expect((await clock({ advance: 3_600_001 })).json.now).toBe('2024-02-01T01:00:00.001Z')
    expect((await fixture.nobody.get(url)).status).toBe(403)
    expect((await fixture.user.get(path)).status).toBe(200)
    fixture.mock.clock.advance(day)
    expect((await fixture.user.get(path)).status).toBe(404)
  })

  test('lets runs go on when it is set', async () => {
    await fixture.user.upload(ids.inputChannel, 'x')
    expect(await statusOfNewestRun()).toBe('QUEUED')
    await clock({ set: '2024-02-01T00:00:01Z' })
    expect(await statusOfNewestRun()).toBe('RUNNING')
    fixture.mock.clock.set(new Date('2024-02-01T00:00:03Z'))
    expect(await statusOfNewestRun()).toBe('SUCCEEDED')
  })

  test('does not move while it is frozen, and continues from there', async () => {
    expect((await clock({ freeze: true })).json.frozen).toBe(true)
    fixture.passes(1000)
    expect(fixture.mock.clock.now()).toBe(beginning)
    fixture.mock.clock.advance(5)
    await clock({ freeze: false })
    fixture.passes(10)
    expect(fixture.mock.clock.now()).toBe(beginning + 15)
  })

  test('is read, and returns to the time of the server with a reset', async () => {
    fixture.mock.clock.advance(day)
    const { json } = await fixture.nobody.get('/_mock/clock')
    expect(json).toEqual({ now: '2024-02-02T00:00:00.000Z', milliseconds: beginning + day, frozen: false })
    fixture.mock.reset()
    expect(fixture.mock.clock.now()).toBe(beginning)
  })

  test.each([
    [{}, 'Expected one of set, advance, freeze and reset'],
    [{ set: 'tomorrow' }, 'time must be a date'],
    [{ set: true }, 'set must be a date'],
    [{ advance: '1day' }, 'advance must be a number of milliseconds'],
    [{ advance: 1e20 }, 'time must be a date'],
    [{ freeze: 'yes' }, 'freeze must be true or false'],
    [{ forward: 1 }, 'Unknown member "forward"'],
    [[], 'Expected a JSON object'],
  ])('rejects %j', async (json, message) => {
    const response = await clock(json)
    expect([response.status, response.json.error]).toEqual([400, expect.stringContaining(message)])
    expect(fixture.mock.clock.now()).toBe(beginning)
  })
})
