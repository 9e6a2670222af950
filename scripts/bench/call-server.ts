import { createServer } from 'node:http'

/** What the API answers about a file. */
const ANSWER = JSON.stringify({
  url_expires_on: '2024-05-15T19:06:00+00:00',
  uploaded_at: '2024-05-15T18:06:05+00:00',
  metadata: { 'x-abeja-meta-filename': 'DS%20test.jpg', 'x-abeja-sys-meta-organizationid': '1234567890123' },
  file_id: '20240515T180605-f4acc798-9afa-40a1-b500-ebce42a4fa3f',
  download_uri: 'https://storage.example.com/1230000000000/20240515T180605?Expires=1526411165&Signature=EXAMPLE',
  content_type: 'image/jpeg',
})

const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(ANSWER) })
  response.end(ANSWER)
})

server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
process.on('disconnect', () => process.exit())
