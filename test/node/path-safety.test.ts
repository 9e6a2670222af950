import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join, resolve, sep, win32 } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { downloadDirectory, retryTransfer, safeLocalPath, UnsafePathError } from '../../src/node.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { setting } from './setting.ts'

const mapped: readonly [string, string][] = [
  ['a/b.txt', 'a/b.txt'],
  ['日本/語.txt', '日本/語.txt'],
  ['C:\\Windows\\a', 'C%3A%5CWindows%5Ca'],
  ['..\\..\\a', '..%5C..%5Ca'],
  ['c:a', 'c%3Aa'],
  ['a\0b', 'a%00b'],
  ['a\nb', 'a%0Ab'],
  ['a.', 'a%2E'],
  ['a. . ', 'a%2E%20%2E%20'],
  ['...', '%2E%2E%2E'],
  [' ', '%20'],
  ['con', '%63on'],
  ['dir/NUL.txt', 'dir/%4EUL.txt'],
  ['COM1', '%43OM1'],
  ['lpt².tar.gz', '%6Cpt².tar.gz'],
  ['conx', 'conx'],
  ['a*b?c"d<e>f|g', 'a%2Ab%3Fc%22d%3Ce%3Ef%7Cg'],
  ['\ud800', '\ufffd'],
]

test.each(mapped)('the name %j is written as %j', (name, path) => {
  expect(safeLocalPath(name)).toBe(path)
})

test.each([
  '',
  '/',
  '/etc/passwd',
  '..',
  '../a',
  'a/../../b',
  'a/..',
  '.',
  './a',
  'a/./b',
  'a//b',
  'a/',
  '//host/share',
])('the name %j is refused', (name) => {
  expect(() => safeLocalPath(name)).toThrow(UnsafePathError)
})

const wicked = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    '/',
    '\\',
    'C:',
    '~',
    'con',
    'NUL.',
    ' ',
    '. ',
    '\0',
    '%2e%2e',
    '..%2f',
    'a',
    'A',
    'é',
    'e\u0301',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const wickedName = fc
  .array(wicked, { minLength: 1, maxLength: 6 })
  .chain((parts) => fc.constantFrom('/', '\\', '').map((joint) => parts.join(joint)))

