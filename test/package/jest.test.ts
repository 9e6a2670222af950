import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Consumer, consumer } from './consumer.ts'

let project: Consumer

beforeAll(async () => {
  const prism = ['@stoplight/prism-http@5.12.0', '@stoplight/prism-core@5.8.0']
  project = await consumer(...prism, 'jest@30.5.2', 'jest-environment-jsdom@30.5.2')
  await project.write('jest.config.cjs', `module.exports = { testMatch: ['**/*.jest.cjs'] }`)
}, 300_000)

afterAll(() => project.remove())

/** jsdom has no fetch, so the requests are made with node:http. */
const PROGRAM = `
const { request } = require('node:http')
const { startMock } = require('abeja-platform-client/mock')

function post(url, body) {
  const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers }, (response) => resolve(response.resume().statusCode)).once('error', reject).end(body)
  })
}

async function statuses() {
  const mock = await startMock()
  const channels = mock.url + '/organizations/1234567890123/channels'
  const found = [await post(channels, '{"name":"a","description":"","storage_type":"file"}'), await post(channels, '{}')]
  await mock.stop()
  return found
}
`

test.each(['node', 'jsdom'])(
  'the required mock serves and validates in Jest with the environment %s',
  async (name) => {
    const use = `test('mock', async () => expect(await statuses()).toEqual([200, 400]), 30000)`
    await project.write(`${name}.jest.cjs`, `/** @jest-environment ${name} */\n${PROGRAM}\n${use}`)
    const output = await project.run('npx', '--no-install', 'jest', '--config', 'jest.config.cjs', `${name}.jest`)
    expect(output).toMatch(/Tests: +1 passed/)
  },
  120_000,
)

test('the required mock serves and validates in Node.js', async () => {
  await project.write('plain.cjs', `${PROGRAM}\nstatuses().then((found) => console.log(JSON.stringify(found)))`)
  expect(await project.run('node', 'plain.cjs')).toBe('[200,400]\n')
}, 60_000)
