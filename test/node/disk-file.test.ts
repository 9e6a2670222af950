import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, symlinkSync, truncateSync, utimesSync } from 'node:fs'
import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fromPath, uploadDirectory } from '../../src/node.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { directoryWith } from './directory.ts'
import { setting } from './setting.ts'
import { startSink } from './sink.ts'

const GiB = 2 ** 30
const SIZES = [4 * GiB - 1, 4 * GiB, 4 * GiB + 5, 9 * GiB]

/** A sparse file: it takes no room on the disk. */
async function sparseFile(size: number): Promise<{ readonly directory: string; readonly path: string }> {
  const directory = await directoryWith({ large: '' })
  const path = join(directory, 'large')
  await truncate(path, size)
  return { directory, path }
}

test('reads a file of more than 4 GiB to its last byte', { timeout: 300_000 }, async () => {
  const size = 4 * GiB + 5
  const { path } = await sparseFile(size)
  const file = await fromPath(path)()
  expect(file.size).toBe(size)
  let received = 0
  for await (const chunk of file.stream()) received += chunk.byteLength
  expect(received).toBe(size)
})

// Minutes of work: to be run when something of this changes.
test.runIf(process.env.TEST_LARGE).each(SIZES)(
  'sends a file of %i bytes as a whole',
  { timeout: 900_000 },
  async (size) => {
    const { directory, path } = await sparseFile(size)
    const sink = await startSink(0)
    const abeja = abejaAt(sink.url)
    await abeja.channels.files.upload('1', fromPath(path))
    await uploadDirectory(abeja.channels.files.in('1'), directory)
    await abeja.buckets.files.upload('2', 'large', fromPath(path))
    await uploadDirectory(abeja.buckets.files.in('2'), directory)
    const [fromAPath, fromADirectory, ...inBuckets] = sink.received
    expect([fromAPath, fromADirectory]).toEqual([size, size])
    expect(inBuckets).toHaveLength(2)
    for (const received of inBuckets) expect(received - size, 'the rest of the form').toBeLessThan(1_000)
  },
)

const changes: Readonly<Record<string, (path: string) => void>> = {
  grows: (path) => appendFileSync(path, 'x'),
  shrinks: (path) => truncateSync(path, 1_500_000),
  'is modified': (path) => utimesSync(path, 1, 1),
}

test.each(Object.entries(changes))('never completes the upload of a file that %s meanwhile', async (_, change) => {
  const { platform, channel } = await setting()
  const path = join(await directoryWith({ a: 'x'.repeat(3_000_000) }), 'a')
  const open = fromPath(path)
  const body = async () => {
    const file = await open()
    change(path)
    return file
  }
  const error = await errorOf(channel.upload(body))
  expect(error).toMatchObject({ cause: { name: 'LocalFileError', path } })
  expect(String(error)).toContain('File changed while it was read')
  expect(platform.channel.size).toBe(0)
})

test.each([0, 1, 64 * 1024, 64 * 1024 + 1, 512 * 1024, 512 * 1024 + 1, 2_000_000])(
  'reads a file of %i bytes again when the upload is retried',
  async (size) => {
    const { platform, channel } = await setting({ maxRetries: 1 })
    const content = Buffer.from(Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 9)) & 0xff))
    const directory = await directoryWith({ a: content })
    let refusals = 1
    platform.faults.answer = () => (refusals-- > 0 ? { status: 503, headers: { 'retry-after': '0' } } : undefined)
    const report = await uploadDirectory(channel, directory)
    expect(report.succeeded).toMatchObject([{ bytes: size, attempts: 2 }])
    const [stored] = [...platform.channel.values()]
    expect(stored?.content.equals(content)).toBe(true)
  },
)

test('fails for what is not a file of a known size, and names it', { timeout: 60_000 }, async () => {
  const { platform, channel } = await setting()
  const directory = await directoryWith({ good: 'good' })
  symlinkSync('/proc/self/status', join(directory, 'no-size'))
  symlinkSync(directory, join(directory, 'directory'))
  symlinkSync('loop', join(directory, 'loop'))
  if (existsSync('/usr/bin/mkfifo')) execFileSync('mkfifo', [join(directory, 'pipe')])
  const files = ['no-size', 'directory', 'loop', 'missing', 'pipe', 'good']
  const { failed, succeeded } = await uploadDirectory(channel, directory, { files })
  const told = failed.map(({ path, error: { name, code, message } }) => ({ path, name, code, message }))
  const at = (path: string) => join(directory, path)
  expect(told).toEqual([
    { path: 'no-size', name: 'LocalFileError', message: `Not a file of a known size: ${at('no-size')}` },
    { path: 'directory', name: 'LocalFileError', message: `Not a regular file: ${at('directory')}` },
    {
      ...{ path: 'loop', name: 'LocalFileError', code: 'ELOOP' },
      message: `Cannot read ${at('loop')} (ELOOP: too many symbolic links encountered)`,
    },
    {
      ...{ path: 'missing', name: 'LocalFileError', code: 'ENOENT' },
      message: `Cannot read ${at('missing')} (ENOENT: no such file or directory)`,
    },
    { path: 'pipe', name: 'LocalFileError', message: `Not a regular file: ${at('pipe')}` },
  ])
  expect(succeeded).toMatchObject([{ path: 'good' }])
  expect(platform.names()).toEqual(['good'])
})

test('does not wait for a pipe that nobody writes to', async () => {
  const directory = await directoryWith()
  execFileSync('mkfifo', [join(directory, 'pipe')])
  const { channel } = await setting()
  const error = await errorOf(channel.upload(fromPath(join(directory, 'pipe'))))
  expect(error).toMatchObject({ cause: { name: 'LocalFileError', message: expect.stringContaining('regular file') } })
})
