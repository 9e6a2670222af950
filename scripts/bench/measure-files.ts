// Runs in a process of its own, for each row. Prints its figures as JSON, or null when there is no such row. Its arguments:
// how large the large file is, in MiB, and the number of the row.

import { fork } from 'node:child_process'
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AbejaClient } from '../../src/index.ts'
import { downloadDirectory, downloadTo, fromPath, uploadDirectory } from '../../src/node.ts'
import { bareDownload, bareDownloadFolder, bareUpload, bareUploadFolder } from './bare-files.ts'

/** Of one thing to do. */
export interface FileFigures {
  readonly name: string
  /** The medians of the rounds. */
  readonly fetchMs: number
  readonly clientMs: number
  /** The median of the ratios within each round. */
  readonly ratio: number
}

const ROUNDS = 5
const COUNT = 500
const SMALL = 10 * 1024
const WIDTH = 16
const LARGE = Number(process.argv[2] ?? 1024) * 1024 * 1024

type Contender = (origin: string, abeja: AbejaClient, dir: string) => Promise<unknown>

type Row = readonly [name: string, serves: readonly number[], bare: Contender, client: Contender]

const root = await mkdtemp(join(tmpdir(), 'bench-files-'))
try {
  const row = (await rows())[Number(process.argv[3])]
  process.stdout.write(JSON.stringify(row ? await measure(...row) : null))
} finally {
  await rm(root, { recursive: true })
}

async function rows(): Promise<readonly Row[]> {
  const source = join(root, 'source')
  await mkdir(source)
  for (let index = 0; index < COUNT; index++) await writeFile(join(source, `f${index}.txt`), Buffer.alloc(SMALL, index))
  const large = join(root, 'large')
  await writeFile(large, '')
  await truncate(large, LARGE)
  const channel = (abeja: AbejaClient) => abeja.channels.files.in('1')

  const up: readonly [Contender, Contender] = [
    (origin) => bareUploadFolder(origin, source, WIDTH),
    (_, abeja) => uploadDirectory(channel(abeja), source, { concurrency: WIDTH }),
  ]
  const down: readonly [Contender, Contender] = [
    (origin, _, dir) => bareDownloadFolder(origin, dir, WIDTH),
    (_, abeja, dir) => downloadDirectory(channel(abeja), dir, { concurrency: WIDTH }),
  ]
  const largeUp: readonly [Contender, Contender] = [
    (origin) => bareUpload(origin, large),
    (_, abeja) => abeja.channels.files.upload('1', fromPath(large)),
  ]
  const largeDown = (id: string): readonly [Contender, Contender] => [
    (origin, _, dir) => bareDownload(origin, id, join(dir, 'file')),
    async (_, abeja, dir) => downloadTo(await abeja.channels.files.download('1', id), join(dir, 'file')),
  ]
  const small = (name: string, latency: number, contenders: readonly [Contender, Contender]): Row => [
    `${COUNT} × 10 KiB ${name}, ${latency} ms`,
    [COUNT, SMALL, latency],
    ...contenders,
  ]
  const size = `${LARGE / 1024 / 1024} MiB`
  const one = [1, LARGE, 0]
  return [
    small('up', 0, up),
    small('down', 0, down),
    small('up', 20, up),
    small('down', 20, down),
    [`${size} up`, one, ...largeUp],
    [`${size} down`, one, ...largeDown('plain')],
    [`${size} down, its MD5 checked`, one, ...largeDown('checked')],
  ]
}

async function measure(
  name: string,
  serves: readonly number[],
  bare: Contender,
  client: Contender,
): Promise<FileFigures> {
  const server = fork(join(import.meta.dirname, 'file-server.mjs'), serves.map(String))
  const origin = await new Promise<string>((resolve) => server.once('message', (message) => resolve(String(message))))
  const abeja = new AbejaClient({ baseUrl: origin, organizationId: '1', credential: { authToken: 'token' } })
  const rounds: { fetch: number; client: number }[] = []
  for (let round = -1; round < ROUNDS; round++) {
    // Who comes first changes from round to round; the round before the first only warms up.
    const order = round % 2 === 0 ? ([bare, client] as const) : ([client, bare] as const)
    const times = new Map<Contender, number>()
    for (const contender of order) times.set(contender, await timed(contender, origin, abeja))
    if (round >= 0) rounds.push({ fetch: times.get(bare) ?? 0, client: times.get(client) ?? 0 })
  }
  server.disconnect()
  return {
    name,
    fetchMs: median(rounds.map((round) => round.fetch)),
    clientMs: median(rounds.map((round) => round.client)),
    ratio: median(rounds.map((round) => round.client / round.fetch)),
  }
}

/** In milliseconds. */
async function timed(contender: Contender, origin: string, abeja: AbejaClient): Promise<number> {
  const dir = await mkdtemp(join(root, 'round-'))
  const startedAt = performance.now()
  await contender(origin, abeja, dir)
  const ms = performance.now() - startedAt
  await rm(dir, { recursive: true })
  return ms
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
