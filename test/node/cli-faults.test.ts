import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { directoryWith } from './directory.ts'
import { cliCommand, run } from './run-cli.ts'
import { setting } from './setting.ts'

const FILES = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, 'x']))

function shell(args: readonly string[], redirection: string): string[] {
  return ['sh', '-c', `${cliCommand(args).join(' ')} ${redirection}`]
}

test.skipIf(!existsSync('/dev/full'))('an output that cannot be written ends no transfer', async () => {
  const { platform } = await setting()
  const args = ['upload', await directoryWith(FILES), 'datalake://1']
  const withoutProgress = await run(shell(args, '2> /dev/full'), platform.url)
  expect(withoutProgress).toMatchObject({ code: 0, stdout: '30 succeeded, 0 skipped, 0 failed, 0 cancelled\n' })
  expect(platform.names()).toHaveLength(30)

  const withoutReport = await run(shell([...args, '--json', '-q'], '> /dev/full'), platform.url)
  expect(withoutReport).toMatchObject({ code: 3, stderr: 'Standard output could not be written: ENOSPC\n' })
  expect(platform.names()).toHaveLength(60)
})

test('names the flags of the command line, and not options of the library', async () => {
  const environment = { ABEJA_API_URL: 'http://mock.invalid:4010' }
  const refused = await run(cliCommand(['ls', 'datalake://1']), '', { environment })
  expect(refused.code).not.toBe(0)
  expect(refused.stderr).toContain('--allow-insecure-http')
  expect(refused.stderr).not.toContain('allowInsecureHttp')
  expect(refused.stderr.trim().split('\n')).toHaveLength(1)
})

test('reads reports that begin with a byte order mark', async () => {
  const { platform } = await setting()
  platform.faults.answer = () => ({ status: 400 })
  const { stdout } = await run(
    cliCommand(['upload', await directoryWith({ a: '1' }), 'datalake://1', '--json']),
    platform.url,
  )
  platform.faults.answer = undefined
  const report = join(await directoryWith(), 'report.json')
  await writeFile(report, `\uFEFF${stdout.replace('\n', '\r\n')}`)
  expect(await run(cliCommand(['retry', report]), platform.url)).toMatchObject({ code: 0 })
})

test('--debug prints a line for each event, without secrets', async () => {
  const { platform } = await setting()
  const { code, stderr } = await run(cliCommand(['ls', 'datalake://1', '--debug']), platform.url)
  expect(code).toBe(0)
  expect(stderr).toMatch(/^abeja #1 listChannelFiles GET http:\S+ \(attempt 1\)\nabeja #1 listChannelFiles 200 /)
  expect(stderr).not.toContain('token')
})

test('Node.js below the supported version gets one line', async () => {
  const old = join(await directoryWith({ 'old.cjs': OLD_NODE }), 'old.cjs')
  const [program = '', ...args] = cliCommand(['--version'])
  const { status, stderr, stdout } = spawnSync(program, ['--require', old, ...args], { encoding: 'utf8' })
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toBe('abeja-platform-client needs Node.js 20.19 or newer (this is 12.22.0).\n')
  const entry = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
  const source = ts.createSourceFile(entry, readFileSync(entry, 'utf8'), ts.ScriptTarget.Latest)
  expect(source.statements.filter(ts.isImportDeclaration), 'nothing is imported before the check').toEqual([])
  expect(source.text).not.toMatch(/\?\.|\?\?/)
})

const OLD_NODE = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '12.22.0' } })"
