import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

/** A request as it arrived. */
export interface RecordedRequest {
  readonly method: string
  /** Undecoded, without the query. */
  readonly path: string
  /** Undecoded, without the `?`; null when there is none. */
  readonly query: string | null
  /** In their order, as they were written. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Buffer<ArrayBuffer>
}

/** What the server answers to one request. */
export interface Answer {
  /** @default 200 */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, with its content type. */
  readonly json?: unknown
  readonly body?: string | Uint8Array
  /** After this many bytes of the body, and not before `when`, the connection is cut. */
  readonly cut?: { readonly after: number; readonly when?: Promise<unknown> }
}

export type Answering = (request: RecordedRequest, index: number) => Answer | Promise<Answer>

/** A server on this machine that records what arrives. */
export interface RecordingServer {
  readonly url: string
  readonly requests: readonly RecordedRequest[]
}

/**
 * Starts a server for the running test; it stops when the test ends.
 * @param answers one after the other, and status 599 when they have run out; or a function
 */
export async function recordingServer(answers: readonly Answer[] | Answering): Promise<RecordingServer> {
  const requests: RecordedRequest[] = []
  const answerTo: Answering =
    typeof answers === 'function'
      ? answers
      : (_, index) => answers[index] ?? { status: 599, body: 'no answer is scripted for this request' }
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, async (incoming, outgoing) => {
    const request = await record(incoming).catch(() => undefined)
    // The client has ended the request early.
    if (request === undefined) return
    send(outgoing, await answerTo(request, requests.push(request) - 1))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    server.closeAllConnections()
    return closed
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return { url: `http://127.0.0.1:${address.port}`, requests }
}

/** The value of a header, whatever the case of its name; undefined when it was not sent. */
export function headerOf({ headers }: RecordedRequest, name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1]
}

/** The only request that arrived. */
export function onlyRequest({ requests }: RecordingServer): RecordedRequest {
  const [request] = requests
  if (request === undefined || requests.length > 1) throw new Error(`${requests.length} requests arrived, not one`)
  return request
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const { method = '', url = '', rawHeaders } = incoming
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const mark = url.indexOf('?')
  const headers: [string, string][] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? ''])
  }
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? null : url.slice(mark + 1),
    headers,
    body: Buffer.concat(chunks),
  }
}

function send(outgoing: ServerResponse, { status = 200, headers = {}, json, body = '', cut }: Answer): void {
  const content = Buffer.from(json === undefined ? body : JSON.stringify(json))
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  outgoing.writeHead(status, { ...type, ...headers })
  if (cut === undefined) outgoing.end(content)
  else outgoing.write(content.subarray(0, cut.after), () => Promise.resolve(cut.when).then(() => outgoing.destroy()))
}
