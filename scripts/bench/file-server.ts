// Swallows uploads and makes up downloads, in a process of its own. Its arguments: how many files the channel has, how
// large each is in bytes, and how long an answer takes in milliseconds.

import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'

const [count = 0, size = 0, latencyMs = 0] = process.argv.slice(2).map(Number)
const PAGE = 100
const PIECE = Buffer.alloc(64 * 1024, 7)

const hash = createHash('md5')
for (let left = size; left > 0; left -= PIECE.length) hash.update(PIECE.subarray(0, left))
const md5 = hash.digest('hex')

let origin = ''
const server = createServer(async (request, response) => {
  request.resume()
  await once(request, 'end')
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs))
  const { pathname, searchParams } = new URL(request.url ?? '', origin)
  const [, root, , id] = pathname.split('/')
  if (root === 'storage') return send(response, searchParams.has('md5') ? `"${md5}"` : '"no-md5"')
  response.setHeader('content-type', 'application/json')
  if (request.method === 'GET' && id === undefined) {
    const start = Number(searchParams.get('next_page_token') ?? 0)
    const end = Math.min(count, start + PAGE)
    const files = Array.from({ length: end - start }, (_, index) => info(String(start + index)))
    return response.end(JSON.stringify({ files, next_page_token: end < count ? String(end) : null }))
  }
  return response.end(JSON.stringify(info(id ?? '0')))
})

function info(id: string) {
  return {
    ...{ file_id: id, content_type: 'text/plain', uploaded_at: '2024-05-15T18:06:05+00:00' },
    metadata: { 'x-abeja-meta-filename': `file%20${id}.txt` },
    url_expires_on: '2999-05-15T19:06:00+00:00',
    download_uri: `${origin}/storage/channel/${id}?${id === 'checked' ? 'md5=1&' : ''}Signature=EXAMPLE`,
  }
}

async function send(response: ServerResponse, etag: string): Promise<void> {
  response.writeHead(200, { 'content-length': size, etag })
  for (let left = size; left > 0; left -= PIECE.length) {
    if (!response.write(PIECE.subarray(0, left))) await once(response, 'drain')
  }
  response.end()
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  origin = `http://127.0.0.1:${address.port}`
  process.send?.(origin)
})
process.on('disconnect', () => process.exit())
