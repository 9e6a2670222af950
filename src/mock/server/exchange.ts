import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import { withoutSignature } from '../storage/signed-urls.ts'
import type { MockRequest, MockResponse } from './message.ts'

/** The headers and the beginning of the body of a request or response. Secrets are left out. */
export interface LoggedMessage {
  readonly headers: Readonly<Record<string, string>>
  /** The body, or its first 8 KiB. Absent if it is empty, or not text. */
  readonly body?: string
  /** In bytes, as far as it is known. */
  readonly bodySize: number
}

/** So many bytes of a body are remembered. */
const mostBytes = 8 * 1024

const secretHeaders = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key']

/** Replaces a secret. */
const redacted = '[redacted]'

/** Lets a request through, and remembers the beginning of its body. */
export function captured(request: MockRequest): { request: MockRequest; message: () => LoggedMessage } {
  const chunks: Uint8Array[] = []
  let size = 0
  async function* bytes() {
    for await (const chunk of request) {
      if (size < mostBytes) chunks.push(chunk.slice(0, mostBytes - size))
      size += chunk.byteLength
      yield chunk
    }
  }
  const passed: MockRequest = {
    method: request.method,
    url: request.url,
    headers: request.headers,
    scheme: request.scheme,
    authority: request.authority,
    signal: request.signal,
    get complete() {
      return request.complete
    },
    [Symbol.asyncIterator]: bytes,
  }
  return { request: passed, message: () => messageOf(request.headers, Buffer.concat(chunks), size) }
}

/** A response as it is remembered. Bytes of files are not. */
export function loggedResponse({ headers, body, length }: MockResponse): LoggedMessage {
  const bytes = body instanceof Readable ? Buffer.alloc(0) : body.subarray(0, mostBytes)
  return messageOf(headers, bytes, length ?? bytes.length)
}

function messageOf(headers: IncomingHttpHeaders | OutgoingHttpHeaders, bytes: Buffer, bodySize: number): LoggedMessage {
  const isText = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml)\b)/i.test(String(headers['content-type'] ?? ''))
  return {
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, headerValue(name, value)]],
      ),
    ),
    ...(isText && bytes.length > 0 && { body: withoutSecrets(bytes.toString('utf8')) }),
    bodySize,
  }
}

function headerValue(name: string, value: number | string | readonly string[]): string {
  return secretHeaders.includes(name.toLowerCase()) ? redacted : withoutSignature(String(value))
}

/** Takes signatures of URLs and members that hold secrets out of a text. */
function withoutSecrets(text: string): string {
  return text
    .replaceAll(/([?&](?:signature|x-amz-[\w-]+|token|key)=)[^&"'\s\\]*/gi, `$1${redacted}`)
    .replaceAll(/("(?:[\w-]*(?:secret|token|password|authorization)[\w-]*)"\s*:\s*)"(?:[^"\\]|\\.)*"?/gi, (_, name) => {
      return /page_token/i.test(name) ? _ : `${name}"${redacted}"`
    })
}
