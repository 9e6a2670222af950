import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { directoryWith, filesBelow } from './directory.ts'
import { cliCommand, run } from './run-cli.ts'
import { setting } from './setting.ts'

test('files and directories go up, and come down again', async () => {
  const { platform } = await setting()
  const dir = join(await directoryWith({ 'd/a.txt': 'A', 'd/sub/b.txt': 'B', 'd/sub/.hidden': 'h' }), 'd')
  const single = join(await directoryWith({ 'c.json': '{}' }), 'c.json')
  const up = await run(
    cliCommand(['upload', dir, single, 'bucket://2/x', '--lifetime', '1day', '-m', 'label=a=b']),
    platform.url,
  )
  expect(up).toMatchObject({ code: 0, stdout: '3 succeeded, 0 skipped, 0 failed, 0 cancelled\n' })
  expect(up.stderr.split('\n').sort()).toEqual([
    '',
    'done       c.json (2 B)',
    'done       d/a.txt (1 B)',
    'done       d/sub/b.txt (1 B)',
  ])
  expect(platform.bucket.get('x/c.json')).toMatchObject({
    lifetime: '1day',
    metadata: { 'x-abeja-meta-label': 'a%3Db' },
  })

  const target = join(await directoryWith(), 'made')
  const down = await run(cliCommand(['download', 'bucket://2/x', target, '--json', '--quiet']), platform.url)
  expect(down).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(down.stdout)).toMatchObject({ direction: 'download', address: 'bucket://2/x', failed: [] })
  expect(await filesBelow(target)).toEqual({ 'c.json': '{}', 'd/a.txt': 'A', 'd/sub/b.txt': 'B' })

  const one = await run(cliCommand(['download', 'bucket://2/x/d/sub/b.txt', target]), platform.url)
  expect(one).toMatchObject({ code: 0, stderr: 'done       b.txt (1 B)\n' })
  const again = await run(cliCommand(['download', 'bucket://2/x', target, '-q']), platform.url)
  expect(again.stdout).toBe('0 succeeded, 3 skipped, 0 failed, 0 cancelled\n')
})

test('one file of a channel comes by its id', async () => {
  const { platform } = await setting()
  platform.put('channel', 'cat.jpg', 'C', 'id1')
  platform.put('channel', '../evil', 'E', 'id2')
  const dir = await directoryWith()
  expect(await run(cliCommand(['download', 'datalake://1/id1', dir]), platform.url)).toMatchObject({ code: 0 })
  const refused = await run(cliCommand(['download', 'datalake://1/id2', dir]), platform.url)
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Unsafe path "../evil"') })
  expect(await filesBelow(dir)).toEqual({ 'cat.jpg': 'C' })
})

test('ls lists a channel, a directory and, recursively, all below', async () => {
  const { platform } = await setting()
  platform.put('channel', '日本.jpg', 'C', 'id1')
  platform.put('bucket', 'x/a.txt', 'A')
  platform.put('bucket', 'x/sub/b.txt', 'B')
  const channel = await run(cliCommand(['ls', 'datalake://1']), platform.url)
  expect(channel).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^20\S+Z {3} +text\/plain {2}id1 {2}日本\.jpg\n$/),
  })
  const directory = await run(cliCommand(['ls', 'bucket://2/x']), platform.url)
  expect(directory.stdout.split('\n').map((line) => line.slice(27).trim())).toEqual([
    '1 B  /x/a.txt',
    'directory  /x/sub/',
    '',
  ])
  const all = await run(cliCommand(['ls', '-r', '--json', 'bucket://2/x']), platform.url)
  const ids = all.stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line).file_id)
  expect(ids).toEqual(['/x/a.txt', '/x/sub/b.txt'])
})

