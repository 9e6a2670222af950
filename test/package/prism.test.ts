import { afterEach, expect, test } from 'vitest'
import { type Consumer, consumer } from './consumer.ts'

let project: Consumer

afterEach(() => project.remove())

const PROGRAM = `
import { AbejaClient } from 'abeja-platform-client'
import { startMock } from 'abeja-platform-client/mock'

const mock = await startMock({ quiet: true })
const abeja = new AbejaClient({ baseUrl: mock.url, organizationId: '1234567890123', credential: { authToken: 'any' } })
const { bucket_id } = await abeja.buckets.create({ name: 'b', description: '' })
await abeja.buckets.files.upload(bucket_id, 'a/b.txt', 'hello')
const text = await (await abeja.buckets.files.download(bucket_id, 'a/b.txt')).text()
const { status } = await fetch(mock.url + '/organizations/1234567890123/channels', {
  method: 'POST', headers: { authorization: 'Bearer any', 'content-type': 'application/json' }, body: '{}',
})
await mock.stop()
console.log(text, status)
`

// The oldest supported versions are those of jest.test.ts.
test('the mock server works with the newest supported version of Prism', async () => {
  project = await consumer('@stoplight/prism-http@5.16.0', '@stoplight/prism-core@5.16.0')
  await project.write('program.mjs', PROGRAM)
  expect(await project.run('node', 'program.mjs')).toBe('hello 400\n')
}, 180_000)

test('an unsupported version of Prism is named, with the supported ones', async () => {
  project = await consumer()
  for (const [name, version] of Object.entries({ 'prism-http': '6.0.1', 'prism-core': '5.8.0' })) {
    const directory = `node_modules/@stoplight/${name}`
    await project.write(`${directory}/package.json`, JSON.stringify({ version, main: 'index.js' }))
    await project.write(`${directory}/index.js`, '')
  }
  await project.write('program.mjs', PROGRAM)
  await expect(project.run('node', 'program.mjs')).rejects.toThrow(
    '@stoplight/prism-http must be version 5.12 or a later 5.x (installed: 6.0.1). Install it with: npm install',
  )
}, 60_000)
