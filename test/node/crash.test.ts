import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startChild } from './child.ts'
import { directoryWith } from './directory.ts'
import { setting } from './setting.ts'

const COUNT = 1_000

test.each(['channel', 'bucket'] as const)(
  'an upload into a %s that is killed half-way goes on where it was: nothing is lost, nothing is there twice',
  async (kind) => {
    const { platform } = await setting()
    const paths = Array.from({ length: COUNT }, (_, index) => `d${index % 7}/file ${index}`)
    const dir = await directoryWith(Object.fromEntries(paths.map((path) => [path, `the content of ${path}`])))
    const args = [kind, platform.url, dir, join(await directoryWith(), 'journal')]
    // Stored and not yet answered: that is where a crash hurts.
    platform.faults.answerDelayMs = 10
    const first = startChild('./crash-upload.ts', args)
    let posts = 0
    platform.faults.answer = ({ method }) => {
      if (method === 'POST') posts += 1
      if (posts === COUNT / 2) first.process.kill('SIGKILL')
      return undefined
    }
    expect((await first.ended).code).toBeNull()
    const stored = platform[kind].size
    expect(stored).toBeGreaterThan(COUNT / 2 - 20)
    expect(stored).toBeLessThan(COUNT)
    posts = COUNT

    platform.faults.answerDelayMs = 0
    const { stdout, stderr } = await startChild('./crash-upload.ts', args).ended
    expect(stderr).toBe('')
    const { succeeded, skipped, failed } = JSON.parse(stdout)
    expect({ all: succeeded + skipped, failed }).toEqual({ all: COUNT, failed: 0 })
    expect(skipped).toBeGreaterThan(COUNT / 2 - 40)
    const names = kind === 'channel' ? platform.names() : [...platform.bucket.keys()]
    expect(names.sort()).toEqual(paths.toSorted())
    if (kind === 'channel') expect(succeeded, 'none was sent twice').toBe(COUNT - stored)
    expect(platform.textOf(kind, 'd3/file 500')).toBe('the content of d3/file 500')
  },
)

test('an upload that is killed four times stores every file once, also with a clock that is 11 minutes ahead', async () => {
  const { platform } = await setting()
  const paths = Array.from({ length: 120 }, (_, index) => `f${index}`)
  const dir = await directoryWith(Object.fromEntries(paths.map((path) => [path, `the content of ${path}`])))
  const args = ['channel', platform.url, dir, join(await directoryWith(), 'journal')]
  const env = { AHEAD_MS: `${11 * 60_000}` }
  platform.faults.answerDelayMs = 20
  for (const kills of [1, 2, 3, 4]) {
    const child = startChild('./crash-upload.ts', args, { env })
    platform.faults.answer = ({ method }) => {
      if (method === 'POST' && platform.channel.size >= kills * 24) child.process.kill('SIGKILL')
      return undefined
    }
    expect((await child.ended).code).toBeNull()
  }
  platform.faults.answer = undefined
  const { stdout, stderr } = await startChild('./crash-upload.ts', args, { env }).ended
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({ failed: 0 })
  expect(platform.names().sort()).toEqual(paths.toSorted())
})
