// Measures one contender once, in a process of its own: no contender warms up another. Prints JSON.
// Without arguments: the suites with their rows. Else: suite, index of the row, clock, contender, origin.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DescribedRow, Figures } from './compare.ts'
import { suites } from './suites.ts'

const [suite, row, clock, contender, origin = ''] = process.argv.slice(2)
process.stdout.write(JSON.stringify(suite === undefined ? describe() : await measure()))

function describe(): Record<string, readonly DescribedRow[]> {
  return Object.fromEntries(
    Object.entries(suites).map(([name, rows]) => [
      name,
      rows.map((row) => ({ ...row, contenders: Object.keys(row.contenders) })),
    ]),
  )
}

async function measure(): Promise<Figures> {
  const found = suites[suite ?? '']?.[Number(row)]
  const prepare = found?.contenders[contender ?? '']
  if (!found || !prepare) throw new Error(`there is no ${suite} ${row} ${contender}`)
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    const work = await prepare({ origin, folder })
    for (let time = 0; time < found.warmUps; time++) await work()
    globalThis.gc?.()
    const idle = process.memoryUsage.rss()
    const now = clock === 'wall' ? () => performance.now() : cpuMs
    const startedAt = now()
    for (let time = 0; time < found.times; time++) await work()
    const ms = (now() - startedAt) / found.times
    return { ms, mebibytesOverIdle: (process.resourceUsage().maxRSS * 1024 - idle) / 1024 / 1024 }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
