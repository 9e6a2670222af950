// Transfers one large file and prints how much memory that took: started by memory.test.ts.

import { AbejaClient } from '../../src/index.ts'
import { downloadTo, fromPath } from '../../src/node.ts'

const [what = '', baseUrl = '', path = ''] = process.argv.slice(2)
const abeja = new AbejaClient({ organizationId: '1', baseUrl, credential: { authToken: 'token' } })

const work: Readonly<Record<string, () => Promise<unknown>>> = {
  channel: () => abeja.channels.files.upload('1', fromPath(path)),
  bucket: () => abeja.buckets.files.upload('2', 'a/b', fromPath(path)),
  download: async () => downloadTo(await abeja.channels.files.download('1', 'id1'), path, { overwrite: true }),
}

/** In bytes. */
function memory(): number {
  return process.memoryUsage.rss()
}

// What is loaded only when it is first used belongs to the idle process.
await abeja.channels.files.upload('1', 'warm')
globalThis.gc?.()
const idle = memory()
let peak = idle
const timer = setInterval(() => {
  peak = Math.max(peak, memory())
}, 5)
const startedAt = performance.now()
await work[what]?.()
const seconds = (performance.now() - startedAt) / 1000
clearInterval(timer)
const MiB = 1024 * 1024
process.stdout.write(
  JSON.stringify({
    what,
    version: process.version,
    idleMiB: Math.round(idle / MiB),
    overMiB: Math.round((peak - idle) / MiB),
    seconds,
  }),
)
