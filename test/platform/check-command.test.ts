import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../../src/mock.ts'
import { ORGANIZATION } from '../helpers/abeja.ts'
import { directoryWith } from '../node/directory.ts'
import { cliCommand, run } from '../node/run-cli.ts'

test('check says what it leaves behind, and needs --yes where nobody can answer', { timeout: 180_000 }, async () => {
  const mock = await startMock({ port: 0 })
  onTestFinished(() => mock.stop())
  const environment = { ABEJA_ORGANIZATION_ID: ORGANIZATION }
  const check = (...args: string[]) => run(cliCommand(['check', ...args]), mock.url, { environment })

  const refused = await check()
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('they stay, archived') })
  expect(refused.stderr).toContain('Pass --yes to continue.')

  const record = join(await directoryWith(), 'recording.json')
  const { code, stdout } = await check('--yes', '--record', record)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Compared \d+ responses of http:/)
  expect(stdout).toContain('Left behind (2)')
  expect(stdout).toContain('createTrigger: needs modelVersionId and deploymentId')
  expect(JSON.parse(await readFile(record, 'utf8')).length).toBeGreaterThan(30)

  const json = await check('--read-only', '--json')
  expect(json).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(json.stdout)).toMatchObject({ version: 1, readOnly: true, differs: [], leftBehind: [] })
})