test('no name leads out of the directory, on no system', () => {
  const posixRoot = resolve('/some/target')
  fc.assert(
    fc.property(wickedName, (name) => {
      let path: string
      try {
        path = safeLocalPath(name)
      } catch (error) {
        expect(error).toBeInstanceOf(UnsafePathError)
        return
      }
      expect(resolve(posixRoot, path).startsWith(posixRoot + sep)).toBe(true)
      expect(win32.resolve('C:\\some\\target', path).startsWith('C:\\some\\target\\')).toBe(true)
      expect(win32.resolve('C:\\some\\target', path).slice(15).replaceAll('\\', '/')).toBe(path)
      for (const part of path.split('/')) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that must not be there.
        expect(part).not.toMatch(/^$|^\.+$|[\x00-\x1f\\:*?"<>|]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
      }
      expect(safeLocalPath(path), 'a safe path stays what it is').toBe(path)
    }),
    { numRuns: 5_000 },
  )
})

test('a download of any names writes below its directory and nowhere else', async () => {
  const { platform, channel } = await setting()
  const outside = await directoryWith({ 'target/own': 'own' })
  const names = fc.uniqueArray(wickedName, { minLength: 10, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(names, fc.constantFrom('filename', 'numbered'), async (chosen, policy) => {
      platform.channel.clear()
      for (const name of chosen) platform.put('channel', name.replaceAll(/\p{Surrogate}/gu, '?'), 'x')
      const report = await downloadDirectory(channel, join(outside, 'target'), { naming: policy, overwrite: true })
      const { failed, succeeded, skipped } = report
      expect(failed.length + succeeded.length + skipped.length).toBe(chosen.length)
      for (const { error } of failed)
        expect(error).toMatchObject({ name: expect.stringMatching(/^(UnsafePath|LocalFile)Error$/) })
    }),
    { numRuns: 15 },
  )
  const files = await filesBelow(outside)
  expect(Object.keys(files).every((path) => path.startsWith('target/'))).toBe(true)
  expect(Object.values(files).filter((text) => text !== 'x')).toEqual(['own'])
  expect(Object.keys(files).filter((path) => path.includes('.part'))).toEqual([])
})

test('a symlink planted inside of the target is not written through', async () => {
  const { platform, bucket } = await setting()
  for (const name of ['sub/evil', 'sub/deep/evil', 'link', 'good/file']) platform.put('bucket', name, 'theirs')
  const dir = await directoryWith({ 'victim/file': 'mine', 'victim/evil': 'mine' })
  const target = join(dir, 'target')
  await mkdir(target)
  await symlink(join(dir, 'victim'), join(target, 'sub'))
  await symlink(join(dir, 'victim/file'), join(target, 'link'))
  const report = await downloadDirectory(bucket, target, { overwrite: true })
  expect(report.failed.map(({ path }) => path).sort()).toEqual(['sub/deep/evil', 'sub/evil'])
  expect(report.failed[0]?.error).toMatchObject({ name: 'UnsafePathError' })
  expect(await filesBelow(join(dir, 'victim'))).toEqual({ evil: 'mine', file: 'mine' })
  expect(report.succeeded.map(({ path }) => path).sort()).toEqual(['good/file', 'link'])
})

test('a symlink planted while the bytes come is not written through', async () => {
  const { platform, bucket } = await setting()
  platform.put('bucket', 'sub/evil', 'x'.repeat(500_000))
  const dir = await directoryWith({ 'victim/file': 'mine' })
  const target = join(dir, 'target')
  const { rename } = await import('node:fs/promises')
  let planted = false
  const report = await downloadDirectory(bucket, target, {
    onEvent: ({ type }) => {
      if (type !== 'progress' || planted) return
      planted = true
      void rename(join(target, 'sub'), join(target, 'moved')).then(() =>
        symlink(join(dir, 'victim'), join(target, 'sub')),
      )
    },
  })
  expect(planted).toBe(true)
  expect(await filesBelow(join(dir, 'victim'))).toEqual({ file: 'mine' })
  expect([...report.failed, ...report.succeeded]).toHaveLength(1)
})

test('the target itself may be a symlink', async () => {
  const { platform, bucket } = await setting()
  platform.put('bucket', 'a', 'A')
  const dir = await directoryWith({ 'real/own': 'own' })
  await symlink(join(dir, 'real'), join(dir, 'link'))
  await downloadDirectory(bucket, join(dir, 'link'))
  expect(await filesBelow(join(dir, 'real'))).toEqual({ a: 'A', own: 'own' })
})

test('a report or a journal that was tampered with leads nowhere else', async () => {
  const { platform, abeja, channel } = await setting()
  platform.put('channel', 'a', 'theirs', 'id1')
  const dir = await directoryWith()
  const target = join(dir, 'target')
  const report = await downloadDirectory(channel, target, { filter: () => false })
  const tampered = { ...report, failed: [{ path: '../evil', id: 'id1', attempts: 1, error: {} }] }
  const again = await retryTransfer(abeja, tampered)
  expect(again.failed).toMatchObject([{ error: { name: 'UnsafePathError' } }])
  const journal = join(dir, 'journal')
  const header = { journal: 1, direction: 'download', address: channel.address, folder: target }
  await writeFile(journal, `${JSON.stringify(header)}\n${JSON.stringify({ done: 'id1', bytes: 1, path: '../evil' })}\n`)
  expect((await downloadDirectory(channel, target, { journal })).failed).toMatchObject([{ path: '../evil' }])
  expect(Object.keys(await filesBelow(dir))).toEqual(['journal'])
})
