import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { type Fault, faults } from '../api/preferences.ts'
import { ConnectionReset, discard, type MockResponse } from './message.ts'
import { pause } from './pause.ts'

/** A slow response takes about this long, in this many pieces. */
const slowFor = 1000
const slowPieces = 10

/** Changes a response as `fault` says. A reset throws: the caller cannot know that the request was carried out. */
export function withFault(response: MockResponse, fault: Fault | undefined, signal: AbortSignal): MockResponse {
  if (fault === undefined) return response
  if (fault === 'reset') {
    discard(response)
    throw new ConnectionReset()
  }
  const { body, length = 0 } = response
  const pieces = fault === 'truncate' ? truncated(body, length) : slowed(body, length, signal)
  return { ...response, body: Readable.from(pieces, { objectMode: false }) }
}

/** A fault by chance, as often as `rate` says. */
export function faultByChance(rate: number, random: () => number): Fault | undefined {
  if (random() >= rate) return undefined
  return faults[Math.floor(random() * faults.length)]
}

/** Half of the body, then a cut connection. */
async function* truncated(body: MockResponse['body'], length: number): AsyncGenerator<Uint8Array> {
  let left = Math.floor(length / 2)
  for await (const chunk of chunksOf(body)) {
    const piece = chunk.subarray(0, left)
    left -= piece.byteLength
    if (piece.byteLength > 0) yield piece
    if (left === 0) break
  }
  // Lets the transport send what it was given before the connection goes.
  await setImmediate()
  throw new ConnectionReset()
}

/** All of the body, with a pause after each tenth of it. */
async function* slowed(body: MockResponse['body'], length: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const size = Math.max(1, Math.ceil(length / slowPieces))
  let untilPause = size
  for await (const chunk of chunksOf(body)) {
    for (let rest = chunk; rest.byteLength > 0; ) {
      const piece = rest.subarray(0, untilPause)
      rest = rest.subarray(piece.byteLength)
      untilPause -= piece.byteLength
      yield piece
      if (untilPause > 0) continue
      await pause(slowFor / slowPieces, signal)
      untilPause = size
    }
  }
}

function chunksOf(body: MockResponse['body']): AsyncIterable<Uint8Array> {
  return body instanceof Readable ? body : Readable.from([body])
}
