import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { partsOf } from '../helpers/multipart.ts'
import type { Answer, PlatformState } from './platform-state.ts'

/** Answers a request of the API. */
export async function answerOf(platform: PlatformState, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const { method = '', url = '', headers } = request
  const { pathname, searchParams } = new URL(url, platform.url)
  const parts = pathname.split('/').slice(1).map(decodeURIComponent)
  if (headers.authorization === undefined) return { status: 401 }
  if (parts[0] === 'channels') return channelAnswer(platform, method, parts.slice(2), searchParams, headers, body)
  return bucketAnswer(platform, method, parts.slice(5).join('/'), searchParams, headers, body)
}

function metadataOf(headers: IncomingMessage['headers']): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('x-abeja-meta-'))
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]))
}

function channelAnswer(
  platform: PlatformState,
  method: string,
  [first, second]: readonly string[],
  query: URLSearchParams,
  headers: IncomingMessage['headers'],
  content: Buffer,
): Answer {
  const { channel } = platform
  if (method === 'POST' && first === 'upload') {
    const metadata = metadataOf(headers)
    const key = `x-abeja-meta-${query.get('conflict_target')}`
    const taken = [...channel.values()].some((file) => file.metadata[key] === metadata[key])
    if (query.has('conflict_target') && taken) return { status: 409, json: { error: 'conflict' } }
    const contentType = headers['content-type'] ?? ''
    const file = { content, contentType, metadata, lifetime: query.get('lifetime') ?? undefined }
    const { id } = platform.store('channel', randomUUID(), file)
    return { status: 200, json: { file_id: id, content_type: contentType, metadata, uploaded_at: null } }
  }
  if (first === undefined || first === '') return page(platform, query)
  const file = channel.get(first)
  if (!file) return { status: 404, json: { error: 'not_found' } }
  if (method === 'PUT' && second === 'metadata') file.metadata = JSON.parse(content.toString())
  if (method === 'PUT' && second === 'lifetime') {
    file.lifetime = JSON.parse(content.toString()).lifetime
    return { status: 200, json: { channel_id: '1', file_id: first, lifetime: file.lifetime } }
  }
  return { status: 200, json: platform.infoOf('channel', file) }
}

/** A token stands for the place in the list, its order and its search. */
function page(platform: PlatformState, query: URLSearchParams): Answer {
  const first = ['0', query.get('sort') ?? '', query.get('q') ?? '']
  const [place, sort, q = ''] = query.get('next_page_token')?.split(',') ?? first
  const direction = sort === '-uploaded_at' ? -1 : 1
  const [key = '', value = ''] = platform.faults.ignoresSearch ? [] : q.split(':')
  const all = [...platform.channel.values()]
    .filter(({ metadata }) => key === '' || metadata[key]?.includes(value))
    .sort((one, other) => direction * (one.uploadedAt.getTime() - other.uploadedAt.getTime()))
  const start = Number(place)
  const files = all.slice(start, start + platform.pageSize).map((file) => platform.infoOf('channel', file))
  const end = start + platform.pageSize
  return { status: 200, json: { files, next_page_token: end < all.length ? `${end},${sort},${q}` : null } }
}

async function bucketAnswer(
  platform: PlatformState,
  method: string,
  location: string,
  query: URLSearchParams,
  headers: IncomingMessage['headers'],
  body: Buffer,
): Promise<Answer> {
  const { bucket } = platform
  if (method === 'POST') {
    const form = {
      method,
      path: '',
      query: null,
      headers: [['content-type', headers['content-type'] ?? '']],
      body,
    } as const
    const [file, parameters] = partsOf({ ...form, body: Buffer.from(body) })
    const described = new Map(file?.headers.map(([name, value]) => [name.toLowerCase(), value]))
    const filename = /; filename="(.*)"$/.exec(described.get('content-disposition') ?? '')?.[1]
    if (!file || !filename || !parameters) return { status: 400 }
    const { lifetime } = JSON.parse(parameters.content.toString())
    const metadata = metadataOf(headers)
    const contentType = described.get('content-type') ?? ''
    const { id } = platform.store('bucket', filename, { content: file.content, contentType, metadata, lifetime })
    return {
      status: 200,
      json: { file_id: `/${id}`, content_type: contentType, metadata, uploaded_at: null, lifetime },
    }
  }
  if (location !== '') {
    const file = bucket.get(location)
    return file ? { status: 200, json: platform.infoOf('bucket', file) } : { status: 404, json: { error: 'not_found' } }
  }
  const directory = (query.get('target_dir') ?? '/').replace(/^\//, '')
  const below = directory === '' ? '' : `${directory}/`
  const names = [...bucket.keys()]
    .filter((name) => name.startsWith(below))
    .map((name) => {
      const slash = name.indexOf('/', below.length)
      return slash < 0 ? name : name.slice(0, slash)
    })
  const after = query.get('last_file_id')?.slice(1) ?? ''
  const left = [...new Set(names)].sort().filter((name) => name > after)
  const shown = left.slice(0, platform.pageSize)
  const files = shown.map((name) => {
    const file = bucket.get(name)
    return file ? platform.infoOf('bucket', file) : { file_id: `/${name}`, is_file: false }
  })
  return { status: 200, json: { files, last_file_id: left.length > shown.length ? `/${shown.at(-1)}` : null } }
}
