import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { AbejaClient } from '../../src/index.ts'
import { type Mock, type MockOptions, startMock } from '../../src/mock.ts'
import { downloadDirectory, retryTransfer, uploadDirectory } from '../../src/node.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abeja-mock-files-'))
  await mkdir(join(folder, 'from/写真'), { recursive: true })
  for (let number = 0; number < 20; number++) {
    await writeFile(join(folder, 'from/写真', `${number}.bin`), Buffer.alloc(number * 10_000, number))
  }
})

afterAll(() => rm(folder, { recursive: true }))

/** A server, a client of it that does not pause, and a channel and a bucket. */
async function setting(options: MockOptions, use: (abeja: AbejaClient, mock: Mock) => Promise<void>): Promise<void> {
  const mock = await startMock({ strict: true, ...options })
  vi.spyOn(Math, 'random').mockReturnValue(0)
  try {
    const credential = { authToken: 'any' }
    await use(new AbejaClient({ baseUrl: mock.url, organizationId: '1234567890123', credential }), mock)
  } finally {
    vi.restoreAllMocks()
    await mock.stop()
  }
}

async function checksums(directory: string): Promise<Record<string, string>> {
  const names = await readdir(directory)
  const pairs = names.map(async (name) => {
    const bytes = await readFile(join(directory, name))
    return [name, createHash('sha256').update(bytes).digest('hex')] as const
  })
  return Object.fromEntries(await Promise.all(pairs))
}

test('a folder goes into a channel and a bucket and comes back byte for byte', async () => {
  await setting({}, async (abeja) => {
    for (const store of [
      abeja.channels.files.in('1230000000000'),
      abeja.buckets.files.in('1230000000000', '2024/写真'),
    ]) {
      const target = await mkdtemp(join(folder, 'to-'))
      expect((await uploadDirectory(store, join(folder, 'from'))).failed).toEqual([])
      expect((await downloadDirectory(store, target)).failed).toEqual([])
      expect(await checksums(join(target, '写真'))).toEqual(await checksums(join(folder, 'from/写真')))
    }
  })
})

test('what faults left out of a folder is sent by a retry, and downloads go on where they were cut', async () => {
  const chances = [0.9, 0.05, 0.9, 0.5, 0.01, 0.9, 0.8]
  let drawn = 0
  const random = () => chances[drawn++ % chances.length] ?? 0
  await setting({ faultRate: 0.1, random }, async (abeja) => {
    const store = abeja.buckets.files.in('1230000000000', 'faults')
    const target = await mkdtemp(join(folder, 'to-'))
    let report = await uploadDirectory(store, join(folder, 'from'))
    for (let round = 0; round < 10 && report.failed.length > 0; round++) report = await retryTransfer(abeja, report)
    let down = await downloadDirectory(store, target)
    for (let round = 0; round < 10 && down.failed.length > 0; round++) down = await retryTransfer(abeja, down)
    expect(await checksums(join(target, '写真'))).toEqual(await checksums(join(folder, 'from/写真')))
  })
})

test('a listed file whose URL has expired meanwhile is downloaded by a fresh one', async () => {
  let now = Date.now()
  await setting({ clock: () => now, urlLifetime: 60_000 }, async (abeja, mock) => {
    const files = abeja.channels.files
    await files.upload('1230000000000', 'meow', { metadata: { filename: 'cat.txt' } })
    const [listed] = await files.list('1230000000000', { sort: ['-uploaded_at'] }).toArray({ limit: 1 })
    now += 61_000
    if (!listed) throw new Error('the file is not listed')
    const download = await files.download('1230000000000', listed)
    expect(await download.text()).toBe('meow')
    expect(mock.requests.some(({ status }) => status === 403)).toBe(true)
  })
})
