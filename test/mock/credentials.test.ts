import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startMock } from '../../src/mock.ts'
import { Caller } from './helpers/caller.ts'
import { basic, ids, organization, useMock } from './helpers/use-mock.ts'

const fixture = useMock()
const path = `${organization}/channels`

describe('without a list of credentials', () => {
  test.each([
    ['a user', basic('user-1', 'token')],
    ['a user whose token has colons', basic('user-1', 'a:b:c')],
    ['a user whose token is not ASCII', basic('user-1', 'パスワード')],
    ['a datasource', basic('datasource-1', 'secret')],
    ['a bearer', 'Bearer abc.def'],
    ['a bearer in small letters', 'bearer abc'],
  ])('%s is accepted', async (_who, authorization) => {
    expect((await fixture.as(authorization).get(path)).status).toBe(200)
  })

  test.each([
    ['nothing', undefined],
    ['an empty bearer', 'Bearer '],
    ['no scheme', 'abcdef'],
    ['another scheme', 'Digest username="a"'],
    ['a name without its prefix', basic('1', 'token')],
    ['a name without an id', basic('user-', 'token')],
    ['no secret', basic('user-1', '')],
    ['no Base64', 'Basic ***'],
  ])('%s is refused with 401', async (_what, authorization) => {
    const { status, json, headers } = await new Caller(fixture.mock.url, authorization).get(path)
    expect(status).toBe(401)
    expect(json).toMatchObject({ error: 'unauthorized', error_description: 'authentication failed' })
    expect(headers.get('www-authenticate')).toMatch(/Basic.*Bearer/)
    expect(headers.get('sl-violations')).toContain('authorization')
  })

  test('an upload without a credential is rejected, and stores nothing', async () => {
    expect((await fixture.nobody.upload(ids.channel, 'x'.repeat(1_000_000))).status).toBe(401)
  })
})

describe('with a list of credentials', () => {
  test('only those are accepted, and datasources with the secret that the server knows', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'credentials-'))
    const file = join(folder, 'credentials.json')
    await writeFile(file, JSON.stringify([{ authToken: 'good' }, { userId: '1', personalAccessToken: 'pat' }]))
    const mock = await startMock({ credentials: file })
    const status = async (authorization: string) => (await new Caller(mock.url, authorization).get(path)).status
    const datasources = await new Caller(mock.url, 'Bearer good').get(`${path}/${ids.channel}/datasources`)
    const [datasource] = JSON.parse(datasources.text).datasources
    expect(await status('Bearer good')).toBe(200)
    expect(await status(basic('user-1', 'pat'))).toBe(200)
    expect(await status(basic(`datasource-${ids.datasource}`, datasource.secret))).toBe(200)
    expect(await status('Bearer bad')).toBe(401)
    expect(await status(basic('user-1', 'other'))).toBe(401)
    expect(await status(basic('user-2', 'pat'))).toBe(401)
    expect(await status(basic(`datasource-${ids.datasource}`, 'other'))).toBe(401)
    await mock.stop()
    await rm(folder, { recursive: true })
  })

  test('that is malformed keeps the server from starting', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'credentials-'))
    const file = join(folder, 'credentials.json')
    await writeFile(file, JSON.stringify({ token: 'x' }))
    await expect(startMock({ credentials: file })).rejects.toThrow('must be a JSON list')
    await rm(folder, { recursive: true })
  })
})

test('no response and no log contains a credential', async () => {
  await fixture.as('Bearer very-secret-token').get('/nowhere?signature=hidden')
  await fixture.as('Bearer very-secret-token').get(path)
  expect(JSON.stringify(fixture.mock.requests)).not.toMatch(/very-secret-token|hidden/)
  expect(fixture.mock.requests[1]).toMatchObject({ operationId: 'listChannels', status: 200 })
})
