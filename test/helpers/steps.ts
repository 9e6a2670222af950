import type { Exchange, Step } from './fault-server.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Everything as it should be. */
export const ok: Step = async (exchange) => {
  await exchange.read()
  exchange.act()
  exchange.response.writeHead(200, JSON_TYPE).end(exchange.answer)
}

/** An answer after the server has acted: whether it did, the client cannot see. */
export function acted(status: number, body = '', headers: Readonly<Record<string, string>> = {}): Step {
  return async (exchange) => {
    exchange.act()
    await refused(status, body, headers)(exchange)
  }
}

/** An answer in place of acting. */
export function refused(status: number, body = '', headers: Readonly<Record<string, string>> = {}): Step {
  return async (exchange) => {
    await exchange.read()
    exchange.response.writeHead(status, headers).end(body)
  }
}

/** The connection is reset as soon as the head of the request is there. */
export const resetBeforeBody: Step = ({ socket }) => {
  socket.resetAndDestroy()
}

/** The connection is reset when all is done, in place of the answer. */
export const resetAfterBody: Step = async (exchange) => {
  await exchange.read()
  exchange.act()
  exchange.socket.resetAndDestroy()
}

/** All is done, and no answer comes. */
export const silence: Step = async (exchange) => {
  await exchange.read()
  exchange.act()
}

/** The answer stands still in the middle. */
export const stalledBody: Step = (exchange) => half(exchange, `content-length: ${exchange.answer.length}\r\n`, false)

/** The answer ends in the middle, although its length was announced. */
export const shortBody: Step = (exchange) => half(exchange, `content-length: ${exchange.answer.length}\r\n`, true)

/** The answer ends in the middle; of one in chunks `fetch` takes that for the end when the connection was to close. */
export const cutChunks: Step = (exchange) => halfInChunks(exchange, '')
export const cutChunksOfAClosingConnection: Step = (exchange) => halfInChunks(exchange, 'connection: close\r\n')

/** What is no HTTP. */
export const garbage: Step = async (exchange) => {
  await exchange.read()
  exchange.act()
  exchange.socket.end('SSH-2.0-OpenSSH_9.2\r\n')
}

async function half(exchange: Exchange, header: string, ends: boolean): Promise<void> {
  const { answer, socket } = exchange
  await exchange.read()
  exchange.act()
  socket.write(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${header}\r\n${answer.slice(0, answer.length / 2)}`,
  )
  if (ends) socket.end()
}

async function halfInChunks(exchange: Exchange, header: string): Promise<void> {
  const { answer, socket } = exchange
  await exchange.read()
  exchange.act()
  const chunk = answer.slice(0, answer.length / 2)
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n${header}\r\n`
  socket.end(`${head}${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`)
}
