import { parseBoundedJson } from '../bounded-json.ts'
import type { OperationId } from '../description.ts'
import { Upload } from '../handlers/upload.ts'
import { isMediaType } from '../media-type.ts'
import type { MockRequest } from '../server/message.ts'
import type { Blobs } from '../store/blobs.ts'
import { BucketFormReader } from './bucket-form.ts'
import { HttpError } from './http-error.ts'
import { decodedBody, drain, keptOpen, type ReadBody } from './request-body.ts'
import { type Violation, violation } from './violation.ts'

/** JSON is held in memory, and validated without a pause. Files are neither. */
const longestJson = 1.5 * 1024 * 1024
const jsonLimits = { values: 10_000, depth: 100 }

/** A content type that Prism accepts for any file and does not try to parse. */
const anyFile = 'application/octet-stream'

/** Reads the body of a request. Bytes of files go to `blobs`; without it they are discarded. */
export async function readBody(id: OperationId, request: MockRequest, blobs: Blobs | undefined): Promise<ReadBody> {
  const source = keptOpen(request)
  try {
    const body = decodedBody(request, source)
    if (id === 'postChannelFileUpload') return await readFile(request, body, blobs)
    if (id === 'uploadBucketFile') return await readForm(request, body, blobs)
    const text = await readText(body)
    return id === 'getChannelFileUpload' ? announcedFile(text, request) : readJson(text, request)
  } finally {
    // The response does not wait for a client that is still sending, and the rest must not be left on the connection.
    drain(source).catch(() => undefined)
  }
}

/** The bytes of a file as they are. A file may be empty. */
async function readFile(
  request: MockRequest,
  body: AsyncIterable<Uint8Array>,
  blobs: Blobs | undefined,
): Promise<ReadBody> {
  const upload = await store(body, blobs)
  return { body: 'file', contentType: anyFile, length: 1, upload, violations: faultsOfType(request) }
}

/** RFC 2046 allows 70 characters; the parsers throw for much more. */
const formWithBoundary = /^multipart\/form-data\s*;.*boundary=(?:"[^"]{1,70}"|[^;\s"]{1,70}(?:[;\s]|$))/i

async function readForm(
  request: MockRequest,
  body: AsyncIterable<Uint8Array>,
  blobs: Blobs | undefined,
): Promise<ReadBody> {
  const contentType = request.headers['content-type']
  if (!formWithBoundary.test(contentType ?? '')) {
    const length = await drain(body)
    return { body: length > 0 ? 'something' : undefined, contentType: essenceOf(contentType), length, violations: [] }
  }
  const reader = new BucketFormReader(contentType ?? '', body, (part) => store(part, blobs))
  try {
    return await reader.read()
  } catch (error) {
    // The bytes may have come in whole before the rest of the form broke off.
    const upload = await reader.stored()
    if (upload) await blobs?.remove(upload.content.blob)
    throw error
  }
}

/** No body, but a content type: of the file to come. */
function announcedFile(text: string, request: MockRequest): ReadBody {
  const body = text === '' ? undefined : 'something'
  return { body, contentType: anyFile, length: text.length, violations: faultsOfType(request) }
}

function readJson(text: string, request: MockRequest): ReadBody {
  const contentType = essenceOf(request.headers['content-type'])
  if (text === '') return { body: undefined, contentType, length: 0, violations: [] }
  const length = Buffer.byteLength(text)
  if (contentType !== undefined && !/^application\/json\s*(?:;|$)/i.test(contentType)) {
    const reason = `must be application/json (received "${request.headers['content-type']}")`
    // Prism would parse other types, and fails with some of them.
    const violations = [violation(['header', 'content-type'], reason, 415)]
    return { body: undefined, contentType: undefined, length: 0, violations }
  }
  try {
    const json = parseBoundedJson(text, jsonLimits)
    return { body: json, text, contentType, length, violations: [] }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const reason = error instanceof RangeError ? message : `malformed JSON: ${message}`
    return { body: undefined, contentType, length, violations: [violation(['body'], reason)] }
  }
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size <= longestJson) chunks.push(chunk)
  }
  if (size > longestJson) throw new HttpError(413, 'the body is longer than 1.5 MB')
  return Buffer.concat(chunks).toString('utf8')
}

async function store(source: AsyncIterable<Uint8Array>, blobs: Blobs | undefined): Promise<Upload | undefined> {
  if (blobs) return new Upload(await blobs.write(source))
  await drain(source)
  return undefined
}

function faultsOfType(request: MockRequest): Violation[] {
  const contentType = request.headers['content-type']
  if (contentType === undefined) return [violation(['header', 'content-type'], 'is required')]
  if (essenceOf(contentType) !== malformedType) return []
  return [violation(['header', 'content-type'], `"${contentType}" is not a media type, such as image/jpeg`)]
}

const malformedType = 'malformed/content-type'

/** The content type in a form that no parser throws at. */
function essenceOf(contentType: string | undefined): string | undefined {
  if (contentType === undefined) return undefined
  return isMediaType(contentType) ? contentType : malformedType
}
