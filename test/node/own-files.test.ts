import { existsSync, linkSync, readdirSync } from 'node:fs'
import { mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { downloadDirectory, uploadDirectory } from '../../src/node.ts'
import { startChild } from './child.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { paths } from './report.ts'
import { setting } from './setting.ts'

test.each([
  'memo\u2028copy',
  'memo\u2029copy',
  'new\nline',
  'tab\tand "quotes"',
  '\\backslash',
  'é',
  'e\u0301',
  '日本',
  '{}',
])('a journal knows a file named %j again', async (name) => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ [name]: 'x' })
  const journal = join(await directoryWith(), 'journal')
  expect((await uploadDirectory(channel, dir, { journal })).succeeded).toHaveLength(1)
  expect((await uploadDirectory(channel, dir, { journal })).skipped).toMatchObject([{ path: name, reason: 'journal' }])
  expect(platform.names()).toEqual([name])
})

test('an upload leaves out its journal under every name, the lock and partial files', async () => {
  const { platform, bucket } = await setting()
  const partial = '.abeja-0123456789abcdef-00000000-0000-4000-8000-000000000000.part'
  const dir = await directoryWith({ a: 'A', [partial]: 'half' })
  const journal = join(dir, 'journal')
  await writeFile(journal, '')
  linkSync(journal, join(dir, 'hard-link'))
  const { skipped, succeeded } = await uploadDirectory(bucket, dir, { journal, dotFiles: true })
  expect(paths(succeeded)).toEqual(['a'])
  expect(paths(skipped)).toEqual([partial, 'hard-link', 'journal', 'journal.lock'].sort())
  expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set(['own-file']))
  expect([...platform.bucket.keys()]).toEqual(['a'])
})

test.each(['journal', 'journal.lock'])('a download does not replace its own %s', async (name) => {
  const { platform, channel } = await setting()
  for (const one of ['a', name]) platform.put('channel', one, 'of the platform')
  const dir = await directoryWith()
  const options = { journal: join(dir, 'journal'), overwrite: true }
  const { succeeded, failed } = await downloadDirectory(channel, dir, options)
  expect(paths(succeeded)).toEqual(['a'])
  expect(failed).toMatchObject([{ path: name, error: { name: 'LocalFileError', path: join(dir, name) } }])
  expect((await downloadDirectory(channel, dir, options)).skipped).toMatchObject([{ path: 'a', reason: 'journal' }])
})

test('neither direction touches the file that standard output is redirected to', async () => {
  const { platform } = await setting()
  platform.put('bucket', 'report.json', 'of the platform')
  const dir = await directoryWith({ a: 'A' })
  const output = await open(join(dir, 'report.json'), 'w')
  const child = startChild('./own-output.ts', [platform.url, dir], { stdout: output.fd })
  expect(await child.ended).toMatchObject({ code: 0, stderr: '' })
  await output.close()
  const [up, down] = JSON.parse(await readFile(join(dir, 'report.json'), 'utf8'))
  expect(up).toMatchObject({ succeeded: [{ path: 'a' }], skipped: [{ path: 'report.json', reason: 'own-file' }] })
  expect(down).toMatchObject({ failed: [{ path: 'report.json', error: { name: 'LocalFileError' } }] })
})

test('the next run with the journal removes the partial files that a crash has left, and no others', async () => {
  const { platform, channel } = await setting()
  for (const name of ['x', 'sub/y']) platform.put('channel', name, 'x'.repeat(200_000))
  const dir = await directoryWith()
  const journal = join(await directoryWith(), 'journal')
  const partials = () => readdirSync(dir, { recursive: true }).filter((name) => String(name).endsWith('.part'))
  platform.faults.cutEvery = 100_000
  const child = startChild('./crash-download.ts', [platform.url, dir, journal])
  await expect.poll(() => partials().length, { timeout: 20_000 }).toBe(2)
  child.process.kill('SIGKILL')
  await child.ended
  delete platform.faults.cutEvery
  const other = '.abeja-0123456789abcdef-00000000-0000-4000-8000-000000000000.part'
  await mkdir(join(dir, 'sub'), { recursive: true })
  await writeFile(join(dir, 'sub', other), 'of another transfer')
  expect((await downloadDirectory(channel, dir, { journal })).failed).toEqual([])
  expect(partials()).toEqual([join('sub', other)])
})

const header = (dir: string) => ({ journal: 1, direction: 'upload', address: 'datalake://1', folder: dir })
const oddLines: Readonly<Record<string, unknown>> = {
  'a date that is none': { begun: 'a', since: 'yesterday' },
  'a date that no ISO text has': { begun: 'a', since: '+275760-09-13T00:00:00.001Z' },
  'a date of the far future': { begun: 'a', since: '9999-01-01T00:00:00.000Z' },
  'a date of another type': { begun: 'a', since: { $gt: 1 } },
  'a clock without measure': { clock: 1e300 },
  'members of other types': { done: 'a', bytes: '1', modified: null, id: 7, path: [] },
  null: null,
  'a list': [1, 2],
}

test.each(Object.entries(oddLines))('reads a journal with %s', async (_, line) => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ a: 'A' })
  const journal = join(await directoryWith(), 'journal')
  await writeFile(journal, `${JSON.stringify(header(dir))}\n${JSON.stringify(line)}\n`)
  const report = await uploadDirectory(channel, dir, { journal })
  expect(report).toMatchObject({ succeeded: [{ path: 'a' }], failed: [], complete: true })
  expect(platform.names()).toEqual(['a'])
})

test('rejects a file that is not a journal, however large', async () => {
  const { channel } = await setting()
  const dir = await directoryWith({ a: 'A' })
  const other = await directoryWith({ journal: 'x'.repeat(3_000_000) })
  await expect(uploadDirectory(channel, dir, { journal: join(other, 'journal') })).rejects.toThrow('Not a journal')
  await expect(uploadDirectory(channel, dir, { journal: other })).rejects.toThrow('Not a regular file')
  expect(existsSync(join(other, 'journal.lock'))).toBe(false)
  expect(Object.keys(await filesBelow(other))).toEqual(['journal'])
})

test('takes the ids of a bucket with and without a leading slash for one', async () => {
  const { platform, bucket } = await setting()
  platform.put('bucket', 'a', 'A')
  const dir = await directoryWith()
  const journal = join(await directoryWith(), 'journal')
  await downloadDirectory(bucket, dir, { journal })
  await writeFile(journal, (await readFile(journal, 'utf8')).replaceAll('"/a"', '"a"'))
  expect((await downloadDirectory(bucket, dir, { journal })).skipped).toMatchObject([{ path: 'a', reason: 'journal' }])
})
