import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { retryTransfer } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { cliCommand, run } from './run-cli.ts'
import { setting } from './setting.ts'

test.each(['datalake://1', 'bucket://2/x'])(
  'of several sources each directory keeps its name in %s',
  async (target) => {
    const { platform } = await setting()
    const dir = await directoryWith({
      'one/x.txt': '1',
      'two/x.txt': '2',
      'two/sub/y': 'y',
      'three.txt': '3',
      'other/z': 'z',
    })
    const sources = ['one', 'two/', 'three.txt'].map((name) => join(dir, name))
    expect(await run(cliCommand(['upload', ...sources, target]), platform.url)).toMatchObject({ code: 0 })
    const names = target.startsWith('bucket')
      ? [...platform.bucket.keys()]
      : platform.names().map((name) => `x/${name}`)
    expect(names.sort()).toEqual(['x/one/x.txt', 'x/three.txt', 'x/two/sub/y', 'x/two/x.txt'])
    platform.requests.splice(0)
    const again = await run(cliCommand(['upload', ...sources, target, '--skip-unchanged']), platform.url)
    expect(again.stdout).toContain('0 succeeded, 4 skipped')
  },
)

test('a report of one of several sources is retried below its directory alone', async () => {
  const { platform, abeja } = await setting()
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`one/f${index}`, `${index}`]))
  const dir = await directoryWith({ ...files, 'two/x': '2', 'private/p': 'p' })
  platform.faults.answer = () => ({ status: 400 })
  const args = ['upload', join(dir, 'one'), join(dir, 'two'), 'datalake://1', '--fail-fast', '--json', '-c', '1']
  const { code, stdout } = await run(cliCommand(args), platform.url)
  expect(code).toBe(1)
  expect(stdout.trim().split('\n'), 'it ends before the second directory').toHaveLength(1)
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({ complete: false, options: { below: 'one/' } })
  platform.faults.answer = undefined
  expect(await retryTransfer(abeja, report)).toMatchObject({ failed: [], complete: true })
  expect(platform.names().sort()).toEqual(Object.keys(files).sort())
})

test('the reports of several transfers are one JSON object a line, as that of one is', async () => {
  const { platform } = await setting()
  const dir = await directoryWith({ 'one/a': '1', 'two/b': '2', c: '3' })
  const reportsOf = async (...sources: string[]) => {
    const args = ['upload', ...sources.map((name) => join(dir, name)), 'datalake://1', '--json']
    const { stdout } = await run(cliCommand(args), platform.url)
    return stdout.split('\n').flatMap((line): unknown[] => (line === '' ? [] : [JSON.parse(line)]))
  }
  expect(await reportsOf('c')).toMatchObject([{ succeeded: [{ path: 'c' }] }])
  expect(await reportsOf('one', 'two', 'c')).toMatchObject([
    { succeeded: [{ path: 'one/a' }] },
    { succeeded: [{ path: 'two/b' }] },
    { succeeded: [{ path: 'c' }] },
  ])
})

test('sources that would be the same, and a journal for several transfers, are refused before anything is sent', async () => {
  const { platform } = await setting()
  const dir = await directoryWith({ 'one/x': '1', 'two/x': '2', 'three/one/y': '3', 'one.txt': '' })
  const upload = (...args: string[]) => run(cliCommand(['upload', ...args, 'datalake://1']), platform.url)
  const [one, x1, x2, deep] = ['one', 'one/x', 'two/x', 'three/one'].map((name) => join(dir, name))
  if (!one || !x1 || !x2 || !deep) throw new Error('four paths')
  const same = (name: string) => ({ code: 2, stderr: expect.stringContaining(`Two sources have the name ${name}`) })
  expect(await upload(x1, x2)).toMatchObject(same('x'))
  expect(await upload(one, deep)).toMatchObject(same(basename(one)))
  const journal = ['--journal', join(dir, 'journal')]
  const refused = { code: 2, stderr: expect.stringContaining('--journal takes one transfer') }
  expect(await upload(one, x2, ...journal)).toMatchObject(refused)
  expect(platform.requests).toEqual([])
  expect(await upload(one, ...journal)).toMatchObject({ code: 0 })
})
