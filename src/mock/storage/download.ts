import type { IncomingHttpHeaders } from 'node:http'
import parseRange from 'range-parser'
import type { MockResponse } from '../server/message.ts'
import type { Blobs } from '../store/blobs.ts'
import type { StoredFile } from '../store/rows.ts'
import { storageError } from './storage-error.ts'

/** The bytes of a file, or the part of them that the request asks for. */
export function download(file: StoredFile, headers: IncomingHttpHeaders, blobs: Blobs): MockResponse {
  const etag = `"${file.md5}"`
  const lastModified = new Date(file.uploaded_at).toUTCString()
  const common = {
    'content-type': file.content_type,
    etag,
    'last-modified': lastModified,
    'accept-ranges': 'bytes',
    ...dispositionOf(file),
    // An uploaded page is shown, but can do nothing with the page of the mock server beside it.
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  }
  if (headers['if-none-match'] === etag) return { status: 304, headers: common, body: Buffer.alloc(0), length: 0 }
  const range = rangeOf(file, headers, etag, lastModified)
  if (range === 'unsatisfiable') {
    const { headers: plain, ...error } = storageError(416, 'InvalidRange', 'The requested range is not satisfiable')
    return { ...error, headers: { ...plain, 'content-range': `bytes */${file.size}` } }
  }
  if (range === undefined) {
    return { status: 200, headers: common, body: blobs.read(file, 0, file.size - 1), length: file.size }
  }
  const { start, end } = range
  return {
    status: 206,
    headers: { ...common, 'content-range': `bytes ${start}-${end}/${file.size}` },
    body: blobs.read(file, start, end),
    length: end - start + 1,
  }
}

/** The one range that is asked for. Several ranges, a unit other than bytes or an old `If-Range` mean the whole file. */
function rangeOf(
  file: StoredFile,
  headers: IncomingHttpHeaders,
  etag: string,
  lastModified: string,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const condition = headers['if-range']
  if (headers.range === undefined) return undefined
  if (condition !== undefined && condition !== etag && condition !== lastModified) return undefined
  // The last thousand bytes of ten are all ten, which range-parser takes for none.
  const header = headers.range.replaceAll(
    /(?<=[=,]\s*)-\d+/g,
    (last) => `-${Math.min(Number(last.slice(1)), file.size)}`,
  )
  const ranges = parseRange(file.size, header)
  if (ranges === -1) return 'unsatisfiable'
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return undefined
  return ranges[0]
}

/** A name for whoever saves the file. */
function dispositionOf({ metadata }: StoredFile): Record<string, string> {
  const name = metadata.filename?.split('/').at(-1)
  if (!name) return {}
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replaceAll(/['()*]/g, escapeCharacter)
  return { 'content-disposition': `inline; filename*=UTF-8''${encoded}` }
}

function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
