import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { downloadDirectory, uploadDirectory } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { setting } from './setting.ts'

test('a download that cannot be compared with the file on the disk is let go of', async () => {
  const { platform, channel } = await setting()
  const big = 'x'.repeat(20_000_000)
  platform.put('channel', 'a', big)
  const dir = await directoryWith({ a: big })
  platform.faults.afterHead = () => rmSync(join(dir, 'a'))
  const report = await downloadDirectory(channel, dir, { skipUnchanged: true })
  expect(report.failed).toMatchObject([{ path: 'a', error: { name: 'LocalFileError', code: 'ENOENT' } }])
  await vi.waitFor(() => expect(platform.underWay).toBe(0))
})

test.skipIf(!existsSync('/proc/self/fd'))('a journal that is refused is closed', async () => {
  const { channel } = await setting()
  const dir = await directoryWith({ a: 'A', journal: 'no journal\n'.repeat(100_000) })
  const journal = join(dir, 'journal')
  const open = () => readdirSync('/proc/self/fd').length
  const before = open()
  for (let run = 0; run < 20; run++) {
    await expect(uploadDirectory(channel, dir, { journal })).rejects.toThrow('Not a journal of a transfer')
  }
  await vi.waitFor(() => expect(open()).toBeLessThan(before + 10))
})
