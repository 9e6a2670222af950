// The platform in a process of its own, as cheap as it can be: discards uploads and generates lists and downloads.
// Argument: PlatformOptions as JSON.

import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What the server holds. */
export interface PlatformOptions {
  /** The number of files in the channel. */
  readonly files: number
  /** The size of each file, in bytes. */
  readonly size: number
  /** Added before each response, in milliseconds. */
  readonly latency: number
}

const { files, size, latency }: PlatformOptions = JSON.parse(process.argv[2] ?? '{}')
const JSON_TYPE = { 'content-type': 'application/json' }
const CHUNK = Buffer.alloc(64 * 1024, 7)
const content = size <= 1024 * 1024 ? Buffer.alloc(size, 7) : undefined
const etag = `"${md5OfContent()}"`
const pages = new Map<string, Buffer>()

let origin = ''
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume()
  request.on('end', () => {
    if (latency > 0) setTimeout(respond, latency, request, response)
    else respond(request, response)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  origin = `http://127.0.0.1:${address.port}`
  // Generating a page costs more than reading it.
  for (const limit of [100, 1000]) for (let start = 0; start < files; start += limit) page(start, limit)
  process.send?.(origin)
})
process.on('disconnect', () => process.exit())

function respond({ method, url = '' }: IncomingMessage, response: ServerResponse): void {
  const [path = '', query] = url.split('?')
  const [, resource, , file] = path.split('/')
  if (resource === 'storage') sendContent(response)
  else if (method === 'GET' && file === undefined) sendJson(response, requestedPage(new URLSearchParams(query)))
  else sendJson(response, fileInfo(file ?? '0'))
}

/** A token holds where its page starts and how long it is. */
function requestedPage(params: URLSearchParams): Buffer {
  const token = params.get('next_page_token') ?? `0 ${params.get('items_per_page') ?? 100}`
  const [start = 0, limit = 100] = token.split(' ').map(Number)
  return page(start, limit)
}

function page(start: number, limit: number): Buffer {
  const key = `${start} ${limit}`
  const known = pages.get(key)
  if (known) return known
  const end = Math.min(files, start + limit)
  const items = Array.from({ length: end - start }, (_, index) => JSON.parse(fileInfo(String(start + index))))
  const made = Buffer.from(JSON.stringify({ files: items, next_page_token: end < files ? `${end} ${limit}` : null }))
  pages.set(key, made)
  return made
}

function fileInfo(id: string): string {
  return JSON.stringify({
    url_expires_on: '2999-05-15T19:06:00+00:00',
    uploaded_at: '2024-05-15T18:06:05+00:00',
    metadata: {
      'x-abeja-meta-filename': `folder/DS%20test%20${id}.jpg`,
      'x-abeja-meta-label': 'cat',
      'x-abeja-sys-meta-organizationid': '1234567890123',
    },
    file_id: id,
    download_uri: `${origin}/storage/1230000000000/${id}?Expires=1526411165&Signature=EXAMPLE`,
    content_type: 'image/jpeg',
  })
}

function sendJson(response: ServerResponse, body: string | Buffer): void {
  response.writeHead(200, { ...JSON_TYPE, 'content-length': Buffer.byteLength(body) }).end(body)
}

function sendContent(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': size, etag })
  if (content) return void response.end(content)
  let left = size
  const more = () => {
    while (left > 0) {
      const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK
      left -= chunk.length
      if (!response.write(chunk)) return void response.once('drain', more)
    }
    response.end()
  }
  more()
}

function md5OfContent(): string {
  const hash = createHash('md5')
  for (let left = size; left > 0; left -= CHUNK.length) hash.update(CHUNK.subarray(0, left))
  return hash.digest('hex')
}
