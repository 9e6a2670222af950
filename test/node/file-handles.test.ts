import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { downloadDirectory, uploadDirectory } from '../../src/node.ts'
import { startChild } from './child.ts'
import { directoryWith } from './directory.ts'
import { setting } from './setting.ts'

test.skipIf(process.platform === 'win32')(
  'uploads all files with fewer file handles than files at once',
  { timeout: 120_000 },
  async () => {
    const { platform } = await setting()
    const dir = await directoryWith(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, 'x'])))
    platform.faults.latencyMs = 5
    const child = startChild('./few-handles.ts', [platform.url, dir], { handles: 128 })
    const { stdout, stderr } = await child.ended
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({ succeeded: 300, isThrottled: true, errors: [] })
    expect(platform.channel.size).toBe(300)
  },
)

/** Lets the system have no file handle for whatever is read, while a condition holds. */
async function withoutHandles(isOut: () => boolean): Promise<void> {
  const handle = await open(import.meta.filename)
  const prototype: FileHandle = Object.getPrototypeOf(handle)
  const { stat } = prototype
  const spy = vi.spyOn(prototype, 'stat').mockImplementation(function (this: FileHandle, ...args: []) {
    if (!isOut()) return stat.apply(this, args)
    return Promise.reject(Object.assign(new Error('EMFILE: too many open files, fstat'), { code: 'EMFILE' }))
  })
  onTestFinished(() => spy.mockRestore())
  await handle.close()
}

test('tells the cause of a file for which no file handle became free', { timeout: 60_000 }, async () => {
  const { channel } = await setting()
  const dir = await directoryWith({ a: 'A' })
  await withoutHandles(() => true)
  const { failed } = await uploadDirectory(channel, dir)
  expect(failed).toMatchObject([{ path: 'a', error: { name: 'LocalFileError', code: 'EMFILE', path: join(dir, 'a') } }])
  expect(failed[0]?.error.message).toContain('EMFILE: too many open files')
})

test('many transfers with one signal leave no listeners and warn of none', async () => {
  const { channel } = await setting()
  const dir = await directoryWith({ a: 'A' })
  const warnings: Error[] = []
  const onWarning = (warning: Error) => warnings.push(warning)
  process.on('warning', onWarning)
  onTestFinished(() => void process.off('warning', onWarning))
  const { signal } = new AbortController()
  const target = await directoryWith()
  await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      index % 2
        ? uploadDirectory(channel, dir, { signal })
        : downloadDirectory(channel, join(target, `${index}`), { signal }),
    ),
  )
  expect(warnings).toEqual([])
})
