import { cpus } from 'node:os'
import { join } from 'node:path'
import { withBuilt } from './built.ts'
import type { CallFigures } from './measure-calls.ts'
import { measured } from './measured.ts'

/**
 * `channels.files.get` through the client, through openapi-fetch alone, and through bare fetch: against a server in
 * another process, one after the other in each round, so that what else the machine does meets all of them.
 */
export async function benchCalls(): Promise<void> {
  const entries = { 'measure-calls': 'scripts/bench/measure-calls.ts', 'call-server': 'scripts/bench/call-server.ts' }
  const figures = await withBuilt(entries, (folder) => measured<CallFigures>(join(folder, 'measure-calls.mjs')))
  process.stdout.write(report(figures))
}

function report({ calls, rounds, heapGrowthBytesPerCall, modes }: CallFigures): string {
  const [cpu] = cpus()
  const lines = [
    `Node ${process.version}, ${cpus().length} x ${cpu?.model.trim()}; ${rounds} rounds of ${calls} calls; medians`,
    '',
    '| calls | bare fetch | openapi-fetch | client | client / openapi-fetch | client / fetch |',
    '|---|---|---|---|---|---|',
    ...modes.map(({ name, microseconds: { fetch, openapiFetch, client }, ratios }) => {
      const times = [fetch, openapiFetch, client].map((time) => `${time.toFixed(0)} µs`)
      const [toOpenapiFetch, toFetch] = [ratios.toOpenapiFetch, ratios.toFetch].map((ratio) => `${ratio.toFixed(2)}×`)
      return `| ${[name, ...times, toOpenapiFetch, toFetch].join(' | ')} |`
    }),
    '',
    `heap after a full collection: ${heapGrowthBytesPerCall.toFixed(2)} bytes more for each call of the client`,
  ]
  return `${lines.join('\n')}\n`
}
