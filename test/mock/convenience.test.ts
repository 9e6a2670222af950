import { describe, expect, test } from 'vitest'
import description from '../../generated/openapi.json' with { type: 'json' }
import { Caller, list, text } from './helpers/caller.ts'
import { runProgram } from './helpers/run-program.ts'
import { ids, useMock } from './helpers/use-mock.ts'

const fixture = useMock({ urlLifetime: 60_000 })

describe('a server', () => {
  test('says that it is ready', async () => {
    expect((await fixture.nobody.get('/_mock/ready')).json).toMatchObject({ status: 'ready' })
  })

  test('has its own address first in its description, in each workspace', async () => {
    const servers = async (prefix: string) => {
      const { json } = await fixture.nobody.get(`${prefix}/_docs/openapi.json`)
      return list(json.servers).map(({ url }) => url)
    }
    expect(await servers('')).toEqual([fixture.mock.url, ...description.servers.map(({ url }) => url)])
    expect((await servers('/_workspaces/docs'))[0]).toBe(`${fixture.mock.url}/_workspaces/docs`)
  })

  test('lets pages of this machine read its description', async () => {
    const { headers } = await fixture.nobody.get('/_docs/openapi.json', { origin: 'http://localhost:3000' })
    expect(headers.get('access-control-allow-origin')).toMatch(/^(?:\*|http:\/\/localhost:3000)$/)
  })

  test('lets any page embed its files', async () => {
    const { json } = await fixture.user.get(`/channels/${ids.channel}/${ids.file}`)
    const { headers } = await fixture.nobody.get(text(json.download_uri))
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  })

  test('signs URLs for urlLifetime', async () => {
    const { json } = await fixture.user.get(`/channels/${ids.channel}/${ids.file}`)
    const url = text(json.download_uri)
    fixture.passes(59_000)
    expect((await fixture.nobody.get(url)).status).toBe(200)
    fixture.passes(1000)
    expect((await new Caller('').get(url)).status).toBe(403)
  })

  test('lets a process end that does not stop it, with unref', async () => {
    const { code, output } = await runProgram(`
      const mock = await startMock()
      mock.unref()
      const response = await fetch(mock.url + '/_mock/ready')
      console.log((await response.json()).status)
    `)
    expect([code, output]).toEqual([0, 'ready\n'])
  })
})
