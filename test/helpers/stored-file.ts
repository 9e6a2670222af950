import { createHash } from 'node:crypto'
import type { ClientOptions } from '../../src/index.ts'
import { abejaAt } from './abeja.ts'
import { type Answer, type Answering, headerOf, type RecordedRequest, recordingServer } from './recording-server.ts'

/** What a presigned URL looks like: none of its characters may change on the way. */
export const PRESIGNED =
  '/bucket//a%2Fb/%E7%8C%AB~(1)!*;@:,$.bin?X-Amz-Signature=aB%2fc+d/e==&X-Amz-Expires=300&&empty=&flag&x=%22%C3%A9%22'

/**
 * A file behind the API: one server answers what is known of it, another holds its bytes.
 * @param answers of the store
 * @param info what the API tells beside the URL
 */
export async function storedFile(
  answers: readonly Answer[] | Answering,
  info: Readonly<Record<string, unknown>> = {},
  options: ClientOptions = {},
) {
  const store = await recordingServer(answers)
  const api = await recordingServer((_, index) => ({
    json: {
      ...{ file_id: 'f', content_type: 'text/plain', uploaded_at: '2024-01-01T00:00:00+00:00' },
      ...{ metadata: { 'x-abeja-meta-filename': '%E7%8C%AB.txt', 'x-abeja-sys-meta-organizationid': '1' } },
      // Each asking gets a URL of its own.
      ...{ download_uri: `${store.url}${PRESIGNED}&nth=${index + 1}`, url_expires_on: '2999-01-01T00:00:00+00:00' },
      ...info,
    },
  }))
  return { abeja: abejaAt(api.url, options), api, store }
}

/** The answer of a store that knows ranges: what is asked for of these bytes. */
export function ranged(bytes: Uint8Array, request: RecordedRequest, headers: Readonly<Record<string, string>>): Answer {
  const start = Number(/^bytes=(\d+)-$/.exec(headerOf(request, 'range') ?? '')?.[1] ?? 0)
  if (start === 0 || headerOf(request, 'if-range') !== headers.etag) return whole(bytes, headers)
  const rest = bytes.subarray(start)
  const range = { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }
  return { status: 206, headers: { ...headers, ...range, 'content-length': `${rest.length}` }, body: rest }
}

/** The answer that brings all bytes. */
export function whole(bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Answer {
  return { headers: { ...headers, 'content-length': `${bytes.length}` }, body: bytes }
}

/** The ETag of an object that was stored in one piece. */
export function md5Etag(bytes: Uint8Array): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`
}
