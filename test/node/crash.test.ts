import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startChild } from './child.ts'
import { folderWith } from './folder.ts'
import { setting } from './setting.ts'

const COUNT = 1_000

test.each(['channel', 'bucket'] as const)(
  'an upload into a %s that is killed half-way goes on where it was: nothing is lost, nothing is there twice',
  async (kind) => {
    const { platform } = await setting()
    const paths = Array.from({ length: COUNT }, (_, index) => `d${index % 7}/file ${index}`)
    const dir = await folderWith(Object.fromEntries(paths.map((path) => [path, `the content of ${path}`])))
    const args = [kind, platform.url, dir, join(await folderWith(), 'journal')]
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
