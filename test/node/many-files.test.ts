import { expect, test } from 'vitest'
import { startChild } from './child.ts'

test('100,000 files are transferred in flat memory, and are not read far ahead', async () => {
  const { stdout, stderr } = await startChild('./many-files.ts', []).ended
  expect(stderr).toBe('')
  const { files, furthestAhead, keptMiB, underWayMiB, inOrder } = JSON.parse(stdout)
  expect({ files, inOrder }).toEqual({ files: 100_000, inOrder: true })
  expect(furthestAhead, 'those under way, those read ahead and the one that waits').toBeLessThanOrEqual(32 + 64 + 2)
  // The report itself: some 250 bytes a file.
  expect(keptMiB).toBeLessThan(40)
  expect(underWayMiB, 'beside the report').toBeLessThan(10)
})