test('what the process ends with tells scripts how it went', async () => {
  const { platform } = await setting()
  platform.faults.answer = ({ headers }) => (headers['x-abeja-meta-filename'] === 'b' ? { status: 400 } : undefined)
  const dir = await directoryWith({ a: '1', b: '2' })
  const codeOf = async (...args: string[]) => (await run(cliCommand(args), platform.url)).code
  expect(await codeOf('upload', dir, 'datalake://1')).toBe(1)
  expect(await codeOf('upload', dir, 'nonsense')).toBe(2)
  expect(await codeOf('upload', dir, 'datalake://1', '--concurrency', '0')).toBe(2)
  expect(await codeOf('upload', join(dir, 'no'), 'datalake://1')).toBe(3)
  platform.faults.answer = () => ({ status: 401 })
  expect(await codeOf('ls', 'datalake://1')).toBe(3)
})

test('what is wrong with a command line is said', async () => {
  const { platform } = await setting()
  const messageOf = async (...args: string[]) => (await run(cliCommand(args), platform.url)).stderr
  expect(await messageOf('upload', 'datalake://1')).toContain('Missing source or target.')
  expect(await messageOf('uplaod')).toContain("unknown command 'uplaod'")
  expect(await messageOf('upload', 'x', 'datalake://1/file')).toContain(
    'The target must be a channel (received the file datalake://1/file)',
  )
  expect(await messageOf('upload', '.', 'bucket://1', '--lifetime', '2days')).toContain('1day, 1week')
  expect(platform.requests).toEqual([])
})

test('help tells the verbs, the addresses and the exit codes', async () => {
  const { code, stdout } = await run(cliCommand(['--help']), '')
  expect(code).toBe(0)
  for (const text of ['upload', 'download', 'ls', 'mock', 'datalake://<channel>/<file>', 'Exit codes:', '130']) {
    expect(stdout).toContain(text)
  }
  expect((await run(cliCommand(['download', '--help']), '')).stdout).toContain('--skip-unchanged')
  expect((await run(cliCommand(['mock', '--help']), '')).stdout).toContain('--port')
})

test('a dry run tells what would be done', async () => {
  const { platform } = await setting()
  const { code, stderr } = await run(
    cliCommand(['upload', await directoryWith({ a: '1' }), 'bucket://2', '-n']),
    platform.url,
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'skipped    a (dry-run)\n' })
  expect(platform.requests).toEqual([])
})

test('Ctrl-C ends it in order, and the journal goes on', async () => {
  const { platform } = await setting()
  platform.faults.latencyMs = 20
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, `${index}`]))
  const [dir, other] = [await directoryWith(files), await directoryWith()]
  const args = cliCommand(['upload', dir, 'datalake://1', '-c', '4', '--journal', join(other, 'journal'), '--json'])
  let interrupted = false
  const onError = (_: string, pid: number) => {
    if (!interrupted) process.kill(pid, 'SIGINT')
    interrupted = true
  }
  const first = await run(args, platform.url, { onError })
  expect(first.code).toBe(130)
  const { succeeded, complete } = JSON.parse(first.stdout)
  expect(complete).toBe(false)
  expect(succeeded.length).toBeGreaterThan(0)
  expect(succeeded.length).toBeLessThan(60)
  const second = await run(args, platform.url)
  expect(second.code).toBe(0)
  expect(platform.names().sort()).toEqual(Object.keys(files).sort())
})

test.skipIf(!existsSync('/usr/bin/script'))('on a terminal there is a bar, and a line for each failure', async () => {
  const { platform } = await setting()
  platform.faults.answer = ({ headers }) => (headers['x-abeja-meta-filename'] === 'b' ? { status: 400 } : undefined)
  const command = cliCommand(['upload', await directoryWith({ a: '1', b: '2' }), 'datalake://1'])
  const { stdout } = await run(
    ['script', '-qec', command.map((part) => `'${part}'`).join(' '), '/dev/null'],
    platform.url,
  )
  expect(stdout).toContain('2/2 files  1 B')
  expect(stdout).toContain('1 failed')
  expect(stdout).toContain('failed     b: postChannelFileUpload: 400')
  expect(stdout).not.toContain('done       a')
})
