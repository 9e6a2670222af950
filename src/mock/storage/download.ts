import type { IncomingHttpHeaders } from 'node:http'
import parseRange from 'range-parser'
import { emptyResponse, type MockRequest, type MockResponse } from '../server/message.ts'
import type { Blobs } from '../store/blobs.ts'
import type { StoredFile } from '../store/rows.ts'
import { failedPrecondition, rangeApplies, type Validators } from './preconditions.ts'
import { storageError } from './storage-error.ts'

/** The bytes of a file, or the part of them that the request asks for, as RFC 9110 has it (sections 13 and 14). */
export function download(
  file: StoredFile,
  { method, headers }: Pick<MockRequest, 'method' | 'headers'>,
  blobs: Blobs,
): MockResponse {
  const validators = validatorsOf(file)
  const common = {
    'content-type': file.content_type,
    etag: validators.etag,
    'last-modified': new Date(validators.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
    ...dispositionOf(file),
    // An uploaded page is shown, but can do nothing with the page of the mock server beside it.
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  }
  const failed = failedPrecondition(method, headers, validators)
  if (failed === 304) return emptyResponse(304, common)
  if (failed === 412) {
    return storageError(412, 'PreconditionFailed', 'At least one of the preconditions you specified did not hold')
  }
  // The method HEAD has no ranges.
  const range = method === 'GET' && rangeApplies(headers['if-range'], validators) ? rangeOf(file, headers) : undefined
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

export function validatorsOf({ md5, uploaded_at }: StoredFile): Validators {
  return { etag: `"${md5}"`, lastModified: uploaded_at }
}

/** The one range that is asked for. Several ranges, or a unit other than bytes, mean the whole file. */
function rangeOf(
  file: StoredFile,
  headers: IncomingHttpHeaders,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  if (headers.range === undefined) return undefined
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
