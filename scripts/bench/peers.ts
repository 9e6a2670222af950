// What a program would be written with in place of the client: each peer as its documentation shows it.

import { createReadStream } from 'node:fs'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { Readable } from 'node:stream'
import { buffer, json } from 'node:stream/consumers'
import type { paths } from '../../generated/schema.d.ts'

/** A page of a list, as far as a peer needs it. */
export interface FilePage {
  readonly files: readonly { readonly file_id: string; readonly download_uri?: string }[]
  readonly next_page_token?: string | null
}

export type PageQuery = { readonly items_per_page: number } | { readonly next_page_token: string }

/** The calls of a peer. */
export interface ApiPeer {
  getFile(channelId: string, fileId: string): Promise<unknown>
  listFiles(channelId: string, query: PageQuery): Promise<FilePage>
}

/** A peer that moves files as well. */
export interface FilePeer extends ApiPeer {
  upload(path: string, body: Uint8Array | LocalFile, headers: Readonly<Record<string, string>>): Promise<unknown>
  download(url: string): Promise<Uint8Array>
  stream(url: string): Promise<AsyncIterable<Uint8Array>>
}

/** A file on disk to upload. */
export interface LocalFile {
  readonly path: string
  readonly size: number
}

export const TOKEN = '0123456789abcdef0123456789abcdef'
const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` }

export const peers = {
  undici: async (origin) => {
    const { Pool, request } = await import('undici')
    const pool = new Pool(origin, { connections: 64 })
    const get = (path: string) => pool.request({ method: 'GET', path, headers: AUTHORIZATION })
    return {
      ...callsOf(async (path): Promise<unknown> => (await get(path)).body.json()),
      upload: async (path, body, headers) => {
        const [content, length] = contentOf(body)
        const own = { ...AUTHORIZATION, ...headers, 'content-length': String(length) }
        return (await pool.request({ method: 'POST', path, body: content, headers: own })).body.json()
      },
      download: async (url) => (await request(url, { dispatcher: pool })).body.bytes(),
      stream: async (url) => (await request(url, { dispatcher: pool })).body,
    }
  },
  'node:http': async (origin) => {
    const agent = new HttpAgent({ keepAlive: true, maxSockets: 64 })
    const send = (url: string, options: RequestOptions = {}, body?: Uint8Array | Readable) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        const request = httpRequest(url, { agent, ...options }, resolve).on('error', reject)
        if (body instanceof Readable) body.pipe(request)
        else request.end(body)
      })
    return {
      ...callsOf(async (path) => json(await send(origin + path, { headers: AUTHORIZATION }))),
      upload: async (path, body, headers) => {
        const [content, length] = contentOf(body)
        const own = { ...AUTHORIZATION, ...headers, 'content-length': String(length) }
        return json(await send(origin + path, { method: 'POST', headers: own }, content))
      },
      download: async (url) => buffer(await send(url)),
      stream: (url) => send(url),
    }
  },
  fetch: async (origin) => ({
    ...callsOf(async (path): Promise<unknown> => (await fetch(origin + path, { headers: AUTHORIZATION })).json()),
    upload: async (path, body, headers) => {
      const [content, length] = contentOf(body)
      // With any other redirect mode fetch keeps a copy of the whole body in memory.
      const init: RequestInit & { duplex: 'half' } = { method: 'POST', redirect: 'error', duplex: 'half' }
      const own = { ...AUTHORIZATION, ...headers, 'content-length': String(length) }
      const web = content instanceof Readable ? webStream(content) : new Uint8Array(content)
      return (await fetch(origin + path, { ...init, headers: own, body: web })).json()
    },
    download: async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer()),
    stream: async (url) => (await fetch(url)).body ?? Readable.from([]),
  }),
} satisfies Readonly<Record<string, (origin: string) => Promise<FilePeer>>>

export const apiPeers = {
  ...peers,
  ky: async (origin) => {
    const { default: ky } = await import('ky')
    const api = ky.create({ prefixUrl: origin, headers: AUTHORIZATION })
    return callsOf((path): Promise<unknown> => api.get(path.slice(1)).json())
  },
  'openapi-fetch': async (origin) => openapiFetchPeer(origin),
} satisfies Readonly<Record<string, (origin: string) => Promise<ApiPeer>>>

/** @param fetch in place of the runtime's */
export async function openapiFetchPeer(baseUrl: string, fetch?: typeof globalThis.fetch): Promise<ApiPeer> {
  const { default: createClient } = await import('openapi-fetch')
  const api = createClient<paths>({
    ...{ baseUrl, headers: AUTHORIZATION },
    ...(fetch && { fetch }),
  })
  return {
    getFile: async (channel_id, file_id) => {
      const { data } = await api.GET('/channels/{channel_id}/{file_id}', { params: { path: { channel_id, file_id } } })
      return data
    },
    listFiles: async (channel_id, query) => {
      const { data } = await api.GET('/channels/{channel_id}', { params: { path: { channel_id }, query } })
      if (!data) throw new Error('the list failed')
      return data
    },
  }
}

function callsOf(get: (path: string) => Promise<unknown>): ApiPeer {
  return {
    getFile: (channelId, fileId) => get(`/channels/${channelId}/${fileId}`),
    listFiles: async (channelId, query) => {
      const params = Object.entries(query).map(([name, value]) => [name, String(value)])
      const page = await get(`/channels/${channelId}?${new URLSearchParams(params)}`)
      if (!isPage(page)) throw new Error('the list failed')
      return page
    },
  }
}

function isPage(value: unknown): value is FilePage {
  return typeof value === 'object' && value !== null && 'files' in value
}

function contentOf(body: Uint8Array | LocalFile): [content: Uint8Array | Readable, length: number] {
  if (body instanceof Uint8Array) return [body, body.byteLength]
  return [createReadStream(body.path, { highWaterMark: 256 * 1024 }), body.size]
}

function webStream(file: Readable): ReadableStream<Uint8Array> {
  const chunks = file[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
}
