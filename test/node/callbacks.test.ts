import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { downloadDirectory, uploadDirectory } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { paths } from './report.ts'
import { setting } from './setting.ts'

/** The promises that reject and that nobody handles: each would end a process. */
function unhandled(): unknown[] {
  const rejections: unknown[] = []
  const add = (reason: unknown) => rejections.push(reason)
  process.on('unhandledRejection', add)
  onTestFinished(() => void process.off('unhandledRejection', add))
  return rejections
}

const failing: Readonly<Record<string, () => unknown>> = {
  throws: () => {
    throw new Error('of the callback')
  },
  rejects: () => Promise.reject(new Error('of the callback')),
  'rejects with no error': () => Promise.reject(),
}

test.each(Object.entries(failing))('an event listener that %s changes nothing', async (_, onEvent) => {
  const { platform, channel } = await setting()
  const rejections = unhandled()
  const dir = await directoryWith({ a: 'A', b: 'B' })
  expect((await uploadDirectory(channel, dir, { onEvent })).succeeded).toHaveLength(2)
  expect((await downloadDirectory(channel, await directoryWith(), { onEvent })).succeeded).toHaveLength(2)
  await new Promise((resolve) => setImmediate(resolve))
  expect(rejections).toEqual([])
  expect(platform.channel.size).toBe(2)
})

test.each([
  ['throws', () => failing.throws?.()],
  ['rejects', () => failing.rejects?.()],
])('a filter or metadata function that %s fails that file alone', async (_, fail) => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ good: 'G', bad: 'B', 'directory/in': 'I' })
  const isBad = (path: string) => path === 'bad' || path === 'directory/'
  const filter = async (path: string) => (isBad(path) ? Boolean(await fail()) : true)
  const filtered = await uploadDirectory(channel, dir, { filter })
  expect(paths(filtered.succeeded)).toEqual(['good'])
  expect(filtered.failed.map(({ path, error }) => [path, error.message]).sort()).toEqual([
    ['bad', 'of the callback'],
    ['directory/', 'of the callback'],
  ])
  const metadata = async (path: string) => {
    if (path === 'bad') await fail()
    return {}
  }
  const described = await uploadDirectory(channel, dir, { metadata })
  expect(described.failed).toMatchObject([{ path: 'bad', error: { message: 'of the callback' } }])
  expect(paths(described.succeeded)).toEqual(['directory/in', 'good'])
  for (const name of ['bad', 'other']) platform.put('channel', name, 'x')
  const down = await downloadDirectory(channel, await directoryWith(), { filter: (name) => filter(name) })
  expect(down.failed).toMatchObject([{ path: 'bad', error: { message: 'of the callback' } }])
  expect(paths(down.succeeded)).toContain('other')
})

test('a filter that returns a promise is awaited, in both directions', async () => {
  const { platform, channel } = await setting()
  const filter = async (path: string) => path !== 'b'
  await uploadDirectory(channel, await directoryWith({ a: 'A', b: 'B' }), { filter })
  expect(platform.names()).toEqual(['a'])
  platform.put('channel', 'b', 'B')
  expect(paths((await downloadDirectory(channel, await directoryWith(), { filter })).succeeded)).toEqual(['a'])
})

test('a filter sees names in composed form, whatever form they have', async () => {
  const { platform, bucket } = await setting()
  const composed = 'カ\u3099'.normalize('NFC')
  const decomposed = composed.normalize('NFD')
  const seen: string[] = []
  const filter = (path: string) => seen.push(path) > 0
  await uploadDirectory(bucket, await directoryWith({ [decomposed]: 'x' }), { filter })
  expect([...platform.bucket.keys()], 'the name itself stays as it is').toEqual([decomposed])
  await downloadDirectory(bucket, await directoryWith(), { filter })
  expect(seen).toEqual([composed, composed])
})

test.each(['filename', 'FileName', 'x-abeja-meta-filename', 'X-Abeja-Meta-Filename'])(
  'the metadata key %s replaces the name of the file',
  async (key) => {
    const { platform, channel, bucket } = await setting()
    const dir = await directoryWith({ a: 'A' })
    const options = { metadata: { [key]: 'mine' }, skipUnchanged: true }
    expect((await uploadDirectory(channel, dir, options)).succeeded).toHaveLength(1)
    expect(platform.names()).toEqual(['mine'])
    expect((await uploadDirectory(channel, dir, options)).skipped).toMatchObject([{ path: 'a', reason: 'unchanged' }])
    expect((await uploadDirectory(bucket, dir, options)).succeeded).toHaveLength(1)
  },
)

test.each([false, true])(
  'a directory that vanishes is one failed entry, with followSymlinks %s',
  async (followSymlinks) => {
    const { platform, channel } = await setting()
    const dir = await directoryWith({ 'a/1': '1', 'b/2': '2', 'c/3': '3' })
    symlinkSync('a', join(dir, 'link'))
    const filter = (path: string) => {
      if (path === 'b/') rmSync(join(dir, 'b'), { recursive: true })
      return true
    }
    const { failed, succeeded } = await uploadDirectory(channel, dir, { filter, followSymlinks })
    expect(failed).toMatchObject([{ path: 'b/', error: { name: 'LocalFileError', code: 'ENOENT' } }])
    expect(paths(succeeded)).toEqual(followSymlinks ? ['a/1', 'c/3', 'link/1'] : ['a/1', 'c/3'])
    expect(platform.names()).toContain('c/3')
  },
)

test.skipIf(process.platform !== 'linux').each([false, true])(
  'names that are not UTF-8 are failed entries of their own, with followSymlinks %s',
  async (followSymlinks) => {
    const { channel } = await setting()
    const dir = await directoryWith({ good: 'G' })
    const odd = (name: string) => Buffer.concat([Buffer.from(`${dir}/${name}`), Buffer.from([0xff])])
    mkdirSync(odd('directory'))
    await writeFile(odd('file'), 'x')
    await mkdir(join(dir, 'other'))
    await writeFile(join(dir, 'other', 'in'), 'x')
    const { failed, succeeded } = await uploadDirectory(channel, dir, { followSymlinks })
    expect(failed.map(({ error }) => error.name)).toEqual(['LocalFileError', 'LocalFileError'])
    expect(paths(succeeded)).toEqual(['good', 'other/in'])
  },
)

test.each(['a.txt', '', 7, true, {}])('rejects the paths %j', async (files) => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ 'a.txt': 'x' })
  // @ts-expect-error: a string or another value that is not an iterable of paths
  await expect(uploadDirectory(channel, dir, { files })).rejects.toThrow(/^files must be an array/)
  expect(platform.requests).toEqual([])
})

test('takes the paths of an array, a set and a generator', async () => {
  const { platform, channel } = await setting()
  const dir = await directoryWith({ a: 'A', b: 'B', c: 'C' })
  const generator = function* () {
    yield 'c'
  }
  await uploadDirectory(channel, dir, { files: ['a'] })
  await uploadDirectory(channel, dir, { files: new Set(['b']) })
  await uploadDirectory(channel, dir, { files: generator() })
  expect(platform.names()).toEqual(['a', 'b', 'c'])
})
