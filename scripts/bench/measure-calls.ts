// Runs in a process of its own, with a garbage collector that can be called. Prints its figures as JSON.

import { fork } from 'node:child_process'
import { join } from 'node:path'
import createClient from 'openapi-fetch'
import type { paths } from '../../generated/schema.d.ts'
import { AbejaClient } from '../../src/index.ts'

/** Of one way to call, for each contender. */
export interface Mode<Figure> {
  readonly fetch: Figure
  readonly openapiFetch: Figure
  readonly client: Figure
}

export interface CallFigures {
  readonly calls: number
  readonly rounds: number
  /** Of the client, over as many calls again as all rounds have. */
  readonly heapGrowthBytesPerCall: number
  readonly modes: readonly {
    readonly name: string
    /** Of one call, the median of the rounds. */
    readonly microseconds: Mode<number>
    /** The median of the ratios within each round. */
    readonly ratios: { readonly toOpenapiFetch: number; readonly toFetch: number }
  }[]
}

const CALLS = 5_000
const ROUNDS = 5
const CHANNEL = '1230000000000'
const FILE = '20240515T180605-f4acc798-9afa-40a1-b500-ebce42a4fa3f'
const TOKEN = '0123456789abcdef0123456789abcdef'

const server = fork(join(import.meta.dirname, 'call-server.mjs'))
const { port } = await new Promise<{ port: number }>((resolve) => {
  server.once('message', (message: { port: number }) => resolve(message))
})
const baseUrl = `http://127.0.0.1:${port}`

const abeja = new AbejaClient({ baseUrl, credential: { authToken: TOKEN } })
const alone = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${TOKEN}` } })

const contenders: Mode<() => Promise<unknown>> = {
  async fetch() {
    const response = await fetch(`${baseUrl}/channels/${CHANNEL}/${FILE}`, {
      headers: { accept: 'application/json', authorization: `Bearer ${TOKEN}` },
    })
    return response.json()
  },
  async openapiFetch() {
    const params = { path: { channel_id: CHANNEL, file_id: FILE } }
    const { data } = await alone.GET('/channels/{channel_id}/{file_id}', { params })
    return data
  },
  client: () => abeja.channels.files.get(CHANNEL, FILE),
}

const NAMES = ['fetch', 'openapiFetch', 'client'] as const

const modes = []
for (const [name, width] of [
  ['one after the other', 1],
  ['16 at a time', 16],
] as const) {
  modes.push({ name, ...(await measure(width)) })
}
const heapBefore = await settledHeap()
await run(contenders.client, 16, CALLS * ROUNDS)
const heapGrowthBytesPerCall = ((await settledHeap()) - heapBefore) / (CALLS * ROUNDS)
server.disconnect()
const figures: CallFigures = { calls: CALLS, rounds: ROUNDS, heapGrowthBytesPerCall, modes }
process.stdout.write(JSON.stringify(figures))

async function measure(width: number) {
  const rounds: Mode<number>[] = []
  for (const contender of Object.values(contenders)) await run(contender, width, 1_000)
  for (let round = 0; round < ROUNDS; round++) {
    const times = { fetch: 0, openapiFetch: 0, client: 0 }
    // Another one first each time.
    for (let turn = 0; turn < NAMES.length; turn++) {
      const name = NAMES[(round + turn) % NAMES.length] ?? 'client'
      times[name] = await timed(contenders[name], width)
    }
    rounds.push(times)
  }
  const perCall = (pick: (round: Mode<number>) => number) => (median(rounds.map(pick)) * 1_000) / CALLS
  return {
    microseconds: {
      fetch: perCall(({ fetch }) => fetch),
      openapiFetch: perCall(({ openapiFetch }) => openapiFetch),
      client: perCall(({ client }) => client),
    },
    ratios: {
      toOpenapiFetch: median(rounds.map(({ client, openapiFetch }) => client / openapiFetch)),
      toFetch: median(rounds.map(({ client, fetch }) => client / fetch)),
    },
  }
}

/** In bytes, once what waits for a collection has been told of it and is collected as well. */
async function settledHeap(): Promise<number> {
  for (let time = 0; time < 3; time++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return process.memoryUsage().heapUsed
}

/** In milliseconds. */
async function timed(call: () => Promise<unknown>, width: number): Promise<number> {
  globalThis.gc?.()
  const startedAt = performance.now()
  await run(call, width, CALLS)
  return performance.now() - startedAt
}

async function run(call: () => Promise<unknown>, width: number, calls: number): Promise<void> {
  let left = calls
  const lane = async () => {
    while (left-- > 0) await call()
  }
  await Promise.all(Array.from({ length: width }, lane))
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
