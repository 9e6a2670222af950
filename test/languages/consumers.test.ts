import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startPrism } from '../helpers/start-prism.ts'
import { execute } from './execute.ts'

const ROOT = join(import.meta.dirname, '../..')
const REDOCLY = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js')

test('Redocly finds nothing to say against the published file, as it finds nothing against its sources', async () => {
  const env = { REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const command = [process.execPath, REDOCLY, 'lint', 'generated/openapi.yaml', '--format=json']

  const report = JSON.parse(await execute(command, { cwd: ROOT, env }))

  expect(report.problems).toEqual([])
})

test('Prism serves the published file', async () => {
  const prism = await startPrism()
  onTestFinished(() => prism.stop())

  const response = await fetch(`${prism.url}/organizations/1/channels`, { headers: { authorization: 'Bearer token' } })

  expect({ status: response.status, violations: response.headers.get('sl-violations') }).toEqual({
    status: 200,
    violations: null,
  })
})
