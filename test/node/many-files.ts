// Runs 100,000 jobs that do nothing, and tells what they took: started by many-files.test.ts.

import { TransferEngine } from '../../src/node/engine/transfer-engine.ts'
import type { TransferJob } from '../../src/node/engine/transfer-job.ts'

const COUNT = 100_000
let read = 0
let ended = 0
let furthestAhead = 0

async function* jobs(): AsyncGenerator<TransferJob> {
  for (; read < COUNT; ) {
    const path = `directory/of/some/depth/file ${read++}.txt`
    furthestAhead = Math.max(furthestAhead, read - ended)
    yield { path, run }
  }
}

const run: TransferJob['run'] = async ({ details }) => {
  await new Promise((resolve) => setImmediate(resolve))
  // Flat, as it comes out of an answer.
  details.id = JSON.parse(`"20180510T110208-193d0d17-f0b1-4549-96df-${String(ended).padStart(12, '0')}"`)
  details.bytes = ended
  if (ended++ === COUNT / 2) half = heap()
  return {}
}

/** In MiB. */
function heap(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

let half = 0
const before = heap()
const { files } = await new TransferEngine({}).run(jobs())
const after = heap()
const names = files.succeeded.map(({ path }) => Number(/\d+/.exec(path)?.[0]))
const inOrder = names.every((name, index) => name === index)
process.stdout.write(
  JSON.stringify({
    ...{ files: files.succeeded.length, furthestAhead, inOrder },
    keptMiB: after - before,
    underWayMiB: half - before - (after - before) / 2,
  }),
)
