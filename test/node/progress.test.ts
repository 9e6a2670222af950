import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import type { Progress } from '../../src/index.ts'
import { fromPath, progressView, type TransferEvent, uploadDirectory } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { setting } from './setting.ts'

const SIZE = 3_000_000

/** That it never goes down, is whole only at the end, and is not told too often. */
function checkProgress(told: readonly (Progress & { readonly at: number })[], total: number): void {
  const counts = told.map(({ transferred }) => transferred)
  expect(counts).toEqual(counts.toSorted((one, other) => one - other))
  expect(counts.at(-1)).toBe(total)
  expect(counts.filter((count) => count >= total)).toHaveLength(1)
  expect(told.every((progress) => progress.total === total)).toBe(true)
  const gaps = told.slice(1, -1).map(({ at }, index) => at - (told[index]?.at ?? 0))
  expect(Math.min(50, ...gaps)).toBeGreaterThanOrEqual(49)
}

test('an upload tells how far it is, also when it is tried again', async () => {
  const { platform, channel } = await setting({ maxRetries: 1 })
  const path = join(await directoryWith({ a: 'x'.repeat(SIZE) }), 'a')
  let refused = false
  platform.faults.answer = () => {
    if (refused) return undefined
    refused = true
    return { status: 503, headers: { 'retry-after': '0' } }
  }
  const told: (Progress & { at: number })[] = []
  await channel.upload(
    fromPath(path),
    {},
    { onProgress: (progress) => told.push({ ...progress, at: performance.now() }) },
  )
  checkProgress(told, SIZE)
  expect(told.at(-1)?.attempt).toBe(2)
})

test('a download tells how far it is, also when it is cut', async () => {
  const { platform, channel } = await setting({ maxRetries: 1 })
  platform.faults.cutEvery = 1_000_000
  const { id } = platform.put('channel', 'a', 'x'.repeat(SIZE))
  const told: (Progress & { at: number })[] = []
  const onProgress = (progress: Progress) => told.push({ ...progress, at: performance.now() })
  await (await channel.download(id, { onProgress })).bytes()
  checkProgress(told, SIZE)
  expect(told.at(-1)?.attempt).toBeGreaterThanOrEqual(3)
})

test('the events of a transfer tell each file from its finding to its end', async () => {
  const { channel } = await setting()
  const events: TransferEvent[] = []
  await uploadDirectory(channel, await directoryWith({ a: 'x'.repeat(200_000) }), {
    onEvent: (event) => {
      events.push(event)
      throw new Error('a listener that fails changes nothing')
    },
  })
  const types = events.map(({ type }) => type)
  expect(types.filter((type) => type !== 'progress')).toEqual(['found', 'started', 'succeeded'])
  expect(events.findLast(({ type }) => type === 'progress')).toMatchObject({ path: 'a', transferred: 200_000 })
})

test('a log gets one line a file, and a terminal a bar', async () => {
  const log = new PassThrough()
  const lines = progressView(log)
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 80 })
  const bar = progressView(terminal)
  const events: readonly TransferEvent[] = [
    { type: 'found', path: 'a' },
    { type: 'found', path: 'b\u001b[2J' },
    { type: 'succeeded', path: 'a', record: { path: 'a', bytes: 2048, attempts: 1 } },
    {
      ...{ type: 'failed', path: 'b\u001b[2J', error: new Error('no b') },
      record: { path: 'b', attempts: 1, error: {} },
    },
    { type: 'throttled', pauseMs: 1000, concurrency: 8 },
  ]
  for (const event of events) {
    lines.onEvent(event)
    bar.onEvent(event)
  }
  lines.finish()
  bar.finish()
  expect(String(log.read())).toBe(
    'done       a (2.0 KiB)\nfailed     b�[2J: no b\nslower     the server asks to wait 1000 ms; 8 files at once from then on\n',
  )
  expect(String(terminal.read())).toMatch(/failed {5}b�\[2J: no b.*2\/2 files {2}2\.0 KiB.*1 failed/s)
})

test('a narrow terminal shows each failure whole, a bar that fits, and what was cancelled', () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 38 })
  const bar = progressView(terminal)
  const reason = `no room ${'x'.repeat(100)} end of the reason`
  const record = { path: 'a', attempts: 1, bytes: 123_456_789 }
  for (let index = 0; index < 1000; index++) bar.onEvent({ type: 'found', path: `${index}` })
  for (let index = 0; index < 120; index++) bar.onEvent({ type: 'succeeded', path: `${index}`, record })
  bar.onEvent({ type: 'failed', path: 'a', error: new Error(reason), record: { ...record, error: {} } })
  for (let index = 0; index < 12; index++) bar.onEvent({ type: 'cancelled', path: `${index}`, record })
  bar.finish()
  const shown = String(terminal.read())
  expect(shown).toContain(`failed     a: ${reason}\n`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal is told what to do with them.
  const lines = shown.replaceAll(/\u001b\[[?\d]*[A-Za-z]/g, '\n').split('\n')
  const last = lines.findLast((line) => line.includes('/1000'))
  expect(last).toContain('121/1000')
  expect(last).toContain('1 failed, 12 cancelled')
  for (const line of lines.filter((one) => one.includes('/1000'))) expect(line.length).toBeLessThan(38)
})
