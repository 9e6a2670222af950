import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { directoryWith, filesBelow } from './directory.ts'
import { cliCommand, run } from './run-cli.ts'
import { setting } from './setting.ts'

const FILES = { 'a.csv': '1', 'b.txt': '2', 'sub/c.csv': '3', 'sub/deep/d.csv': '4', 'drafts/e.csv': '5' }

test.each([
  { globs: ['--include', '*.csv'], taken: ['a.csv', 'drafts/e.csv', 'sub/c.csv', 'sub/deep/d.csv'] },
  { globs: ['--include', '*.csv', '--exclude', 'drafts', '--exclude', 'sub/deep/**'], taken: ['a.csv', 'sub/c.csv'] },
  { globs: ['--include', 'sub/*', '--include', '*.txt'], taken: ['b.txt', 'sub/c.csv'] },
  { globs: ['--exclude', '*.{csv,txt}'], taken: [] },
])('$globs takes $taken, up and down', async ({ globs, taken }) => {
  const { platform } = await setting()
  const up = await run(cliCommand(['upload', await directoryWith(FILES), 'bucket://2', ...globs]), platform.url)
  expect(up).toMatchObject({ code: 0 })
  expect([...platform.bucket.keys()].sort()).toEqual(taken)
  for (const [name, content] of Object.entries(FILES)) platform.put('bucket', name, content)
  const dir = await directoryWith()
  expect(await run(cliCommand(['download', 'bucket://2', dir, ...globs]), platform.url)).toMatchObject({ code: 0 })
  expect(Object.keys(await filesBelow(dir))).toEqual(taken)
})

test('retry does again what the reports of --json say was left', async () => {
  const { platform } = await setting()
  const dir = await directoryWith({ 'one/a': '1', 'two/b': '2', 'two/c': '3' })
  platform.faults.answer = ({ headers }) =>
    /(one|two).*[ab]$/.test(String(headers['x-abeja-meta-filename'])) ? { status: 400 } : undefined
  const args = ['upload', join(dir, 'one'), join(dir, 'two'), 'datalake://1', '--json', '-m', 'label=x']
  const first = await run(cliCommand(args), platform.url)
  expect(first.code).toBe(1)
  platform.faults.answer = undefined
  const report = join(await directoryWith({ 'other.json': '{}' }), 'report.json')
  await writeFile(report, first.stdout)
  const again = await run(cliCommand(['retry', report]), platform.url)
  expect(again).toMatchObject({ code: 0, stdout: '2 succeeded, 0 skipped, 0 failed, 0 cancelled\n' })
  expect(platform.names().sort()).toEqual(['one/a', 'two/b', 'two/c'])
  const labels = [...platform.channel.values()].map(({ metadata }) => metadata['x-abeja-meta-label'])
  expect(labels).toEqual(['x', 'x', 'x'])
  const codeOf = async (...rest: string[]) => (await run(cliCommand(['retry', ...rest]), platform.url)).code
  expect(await codeOf(join(report, '../other.json'))).toBe(2)
  expect(await codeOf(join(dir, 'nowhere'))).toBe(3)
  expect(await codeOf(report, '--journal', join(dir, 'journal'))).toBe(2)
})
