import { join } from 'node:path'
import { expect, test } from 'vitest'
import { downloadDirectory, retryTransfer } from '../../src/node.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { paths } from './report.ts'
import { setting } from './setting.ts'

test.each([
  { told: 'an MD5', tellsMd5: true, before: 'one', after: 'two' },
  { told: 'no MD5', tellsMd5: false, before: 'one', after: 'two' },
])('a file that was replaced in a bucket which tells $told comes again', async ({ tellsMd5, before, after }) => {
  const { platform, bucket } = await setting()
  platform.tellsMd5 = tellsMd5
  for (const name of ['a', 'b']) platform.put('bucket', name, before)
  const [dir, other] = [await directoryWith(), await directoryWith()]
  const options = { journal: join(other, 'journal'), overwrite: true }
  await downloadDirectory(bucket, dir, options)
  platform.put('bucket', 'a', after)
  const again = await downloadDirectory(bucket, dir, options)
  expect(again.skipped).toMatchObject([{ path: 'b', reason: 'journal' }])
  expect(paths(again.succeeded)).toEqual(['a'])
  expect(await filesBelow(dir)).toEqual({ a: after, b: before })
  expect((await downloadDirectory(bucket, dir, options)).skipped).toMatchObject([{}, { reason: 'journal' }])
})

test('a retry does not take the word of a journal for a file whose new version failed', async () => {
  const { platform, abeja, bucket } = await setting({ maxRetries: 0 })
  platform.put('bucket', 'a', 'one')
  const [dir, other] = [await directoryWith(), await directoryWith()]
  const options = { journal: join(other, 'journal'), overwrite: true }
  await downloadDirectory(bucket, dir, options)
  platform.put('bucket', 'a', 'two')
  platform.faults.expired = 2
  const report = await downloadDirectory(bucket, dir, options)
  expect(report.failed).toHaveLength(1)
  expect((await retryTransfer(abeja, report, options)).succeeded).toHaveLength(1)
  expect(await filesBelow(dir)).toEqual({ a: 'two' })
})

test.each([{}, { overwrite: true }, { skipUnchanged: true }])(
  'a directory where a file has to be is the failure of that file, with %o',
  async (options) => {
    const { platform, channel } = await setting()
    for (const name of ['a', 'b']) platform.put('channel', name, name)
    const dir = await directoryWith({ 'a/own': 'own' })
    const report = await downloadDirectory(channel, dir, options)
    expect(report.failed).toMatchObject([{ path: 'a', error: { name: 'LocalFileError', path: join(dir, 'a') } }])
    expect(report.failed[0]?.error.message).toContain('A directory has the name of the file')
    expect(paths(report.succeeded)).toEqual(['b'])
    expect(await filesBelow(dir)).toEqual({ 'a/own': 'own', b: 'b' })
  },
)
