import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { retryTransfer } from '../../src/node.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { cliCommand, run } from './run-cli.ts'
import { setting } from './setting.ts'

test.each([
  ['bucket://2/renamed.txt', 'renamed.txt'],
  ['bucket://2/new/renamed.txt', 'new/renamed.txt'],
  ['bucket://2/new/', 'new/a.txt'],
  ['bucket://2/', 'a.txt'],
  ['bucket://2', 'a.txt'],
])('a single file that is uploaded to %s is stored at %s, as the output says', async (target, location) => {
  const { platform } = await setting()
  const file = join(await directoryWith({ 'a.txt': 'A' }), 'a.txt')
  const { code, stdout } = await run(cliCommand(['upload', file, target]), platform.url)
  expect([code, [...platform.bucket.keys()]]).toEqual([0, [location]])
  expect(stdout).toMatch(/^uploaded \S*a\.txt to bucket:\/\/2\/(\S+)\n1 succeeded/)
  expect(stdout).toContain(` to bucket://2/${location}\n`)
  expect(platform.bucket.get(location)?.metadata).toMatchObject({ 'x-abeja-meta-filename': location })
})

test('a single file that is uploaded to a channel is printed with its id', async () => {
  const { platform } = await setting()
  const file = join(await directoryWith({ 'a.txt': 'A' }), 'a.txt')
  const { stdout } = await run(cliCommand(['upload', file, 'datalake://1']), platform.url)
  expect(stdout).toMatch(/^uploaded \S*a\.txt to datalake:\/\/1\/\S+\n1 succeeded/)
})

test('a renamed file is skipped when it has not changed, is not sent in a dry run, and its report can be retried', async () => {
  const { platform, abeja } = await setting()
  const file = join(await directoryWith({ 'a.txt': 'A' }), 'a.txt')
  const upload = (...flags: string[]) => run(cliCommand(['upload', file, 'bucket://2/b.txt', ...flags]), platform.url)
  expect((await upload('--dry-run')).stdout).toContain('1 skipped')
  expect(platform.bucket.size).toBe(0)

  platform.faults.answer = () => ({ status: 400 })
  const report = JSON.parse((await upload('--json')).stdout)
  expect(report).toMatchObject({ failed: [{ path: 'b.txt' }], options: { source: 'a.txt' } })
  platform.faults.answer = undefined
  expect(await retryTransfer(abeja, report)).toMatchObject({ succeeded: [{ path: 'b.txt' }] })
  expect([...platform.bucket.keys()]).toEqual(['b.txt'])
  expect((await upload('--skip-unchanged')).stdout).toContain('0 succeeded, 1 skipped')
})

test('a single file is downloaded to the path itself, or into a directory that exists or ends with a slash', async () => {
  const { platform } = await setting()
  platform.put('bucket', 'x/a.txt', 'A')
  platform.put('channel', 'cat.jpg', 'C', 'id1')
  const dir = await directoryWith()
  const download = (source: string, target: string) => run(cliCommand(['download', source, target]), platform.url)
  const { stdout } = await download('bucket://2/x/a.txt', join(dir, 'renamed.txt'))
  expect(stdout).toMatch(/^downloaded bucket:\/\/2\/x\/a\.txt to \S*renamed\.txt\n1 succeeded/)
  await download('bucket://2/x/a.txt', join(dir, 'made/'))
  await download('bucket://2/x/a.txt', dir)
  await download('datalake://1/id1', join(dir, 'made/dog.jpg'))
  expect(await filesBelow(dir)).toEqual({ 'renamed.txt': 'A', 'a.txt': 'A', 'made/a.txt': 'A', 'made/dog.jpg': 'C' })

  platform.put('bucket', 'x/a.txt', 'new')
  expect((await download('bucket://2/x/a.txt', join(dir, 'renamed.txt'))).stdout).toContain('1 skipped')
  expect(await readFile(join(dir, 'renamed.txt'), 'utf8')).toBe('A')
})
