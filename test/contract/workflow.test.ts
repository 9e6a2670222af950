import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

test('the workflow of a file, from its upload to its end, passes step by step', { timeout: 60_000 }, async () => {
  const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js')
  const options = ['--server', `abeja=${inject('prismUrl')}`, '--input', 'authorization=Basic dXNlci0xOnRva2Vu']
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [cli, 'respect', 'spec/workflows/channel-file-life.arazzo.yaml', ...options],
    { cwd: ROOT, env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
  )
  expect(stdout + stderr).toMatch(/Workflows: 1 passed, 1 total/)
})
