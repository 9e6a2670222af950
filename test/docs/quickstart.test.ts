import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { startMock } from '../../src/mock.ts'

const ROOT = resolve(import.meta.dirname, '../..')

async function quickstart(environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const jiti = resolve(ROOT, 'node_modules/jiti/lib/jiti-cli.mjs')
  const env = { PATH: process.env.PATH ?? '', ...environment }
  return (await promisify(execFile)(process.execPath, [jiti, 'scripts/quickstart.ts'], { cwd: ROOT, env })).stdout
}

test('the quick start works without an account and fits 80 columns', async () => {
  const output = await quickstart()
  expect(output).toMatch(/All \d+ steps succeeded\./)
  expect(output.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([])
})

test('the quick start names the server of an account and only reads from it', async () => {
  const mock = await startMock()
  const output = await quickstart({
    ABEJA_API_URL: mock.url,
    ABEJA_ORGANIZATION_ID: '1234567890123',
    PLATFORM_AUTH_TOKEN: 'a-token',
  })
  expect(output).toContain(`Connected to ${mock.url}`)
  expect(output).toMatch(/All \d+ steps succeeded\./)
  expect(new Set(mock.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
  await mock.stop()
})
