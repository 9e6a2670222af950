import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

/** A platform that swallows uploads and makes up downloads: for files too large for memory. */
export interface Sink {
  readonly url: string
  /** Bytes of the bodies of uploads, in order. */
  readonly received: readonly number[]
  /** How many of the next uploads are refused with 503 after their last byte. */
  refusals: number
}

/** @param size of the file that can be downloaded, in bytes */
export async function startSink(size: number): Promise<Sink> {
  const received: number[] = []
  const sink = { url: '', received, refusals: 0 }
  const server = createServer(async (request, response) => {
    let count = 0
    for await (const chunk of request) count += chunk.length
    if (request.url?.startsWith('/storage')) return void sendZeros(response, size)
    response.setHeader('content-type', 'application/json')
    const common = { file_id: 'id1', content_type: 'a/b', metadata: {}, uploaded_at: null }
    if (request.method === 'GET') {
      const download = { download_uri: `${sink.url}/storage?signature=x`, url_expires_on: '2999-01-01T00:00:00Z' }
      return response.end(JSON.stringify({ ...common, ...download }))
    }
    if (count > 1000) received.push(count)
    if (count > 1000 && sink.refusals-- > 0) return response.writeHead(503, { 'retry-after': '0' }).end('{}')
    return response.end(JSON.stringify(common))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  sink.url = `http://127.0.0.1:${address.port}`
  return sink
}

async function sendZeros(response: ServerResponse, size: number): Promise<void> {
  response.writeHead(200, { 'content-length': size, etag: '"no-md5"' })
  const piece = Buffer.alloc(64 * 1024)
  for (let left = size; left > 0; left -= piece.length) {
    if (!response.write(piece.subarray(0, left))) await once(response, 'drain')
  }
  response.end()
}
