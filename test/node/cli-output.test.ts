import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { directoryWith } from './directory.ts'
import { cliCommand, run } from './run-cli.ts'
import { setting } from './setting.ts'

test('a reader that has enough ends ls quietly', async () => {
  const { platform } = await setting()
  for (let index = 0; index < 3000; index++) platform.put('channel', `a name of some length ${index}`, 'x')
  const [program = '', ...args] = cliCommand(['ls', 'datalake://1'])
  const env = { ABEJA_API_URL: platform.url, ABEJA_ORGANIZATION_ID: '1', PLATFORM_AUTH_TOKEN: 'token' }
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const [code] = await once(child, 'close')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(platform.requests.length, 'nothing more is listed').toBeLessThan(30)
})

test('--quiet shows the files that fail, and nothing else', async () => {
  const { platform } = await setting()
  platform.faults.answer = ({ headers }) => (headers['x-abeja-meta-filename'] === 'b' ? { status: 400 } : undefined)
  const dir = await directoryWith({ a: '1', b: '2', c: '3' })
  const { code, stderr } = await run(cliCommand(['upload', dir, 'datalake://1', '--quiet']), platform.url)
  expect(code).toBe(1)
  expect(stderr).toMatch(/^failed {5}b: .*400.*\n$/)
})
