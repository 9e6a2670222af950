import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startChild } from './child.ts'
import { folderWith } from './folder.ts'
import { startSink } from './sink.ts'

const MiB = 1024 * 1024
/** TEST_LARGE_MIB=1024 runs them as large as the requirement says, TEST_NODE on another runtime. */
const SIZE = Number(process.env.TEST_LARGE_MIB ?? 256) * MiB
const MOST_MIB = { channel: 64, bucket: 64, download: 96 } as const

test.each([
  ['channel', 0],
  ['bucket', 0],
  ['channel', 1],
  ['bucket', 1],
  ['download', 0],
] as const)(
  'a large %s transfer keeps to its bound of memory over the idle process, tried again %i times',
  async (what, refusals) => {
    const sink = await startSink(SIZE)
    sink.refusals = refusals
    const path = join(await folderWith({ large: '' }), 'large')
    if (what !== 'download') await truncate(path, SIZE)
    const { stdout, stderr } = await startChild('./memory-transfer.ts', [what, sink.url, path]).ended
    expect(stderr).toBe('')
    const { overMiB, ...told } = JSON.parse(stdout)
    if (process.env.TEST_LARGE_MIB) process.stdout.write(`${JSON.stringify({ ...told, overMiB, refusals })}\n`)
    expect(overMiB).toBeLessThanOrEqual(MOST_MIB[what])
    expect(sink.received).toHaveLength(what === 'download' ? 0 : refusals + 1)
    for (const count of sink.received) expect(count).toBeGreaterThanOrEqual(SIZE)
  },
)
