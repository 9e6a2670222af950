// Measures the client, built as it is published, beside what programs would use in its place. Prints Markdown.
//
//   npm run bench                        all suites but scale
//   npm run bench -- calls folders       these suites: calls, lists, folders, large, scale
//   npm run bench -- --rounds 3 calls    other than 5 rounds
//   npm run bench -- --cpu calls         CPU time in place of wall-clock time: for a machine that is not quiet
//   BENCH_LARGE_MIB=256 npm run bench -- large

import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { withBuilt } from './bench/built.ts'
import { compare, describeSuites, type Rounds } from './bench/compare.ts'
import { report } from './bench/report.ts'

const PROGRAMS = {
  measure: 'scripts/bench/measure.ts',
  'platform-server': 'scripts/bench/platform-server.ts',
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' }, cpu: { type: 'boolean', default: false } },
})
const rounds = Number(values.rounds)
const [cpu] = cpus()
process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpu?.model.trim()}; medians of ${rounds} rounds${values.cpu ? '; CPU time' : ''}\n\n`,
)

await withBuilt(PROGRAMS, async (folder) => {
  const suites = await describeSuites(folder, values.cpu)
  const chosen = positionals.length > 0 ? positionals : Object.keys(suites).filter((name) => name !== 'scale')
  for (const name of chosen) {
    const rows = suites[name]
    if (!rows) throw new Error(`Unknown suite "${name}". Suites: ${Object.keys(suites).join(', ')}`)
    const results: Rounds[] = []
    for (const [index, row] of rows.entries()) results.push(await compare({ folder, suite: name, row, index, rounds }))
    process.stdout.write(`${report(rows, results)}\n`)
  }
})
