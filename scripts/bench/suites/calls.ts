import type { AbejaClient } from '../../../src/index.ts'
import { CLIENT, clientAt, clients, ON_HTTP } from '../clients.ts'
import { type ApiPeer, apiPeers, openapiFetchPeer } from '../peers.ts'
import { CHANNEL, type Contender, FILE, lanes, mapValues, type Row } from '../row.ts'

const EMPTY = { files: 0, size: 0, latency: 0 }
const COUNT = 5_000

/** Calls against the server, so many at once. */
function calls(name: string, width: number): Row {
  const inLanes = (call: () => Promise<unknown>) => () => lanes(Array.from({ length: COUNT }), width, call)
  return {
    name: `${COUNT.toLocaleString('en')} calls, ${name}`,
    platform: EMPTY,
    contenders: {
      ...mapValues(
        apiPeers,
        (peer): Contender =>
          async ({ origin }) => {
            const { getFile } = await peer(origin)
            return inLanes(() => getFile(CHANNEL, FILE))
          },
      ),
      ...mapValues(
        clients,
        (client): Contender =>
          async ({ origin }) => {
            const { channels } = client(origin)
            return inLanes(() => channels.files.get(CHANNEL, FILE))
          },
      ),
    },
    ...{ warmUps: 1, times: 1, clock: 'wall' },
    goals: [
      { of: CLIENT, times: 1.05, against: 'openapi-fetch' },
      { of: ON_HTTP, times: 0.7, against: 'fetch' },
      { of: ON_HTTP, times: 1.25, against: 'undici' },
    ],
  }
}

/** A list, read item by item: by a process that has done nothing yet, or by one that has read it before. */
function lists(pageSize: number, state: 'cold' | 'warm'): Row {
  const files = 10_000
  const counted = (count: () => Promise<number>) => async () => {
    if ((await count()) !== files) throw new Error('the list is not whole')
  }
  return {
    name: `list ${files.toLocaleString('en')} files, ${pageSize.toLocaleString('en')} a page, ${state}`,
    platform: { ...EMPTY, files },
    contenders: {
      ...mapValues(
        apiPeers,
        (peer): Contender =>
          async ({ origin }) => {
            const connected = await peer(origin)
            return counted(() => countByPeer(connected, pageSize))
          },
      ),
      ...mapValues(
        clients,
        (client): Contender =>
          async ({ origin }) => {
            const abeja = client(origin)
            return counted(() => countByClient(abeja, pageSize))
          },
      ),
    },
    ...(state === 'cold' ? { warmUps: 0, times: 1 } : { warmUps: 10, times: 10 }),
    clock: 'wall',
    goals: [
      { of: CLIENT, times: 1.1, against: 'openapi-fetch' },
      { of: ON_HTTP, times: 1, against: 'openapi-fetch' },
    ],
  }
}

async function countByPeer({ listFiles }: ApiPeer, pageSize: number): Promise<number> {
  let count = 0
  for (let page = await listFiles(CHANNEL, { items_per_page: pageSize }); ; ) {
    for (const file of page.files) if (file.file_id !== '') count++
    if (!page.next_page_token) return count
    page = await listFiles(CHANNEL, { next_page_token: page.next_page_token })
  }
}

async function countByClient({ channels }: AbejaClient, pageSize: number): Promise<number> {
  let count = 0
  for await (const file of channels.files.list(CHANNEL, { items_per_page: pageSize })) if (file.file_id !== '') count++
  return count
}

/** A call against a `fetch` that sends nothing: what is left is the work of the caller. */
function cpu(): Row {
  const text = JSON.stringify({
    ...{ file_id: FILE, content_type: 'image/jpeg', metadata: { 'x-abeja-meta-filename': 'DS%20test.jpg' } },
    download_uri: 'https://storage.example.com/1230000000000/20240515T180605?Expires=1526411165&Signature=EXAMPLE',
  })
  const inMemory = async () => new Response(text, { headers: { 'content-type': 'application/json' } })
  return {
    name: 'CPU of a call against an in-memory fetch',
    platform: EMPTY,
    contenders: {
      Response: async () => async () => (await inMemory()).json(),
      'openapi-fetch': async () => {
        const { getFile } = await openapiFetchPeer('http://127.0.0.1', inMemory)
        return () => getFile(CHANNEL, FILE)
      },
      [CLIENT]: async () => {
        const { channels } = clientAt('http://127.0.0.1', { fetch: inMemory })
        return () => channels.files.get(CHANNEL, FILE)
      },
    },
    ...{ warmUps: 10_000, times: 50_000, clock: 'cpu' },
    goals: [{ of: CLIENT, microsecondsAbove: 25, against: 'Response' }],
  }
}

export const callRows = [calls('one at a time', 1), calls('16 at a time', 16), cpu()]
export const listRows = [lists(1000, 'cold'), lists(1000, 'warm'), lists(100, 'cold'), lists(100, 'warm')]
