import { type ClientHttp2Session, connect, constants } from 'node:http2'
import { Agent, type RequestOptions, request } from 'node:https'
import { text as textOf } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { makeCertificate } from '../../src/mock/server/certificate.ts'
import type { Mock } from '../../src/mock.ts'
import { startedMocks } from './helpers/started-mocks.ts'
import { ids, organization } from './helpers/use-mock.ts'

const start = startedMocks()
const channels = `${organization}/channels`

describe('a server with tls', () => {
  test('serves HTTP/1.1 with a certificate that it has made', async () => {
    const { mock } = await start({ tls: true })
    expect(mock.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    const { status, body } = await over1(mock, `/channels/${ids.channel}/${ids.file}`)
    expect(status).toBe(200)
    expect(JSON.parse(body).download_uri).toMatch(new RegExp(`^${mock.url}/_storage/`))
  })

  test('serves HTTP/2, and takes a streamed upload over it', async () => {
    const { mock } = await start({ tls: true })
    const session = connect(mock.url, { ca: mock.certificate })
    const chunks = ['a'.repeat(100_000), 'b'.repeat(100_000)]
    const uploaded = await over2(session, 'POST', `/channels/${ids.channel}/upload`, chunks)
    expect([uploaded.status, JSON.parse(uploaded.body).content_type]).toEqual([200, 'text/plain'])
    const file = await over2(session, 'GET', `/channels/${ids.channel}/${JSON.parse(uploaded.body).file_id}`)
    const { download_uri } = JSON.parse(file.body)
    expect((await over1(mock, download_uri.slice(mock.url.length), {})).body).toBe(chunks.join(''))
    session.close()
  })

  test('resets one stream of HTTP/2, and not the connection', async () => {
    const { mock } = await start({ tls: true, faults: [{ reset: 'after-body' }] })
    const session = connect(mock.url, { ca: mock.certificate })
    await expect(over2(session, 'GET', channels)).rejects.toThrow()
    expect((await over2(session, 'GET', channels)).status).toBe(200)
    session.close()
  })

  test('takes a certificate of your own', async () => {
    const certificate = await makeCertificate('localhost')
    const { mock } = await start({ tls: certificate })
    expect(mock.certificate).toBe(certificate.cert)
    expect((await over1(mock, channels)).status).toBe(200)
  })
})

const authorization = { authorization: 'Bearer x' }

async function over1(mock: Mock, path: string, headers: RequestOptions['headers'] = authorization) {
  const agent = new Agent({ ca: mock.certificate })
  const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    request(`${mock.url}${path}`, { agent, headers }, resolve).once('error', reject).end()
  })
  return { status: response.statusCode, body: await textOf(response) }
}

async function over2(session: ClientHttp2Session, method: string, path: string, chunks: readonly string[] = []) {
  const stream = session.request(
    { ':method': method, ':path': path, ...authorization, ...(chunks.length > 0 && { 'content-type': 'text/plain' }) },
    { endStream: chunks.length === 0 },
  )
  const status = new Promise<number>((resolve, reject) => {
    stream.once('response', (headers) => resolve(Number(headers[constants.HTTP2_HEADER_STATUS])))
    stream.once('error', reject)
    stream.once('close', () => reject(new Error('The stream ended without a response')))
  })
  for (const chunk of chunks) stream.write(chunk)
  if (chunks.length > 0) stream.end()
  return { status: await status, body: await textOf(stream) }
}
