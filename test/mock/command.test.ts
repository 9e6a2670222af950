import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Caller, object, text } from './helpers/caller.ts'
import { OwnProcess } from './helpers/own-process.ts'
import { organization } from './helpers/use-mock.ts'

const channels = `${organization}/channels`

describe('the command', () => {
  test('starts a server with its flags, and exits with 0 on a signal', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mock-command-'))
    const urlFlag = ['--latency', '1', '--public-url', 'https://dev.example/mock']
    const server = await OwnProcess.start('--data', folder, '--seed', 'empty', '--fault', '0', ...urlFlag)
    const user = new Caller(server.url, 'Bearer x')
    expect((await user.get(channels)).json.channels).toEqual([])
    const created = await user.post(channels, { name: 'x', description: '', storage_type: 'file' })
    const ticket = await user.call('POST', `/channels/${text(object(created.json.channel).channel_id)}`, {
      headers: { 'content-type': 'a/b' },
    })
    expect(ticket.json.upload_url).toMatch(/^https:\/\/dev\.example\/mock\/_storage\//)
    expect(await server.stop()).toBe(0)
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['blobs', 'journal.jsonl', 'state.json']))
    expect(await readdir(folder)).not.toContain('lock')
    await rm(folder, { recursive: true })
  })

  test('plans faults, serves TLS, and takes times with their units', async () => {
    const flags = ['--tls', '--url-lifetime', '90s', '--run-times', '1s,2m', '--quiet', '--port', '0']
    const faults = ['--fault', 'operation=listChannels,status=503,retryAfter=3,times=2', '--fault', '0']
    const child = spawn(process.execPath, [...command, ...flags, ...faults], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk))
    await expect.poll(() => output, { timeout: 60_000 }).toMatch(/_docs/)
    const url = /https:\/\/\S+/.exec(output)?.[0] ?? ''
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { rejectUnauthorized: false, headers: { authorization: 'Bearer x' } }
      get(url + channels, options, resolve).once('error', reject)
    })
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '3'])
    response.destroy()
    child.kill('SIGTERM')
    await new Promise((done) => child.once('exit', done))
  })

  test('can respond with examples only', async () => {
    const server = await OwnProcess.start('--static')
    expect((await new Caller(server.url, 'Bearer x').get(channels)).json.has_next).toBe(true)
    expect(await server.stop()).toBe(0)
  })

  test('prints a line a request unless it is quiet', async () => {
    const child = spawn(process.execPath, [...command, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (chunk) => (output += chunk))
    await expect.poll(() => output, { timeout: 20_000 }).toMatch(/_docs/)
    await new Caller(/http:\/\/\S+/.exec(output)?.[0] ?? '', 'Bearer x').post(channels, {})
    await expect.poll(() => output).toMatch(/POST \S+channels 400 \d+ ms\n {4}request.body: .*'name'/)
    child.kill('SIGINT')
    expect(await new Promise((done) => child.once('exit', done))).toBe(0)
  })

  test('reports an error in one line', async () => {
    const server = await OwnProcess.start()
    const port = new URL(server.url).port
    const outcomes = await Promise.all([
      run('--port', port),
      run('--port', 'x'),
      run('--seed', 'nothing.json'),
      run('--fault', 'operation=nothing,status=500'),
      run('--url-lifetime', 'long'),
    ])
    expect(outcomes.map(({ code }) => code)).toEqual([1, 1, 1, 1, 1])
    expect(outcomes.map(({ errors }) => errors.trim().split('\n'))).toEqual([
      [`Port ${port} is taken. Choose another with --port, or --port 0 for any.`],
      [expect.stringContaining('It must be a number from 0 to 65535.')],
      [expect.stringContaining('nothing.json')],
      [expect.stringContaining('operation must be an operationId of the description')],
      [expect.stringContaining('It must be a time, such as 500ms, 90s, 15m, 1h or 7d.')],
    ])
    await server.stop()
  })
})

const command = [resolve('node_modules/jiti/lib/jiti-cli.mjs'), resolve('scripts/mock.ts')]

async function run(...flags: readonly string[]): Promise<{ code: number | null; errors: string }> {
  const child = spawn(process.execPath, [...command, ...flags], { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (chunk) => (errors += chunk))
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, errors }
}
