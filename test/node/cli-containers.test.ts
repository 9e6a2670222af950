import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { startMock } from '../../src/mock.ts'
import { cliCommand, type Ended, run } from './run-cli.ts'

const ENVIRONMENT = { ABEJA_ORGANIZATION_ID: '1234567890123' }

async function commandLine(): Promise<(...args: string[]) => Promise<Ended>> {
  const mock = await startMock({ port: 0, seed: 'empty' })
  onTestFinished(() => mock.stop())
  return (...args) => run(cliCommand(args), mock.url, { environment: ENVIRONMENT })
}

test('create, ls, cat and rm work on channels and buckets', { timeout: 120_000 }, async () => {
  const mock = await startMock({ port: 0, seed: 'empty' })
  onTestFinished(() => mock.stop())
  const abeja = (...args: string[]) => run(cliCommand(args), mock.url, { environment: ENVIRONMENT })
  const shell = (line: string) => run(['sh', '-c', line], mock.url, { environment: ENVIRONMENT })
  const program = cliCommand([]).join(' ')

  const channel = (await abeja('create', 'channel', 'photos')).stdout.trim()
  const bucket = (await abeja('create', 'bucket', 'archive', '--description', 'old')).stdout.trim()
  expect(channel).toMatch(/^datalake:\/\/\d+$/)
  expect(bucket).toMatch(/^bucket:\/\/\d+$/)
  const listed = await abeja('ls')
  expect(listed.stdout).toContain(`channel  ${channel}  photos`)
  expect(listed.stdout).toContain(`bucket  ${bucket}  archive`)

  const sent = await shell(`printf 'a,b' | ${program} upload - ${bucket}/report.csv`)
  expect(sent).toMatchObject({ code: 0, stdout: `uploaded standard input to ${bucket}/report.csv\n` })
  expect(await abeja('cat', `${bucket}/report.csv`)).toMatchObject({ code: 0, stdout: 'a,b' })
  expect(await abeja('download', `${bucket}/report.csv`, '-')).toMatchObject({ code: 0, stdout: 'a,b' })
  expect(await abeja('cat', bucket)).toMatchObject({ code: 2 })

  const planned = await abeja('rm', channel, '--dry-run')
  expect(planned.stdout).toBe(`would archive channel ${channel.slice('datalake://'.length)}\n`)
  expect(await abeja('rm', channel)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
  expect((await abeja('ls')).stdout).toContain(channel)
  expect(await abeja('rm', channel, '--yes')).toMatchObject({ code: 0 })
  expect((await abeja('ls')).stdout).not.toContain(channel)
  expect(await abeja('rm', `${bucket}/report.csv`)).toMatchObject({
    ...{ code: 2, stderr: expect.stringContaining('The API cannot delete a file of a bucket') },
  })
})

test('help mock prints the help of the mock server', async () => {
  const abeja = await commandLine()
  expect((await abeja('help', 'mock')).stdout).toContain('--port')
})

test('completion prints a script that bash and the other shells can read', async () => {
  const abeja = await commandLine()
  const { stdout } = await abeja('completion', 'bash')
  const program = `${stdout}\nCOMP_WORDS=(abeja-files upload --skip) COMP_CWORD=2\n_abeja_platform_client\necho "\${COMPREPLY[@]}"`
  const completed = existsSync('/bin/bash') ? spawnSync('/bin/bash', ['-c', program], { encoding: 'utf8' }).stdout : ''
  if (completed !== '') expect(completed).toBe('--skip-unchanged\n')
  expect(stdout).toContain('complete -o default -F _abeja_platform_client abeja-platform-client abeja-files')
  expect((await abeja('completion', 'zsh')).stdout).toContain('bashcompinit')
  expect((await abeja('completion', 'fish')).stdout).toContain(
    'complete -c abeja-files -n __fish_use_subcommand -a upload',
  )
})
