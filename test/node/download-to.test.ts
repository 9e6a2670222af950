import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { InvalidRequestError } from '../../src/index.ts'
import { downloadTo } from '../../src/node.ts'
import { directoryWith, filesBelow } from './directory.ts'
import { setting } from './setting.ts'

test('a download is written to a path', async () => {
  const { platform, channel } = await setting()
  const { id } = platform.put('channel', 'a', 'hello')
  const dir = await directoryWith()
  const saved = await downloadTo(await channel.download(id), join(dir, 'b'))
  expect(saved).toEqual({ path: join(dir, 'b'), bytes: 5 })
  expect(await filesBelow(dir)).toEqual({ b: 'hello' })
})

test('an empty file is written too', async () => {
  const { platform, bucket } = await setting()
  platform.put('bucket', 'a', '')
  const dir = await directoryWith()
  await downloadTo(await bucket.download('a'), join(dir, 'b'))
  expect(await filesBelow(dir)).toEqual({ b: '' })
})

test('a file that is there is left, and replaced when asked', async () => {
  const { platform, channel } = await setting()
  const { id } = platform.put('channel', 'a', 'theirs')
  const dir = await directoryWith({ a: 'mine' })
  const refused = downloadTo(await channel.download(id), join(dir, 'a'))
  await expect(refused).rejects.toMatchObject({ name: 'LocalFileError', code: 'EEXIST', path: join(dir, 'a') })
  expect(await filesBelow(dir)).toEqual({ a: 'mine' })
  await downloadTo(await channel.download(id), join(dir, 'a'), { overwrite: true })
  expect(await filesBelow(dir)).toEqual({ a: 'theirs' })
})

test('a file that came while the bytes did is left too', async () => {
  const { platform, channel } = await setting()
  const { id } = platform.put('channel', 'a', 'x'.repeat(300_000))
  const dir = await directoryWith()
  const download = await channel.download(id, { onProgress: () => void writeFile(join(dir, 'a'), 'mine') })
  await expect(downloadTo(download, join(dir, 'a'))).rejects.toMatchObject({ code: 'EEXIST' })
  expect(await filesBelow(dir)).toEqual({ a: 'mine' })
})

test('a symlink is replaced and not written through', async () => {
  const { platform, channel } = await setting()
  const { id } = platform.put('channel', 'a', 'theirs')
  const dir = await directoryWith({ real: 'mine' })
  await symlink(join(dir, 'real'), join(dir, 'link'))
  await downloadTo(await channel.download(id), join(dir, 'link'), { overwrite: true })
  expect(await filesBelow(dir)).toEqual({ link: 'theirs', real: 'mine' })
})

test('a failure leaves the old file whole, and no other', async () => {
  const { platform, channel } = await setting()
  const { id } = platform.put('channel', 'a', 'x'.repeat(300_000))
  platform.faults.cutEvery = 100_000
  const dir = await directoryWith({ a: 'mine' })
  const failing = downloadTo(await channel.download(id), join(dir, 'a'), { overwrite: true })
  await expect(failing).rejects.toMatchObject({ name: 'ConnectionError' })
  expect(await filesBelow(dir)).toEqual({ a: 'mine' })
})

test('a signal ends it and leaves nothing', async () => {
  const { platform, channel } = await setting()
  const { id } = platform.put('channel', 'a', 'x'.repeat(3_000_000))
  const dir = await directoryWith()
  const controller = new AbortController()
  const download = await channel.download(id, { signal: controller.signal, onProgress: () => controller.abort() })
  await expect(downloadTo(download, join(dir, 'a'))).rejects.toMatchObject({ name: 'AbortedError' })
  expect(await filesBelow(dir)).toEqual({})
})

test('an object that is replaced meanwhile is written from its beginning', async () => {
  const { platform, channel } = await setting({ maxRetries: 1 })
  const { id } = platform.put('channel', 'a', 'a'.repeat(900_000))
  platform.faults.cutEvery = 500_000
  platform.faults.afterHead = (file) => {
    file.content = Buffer.from('b'.repeat(300_000))
  }
  const dir = await directoryWith()
  await downloadTo(await channel.download(id), join(dir, 'a'))
  expect((await readFile(join(dir, 'a'), 'utf8')) === 'b'.repeat(300_000)).toBe(true)
})

test('a directory that is not there, or a download that was read, is refused', async () => {
  const { platform, channel } = await setting()
  const { id } = platform.put('channel', 'a', 'x')
  const dir = await directoryWith()
  const download = await channel.download(id)
  await expect(downloadTo(download, join(dir, 'no/such/a'))).rejects.toMatchObject({ code: 'ENOENT' })
  const read = await channel.download(id)
  await read.text()
  await expect(downloadTo(read, join(dir, 'a'))).rejects.toThrow(InvalidRequestError)
  expect(await filesBelow(dir)).toEqual({})
})
