import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { OwnProcess } from './helpers/own-process.ts'
import { ids, organization } from './helpers/use-mock.ts'

/** `MOCK_LARGE_MB=1024` is the whole test. */
const megabytes = Number(process.env.MOCK_LARGE_MB ?? 256)
const headers = { authorization: 'Bearer x' }

test.skipIf(!existsSync('/proc/self/status'))(
  `a file of ${megabytes} MB goes up and down, to a channel and to a bucket, at under 150 MB over idle`,
  async () => {
    const server = await OwnProcess.start()
    await send(
      `${server.url}/channels/${ids.channel}/upload`,
      'POST',
      { ...headers, 'content-type': 'a/b' },
      Readable.from([Buffer.from('warm')]),
    )
    const idle = await server.memory()

    const hash = createHash('md5')
    const upload = await send(
      `${server.url}/channels/${ids.channel}/upload`,
      'POST',
      { ...headers, 'content-type': 'video/mp4' },
      bytes(hash),
    )
    const sent = hash.digest('hex')
    const { file_id } = JSON.parse(await textOf(upload))
    expect(await downloaded(`${server.url}/channels/${ids.channel}/${file_id}`)).toBe(sent)
    const channelPeak = (await server.peakMemory()) - idle

    const files = `${server.url}${organization}/buckets/${ids.bucket}/files`
    const formHash = createHash('md5')
    const form = { ...headers, 'content-type': 'multipart/form-data; boundary=x' }
    await textOf(await send(files, 'POST', form, formOf(bytes(formHash))))
    expect(await downloaded(`${files}/large/file.bin`)).toBe(formHash.digest('hex'))
    const peak = (await server.peakMemory()) - idle

    process.stdout.write(
      `${megabytes} MB: ${idle.toFixed(0)} MB idle, at most ${channelPeak.toFixed(0)} MB more for the channel, ` +
        `${peak.toFixed(0)} MB more for the bucket\n`,
    )
    expect(await server.stop()).toBe(0)
    expect(peak).toBeLessThan(150)
  },
  300_000,
)

/** So many megabytes, no two of them the same. */
function* bytes(hash: ReturnType<typeof createHash>): Generator<Buffer> {
  const block = Buffer.alloc(1024 * 1024, 'abcdefg')
  for (let index = 0; index < megabytes; index++) {
    block.writeUInt32BE(index)
    const chunk = Buffer.from(block)
    hash.update(chunk)
    yield chunk
  }
}

function* formOf(content: Iterable<Buffer>): Generator<Buffer> {
  yield Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="large/file.bin"\r\n')
  yield Buffer.from('Content-Type: application/octet-stream\r\n\r\n')
  yield* content
  yield Buffer.from(
    '\r\n--x\r\nContent-Disposition: form-data; name="parameters"; filename="params.json"\r\n\r\n{}\r\n--x--\r\n',
  )
}

/** The MD5 of what the URL in a file's information leads to. */
async function downloaded(info: string): Promise<string> {
  const { download_uri } = JSON.parse(await textOf(await send(info, 'GET', headers)))
  const hash = createHash('md5')
  await pipeline(await send(download_uri, 'GET', {}), hash)
  return hash.digest('hex')
}

async function send(
  url: string,
  method: string,
  requestHeaders: Record<string, string>,
  body: Iterable<Buffer> | Readable = [],
): Promise<IncomingMessage> {
  const outgoing = request(url, { method, headers: requestHeaders })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve).once('error', reject)
  })
  await pipeline(Readable.from(body), outgoing)
  const answer = await answered
  expect(answer.statusCode).toBe(200)
  return answer
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of answer.setEncoding('utf8')) text += chunk
  return text
}
