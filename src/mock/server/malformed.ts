import type { Duplex } from 'node:stream'
import { withViolations } from '../api/api-result.ts'
import { errorResponse, HttpError } from '../api/http-error.ts'
import { violation } from '../api/violation.ts'
import { withoutSignature } from '../storage/signed-urls.ts'
import type { AccessPolicy } from './access-policy.ts'
import { corsHeaders } from './cors.ts'
import type { LoggedRequest } from './request-log.ts'

/**
 * Rejects malformed HTTP, and requests with more headers than Node accepts. Node would respond with
 * nothing but a status, which a browser hides from the page. Returns what to log.
 */
export function refuseMalformed(error: Error, socket: Duplex, access: AccessPolicy): LoggedRequest | undefined {
  if (!socket.writable) return undefined
  const isTooMuch = 'code' in error && error.code === 'HPE_HEADER_OVERFLOW'
  const reason = 'reason' in error ? error.reason : error.message
  const message = isTooMuch ? 'the headers are longer than 16 kB' : `malformed HTTP: ${reason}`
  const violations = [violation(['header'], message, isTooMuch ? 431 : 400)]
  const { status, headers, body } = withViolations(
    errorResponse(new HttpError(isTooMuch ? 431 : 400, message, { violations })),
    violations,
  )
  const begun = 'rawPacket' in error && error.rawPacket instanceof Uint8Array ? error.rawPacket : new Uint8Array()
  const head = Buffer.from(begun).toString('latin1')
  const text = JSON.stringify(body)
  const [, origin] = /^origin: *(\S+)/im.exec(head) ?? []
  const all = { ...(access.allowsOrigin(origin, undefined) && corsHeaders({ origin })), ...headers }
  const lines = Object.entries({ ...all, 'content-length': Buffer.byteLength(text), connection: 'close' })
  const words = isTooMuch ? 'Request Header Fields Too Large' : 'Bad Request'
  socket.end(
    `HTTP/1.1 ${status} ${words}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`,
  )
  // A connection that nobody used, which browsers keep ready, ends in an error too.
  if (head === '') return undefined
  const [, method = '-', target = '-'] = /^([A-Z]+) (\S+) HTTP/.exec(head) ?? []
  return {
    ...{ time: Date.now(), method, target: withoutSignature(target), operationId: undefined, status, durationMs: 0 },
    violations,
  }
}
