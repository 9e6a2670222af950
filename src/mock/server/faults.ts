import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { type Fault, faults } from '../api/preferences.ts'
import { pause } from './pause.ts'

/** A slow answer takes about this long, in this many pieces. */
const slowFor = 1000
const slowPieces = 10

/** Cuts the connection. The client sees a reset, and cannot tell whether its request was carried out. It was. */
export function reset(response: ServerResponse): void {
  // The response itself has no socket yet while the one before it on the same connection is being finished.
  response.req.socket.resetAndDestroy()
}

/** Sends half of what the header promises, then closes. */
export async function sendTruncated(response: ServerResponse, body: Readable, length: number): Promise<void> {
  let left = Math.floor(length / 2)
  for await (const chunk of body) {
    const piece: Uint8Array = chunk.subarray(0, left)
    left -= piece.byteLength
    if (piece.byteLength > 0 && !response.write(piece)) await drained(response)
    if (left === 0) break
  }
  // What was written has to be on its way before the connection goes.
  response.write('', () => response.destroy())
}

/** Sends everything, with a pause after each tenth of it. */
export async function sendSlowly(response: ServerResponse, body: Readable, length: number): Promise<void> {
  const size = Math.max(1, Math.ceil(length / slowPieces))
  let untilPause = size
  for await (const chunk of body) {
    for (let rest: Uint8Array = chunk; rest.byteLength > 0; ) {
      const piece = rest.subarray(0, untilPause)
      rest = rest.subarray(piece.byteLength)
      untilPause -= piece.byteLength
      if (!response.write(piece)) await drained(response)
      if (untilPause > 0) continue
      if (!(await pause(response, slowFor / slowPieces))) return
      untilPause = size
    }
  }
  response.end()
}

/** A fault by chance, as often as `rate` says. */
export function faultByChance(rate: number, random: () => number): Fault | undefined {
  if (random() >= rate) return undefined
  return faults[Math.floor(random() * faults.length)]
}

async function drained(response: ServerResponse): Promise<void> {
  // The one that did not come would go on listening.
  const over = new AbortController()
  const { signal } = over
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
  over.abort()
}
