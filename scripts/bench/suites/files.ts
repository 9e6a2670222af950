import { mkdtemp, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AbejaClient } from '../../../src/index.ts'
import { downloadDirectory, downloadTo, fromPath, uploadDirectory } from '../../../src/node.ts'
import { CLIENT, clients, ON_HTTP } from '../clients.ts'
import { type FilePage, type FilePeer, peers } from '../peers.ts'
import { CHANNEL, type Contender, FILE, lanes, mapValues, type Row } from '../row.ts'

const COUNT = 500
const SMALL = 10 * 1024
const LARGE = Number(process.env.BENCH_LARGE_MIB ?? 1024) * 1024 * 1024
/** How many files the peers move at once; the client has its default. */
const WIDTH = 32

function foldersUp(latency: number): Row {
  const contender = (upload: (folder: string) => Promise<unknown>, folder: string) => () => upload(folder)
  return {
    ...folderRow('up', latency),
    contenders: {
      ...mapValues(
        peers,
        (peer): Contender =>
          async ({ origin, folder }) => {
            const connected = await peer(origin)
            await fill(folder)
            return contender((dir) => uploadFolder(connected, dir), folder)
          },
      ),
      ...mapValues(
        clients,
        (client): Contender =>
          async ({ origin, folder }) => {
            const place = client(origin).channels.files.in(CHANNEL)
            await fill(folder)
            return contender(async (dir) => requireWhole(await uploadDirectory(place, dir)), folder)
          },
      ),
    },
  }
}

function foldersDown(latency: number): Row {
  return {
    ...folderRow('down', latency),
    contenders: {
      ...mapValues(
        peers,
        (peer): Contender =>
          async ({ origin, folder }) => {
            const connected = await peer(origin)
            return async () => downloadFolder(connected, await mkdtemp(`${folder}/`))
          },
      ),
      ...mapValues(
        clients,
        (client): Contender =>
          async ({ origin, folder }) => {
            const place = client(origin).channels.files.in(CHANNEL)
            return async () => requireWhole(await downloadDirectory(place, await mkdtemp(`${folder}/`)))
          },
      ),
    },
  }
}

function folderRow(direction: 'up' | 'down', latency: number): Omit<Row, 'contenders'> {
  return {
    name: `${COUNT} × 10 KiB ${direction}, ${latency} ms latency`,
    platform: { files: COUNT, size: SMALL, latency },
    ...{ warmUps: 1, times: 1, clock: 'wall' },
    goals: [
      { of: CLIENT, times: latency > 0 ? 1.1 : 1.3, against: 'fetch' },
      { of: ON_HTTP, times: 0.8, against: 'fetch' },
    ],
  }
}

async function fill(folder: string): Promise<void> {
  const content = Buffer.alloc(SMALL, 7)
  for (let index = 0; index < COUNT; index++) await writeFile(join(folder, `f${index}.txt`), content)
}

async function uploadFolder(peer: FilePeer, folder: string): Promise<void> {
  await lanes(await readdir(folder), WIDTH, async (name) => {
    const headers = { 'content-type': 'text/plain', 'x-abeja-meta-filename': name }
    await peer.upload(`/channels/${CHANNEL}/upload`, await readFile(join(folder, name)), headers)
  })
}

async function downloadFolder(peer: FilePeer, folder: string): Promise<void> {
  const files: FilePage['files'][number][] = []
  for (let page = await peer.listFiles(CHANNEL, { items_per_page: 100 }); ; ) {
    files.push(...page.files)
    if (!page.next_page_token) break
    page = await peer.listFiles(CHANNEL, { next_page_token: page.next_page_token })
  }
  await lanes(files, WIDTH, async ({ file_id, download_uri }) => {
    if (download_uri === undefined) throw new Error(`${file_id} has no download_uri`)
    await writeFile(join(folder, file_id), await peer.download(download_uri))
  })
}

function requireWhole({ succeeded, failed }: Awaited<ReturnType<typeof uploadDirectory>>): void {
  if (succeeded.length !== COUNT) throw new Error(`only ${succeeded.length} files: ${JSON.stringify(failed[0])}`)
}

/** @param mostMiB the bound of the memory over the idle process */
function large(
  name: string,
  mostMiB: number,
  prepare: (path: string) => Promise<void>,
  byPeer: (peer: FilePeer, path: string) => Promise<unknown>,
  byClient: (abeja: AbejaClient, path: string) => Promise<unknown>,
): Row {
  return {
    name: `${LARGE / 1024 / 1024} MiB ${name}`,
    platform: { files: 1, size: LARGE, latency: 0 },
    contenders: {
      ...mapValues(
        peers,
        (peer): Contender =>
          async ({ origin, folder }) => {
            const connected = await peer(origin)
            // What is loaded on first use belongs to the idle process.
            await connected.getFile(CHANNEL, FILE)
            const path = join(folder, 'large')
            await prepare(path)
            return () => byPeer(connected, path)
          },
      ),
      ...mapValues(
        clients,
        (client): Contender =>
          async ({ origin, folder }) => {
            const abeja = client(origin)
            await abeja.channels.files.upload(CHANNEL, 'small')
            const path = join(folder, 'large')
            await prepare(path)
            return () => byClient(abeja, path)
          },
      ),
    },
    ...{ warmUps: 0, times: 1, clock: 'wall' },
    goals: [CLIENT, ON_HTTP].flatMap((of) => [
      { of, times: 1.3, against: 'undici' },
      { of, mebibytesOverIdle: mostMiB },
    ]),
  }
}

/** A sparse file: reading it takes no disk. */
async function makeLarge(path: string): Promise<void> {
  await writeFile(path, '')
  await truncate(path, LARGE)
}

const uploadLarge = (peer: FilePeer, path: string) =>
  peer.upload(`/channels/${CHANNEL}/upload`, { path, size: LARGE }, { 'content-type': 'text/plain' })

/** Until the file is on the disk, as `downloadTo` does, but without a check of its MD5. */
async function downloadLarge(peer: FilePeer, path: string): Promise<void> {
  const { files } = await peer.listFiles(CHANNEL, { items_per_page: 100 })
  const handle = await open(path, 'w')
  for await (const chunk of await peer.stream(files[0]?.download_uri ?? '')) await handle.write(chunk)
  await handle.sync()
  await handle.close()
}

export const folderRows = [foldersUp(20), foldersDown(20), foldersUp(0), foldersDown(0)]

export const largeRows = [
  large('up to a channel', 64, makeLarge, uploadLarge, (abeja, path) =>
    abeja.channels.files.upload(CHANNEL, fromPath(path)),
  ),
  large('up to a bucket', 64, makeLarge, uploadLarge, (abeja, path) =>
    abeja.buckets.files.upload('1', 'a/b', fromPath(path)),
  ),
  large(
    'down to disk, MD5 checked by the client',
    96,
    async () => {},
    downloadLarge,
    async (abeja, path) => downloadTo(await abeja.channels.files.download(CHANNEL, FILE), path),
  ),
]
