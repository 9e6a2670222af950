import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { retryTransfer, uploadDirectory } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { paths, reread } from './report.ts'
import { setting } from './setting.ts'

const REAL = Date
const AHEAD_MS = 11 * 60_000

/** Lets the clock of this machine be wrong from now on. */
function wrongClock(offsetMs: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: REAL.now() + offsetMs })
}

/** A platform whose clock is right when that of this machine is not. */
async function rightPlatform() {
  const place = await setting()
  const [started, startedAt] = [performance.now(), REAL.now()]
  place.platform.now = () => new REAL(startedAt + performance.now() - started)
  return place
}

test.each([
  ['ahead', AHEAD_MS, AHEAD_MS],
  ['ahead, and set right before the second run', AHEAD_MS, 0],
  ['ahead by a day', 24 * 3_600_000, 24 * 3_600_000],
  ['behind', -AHEAD_MS, -AHEAD_MS],
])('an upload whose response was lost is found when the clock of this machine is %s', async (_, first, second) => {
  const { platform, abeja, channel } = await rightPlatform()
  const dir = await directoryWith(
    Object.fromEntries(Array.from({ length: 40 }, (__, index) => [`f${index}`, `${index}`])),
  )
  const journal = join(await directoryWith(), 'journal')
  const lost = ['f3', 'f38']
  platform.faults.answer = ({ headers }) => {
    platform.faults.loseAnswer = lost.includes(String(headers['x-abeja-meta-filename']))
    return undefined
  }
  wrongClock(first)
  const report = await uploadDirectory(channel, dir, { journal, concurrency: 2 })
  expect(paths(report.failed)).toEqual(lost)
  vi.useRealTimers()
  platform.faults.answer = undefined
  wrongClock(second)
  expect((await retryTransfer(abeja, reread(report))).skipped).toMatchObject([
    { reason: 'journal' },
    { reason: 'journal' },
  ])
  expect((await uploadDirectory(channel, dir, { journal })).skipped).toHaveLength(40)
  vi.useRealTimers()
  expect(platform.channel.size).toBe(40)
})
