import type { OperationId } from '../description.ts'
import { type BucketForm, Upload } from '../handlers/upload.ts'
import { isMediaType } from '../media-type.ts'
import type { MockRequest } from '../server/message.ts'
import type { Blobs } from '../store/blobs.ts'
import { Refusal } from './answer.ts'
import { BucketFormReader } from './bucket-form.ts'
import { type Violation, violation } from './violation.ts'

/** What has become of a request's body. */
export interface ReadBody {
  /** What Prism is told: the body itself, or something in its place. */
  readonly body: unknown
  readonly contentType: string | undefined
  readonly length: number
  /** The JSON as it came. */
  readonly text?: string
  readonly upload?: Upload | undefined
  readonly form?: BucketForm | undefined
  /** What is wrong already, before Prism has looked at it. */
  readonly violations: readonly Violation[]
}

/** JSON is held in memory. Files never are. */
const longestJson = 10 * 1024 * 1024

/** A content type that Prism accepts for any file and does not try to parse. */
const anyFile = 'application/octet-stream'

/** Takes in the body of a request. Bytes of files go to `blobs`; without it they are read and forgotten. */
export async function readBody(id: OperationId, request: MockRequest, blobs: Blobs | undefined): Promise<ReadBody> {
  if (id === 'postChannelFileUpload') return readFile(request, blobs)
  if (id === 'uploadBucketFile') return readForm(request, blobs)
  const text = await readText(request)
  return id === 'getChannelFileUpload' ? announcedFile(text, request) : readJson(text, request)
}

/** The bytes of a file as they are. A file may be empty. */
async function readFile(request: MockRequest, blobs: Blobs | undefined): Promise<ReadBody> {
  const upload = await store(request, blobs)
  return { body: 'file', contentType: anyFile, length: 1, upload, violations: faultsOfType(request) }
}

async function readForm(request: MockRequest, blobs: Blobs | undefined): Promise<ReadBody> {
  const contentType = request.headers['content-type']
  if (!/^multipart\/form-data\s*;.*boundary=/i.test(contentType ?? '')) {
    const length = await drain(request)
    return { body: length > 0 ? 'something' : undefined, contentType: essenceOf(contentType), length, violations: [] }
  }
  const reader = new BucketFormReader(request, (part) => store(part, blobs))
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
  // What is said to be something else is not looked into: Prism refuses it for its type.
  if (contentType !== undefined && !/^application\/(?:[\w.-]+\+)?json\b/i.test(contentType)) {
    return { body: text, contentType, length, violations: [] }
  }
  try {
    const json: unknown = JSON.parse(text)
    return { body: json, text, contentType, length, violations: [] }
  } catch (error) {
    const reason = `malformed JSON: ${error instanceof Error ? error.message : error}`
    return { body: undefined, contentType, length, violations: [violation(['body'], reason)] }
  }
}

async function readText(request: MockRequest): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.byteLength
    if (size <= longestJson) chunks.push(chunk)
  }
  if (size > longestJson) throw new Refusal(413, 'the body is longer than 10 MB')
  return Buffer.concat(chunks).toString('utf8')
}

async function store(source: AsyncIterable<Uint8Array>, blobs: Blobs | undefined): Promise<Upload | undefined> {
  if (blobs) return new Upload(await blobs.write(source))
  await drain(source)
  return undefined
}

/** Reads to the end. An answer before that could be lost on a client that is still sending. */
export async function drain(source: AsyncIterable<Uint8Array>): Promise<number> {
  let length = 0
  for await (const chunk of source) length += chunk.byteLength
  return length
}

function faultsOfType(request: MockRequest): Violation[] {
  const contentType = request.headers['content-type']
  if (contentType === undefined || essenceOf(contentType) !== malformedType) return []
  return [violation(['header', 'content-type'], `"${contentType}" is not a media type, such as image/jpeg`)]
}

const malformedType = 'malformed/content-type'

/** The content type in a form that no parser throws at. */
function essenceOf(contentType: string | undefined): string | undefined {
  if (contentType === undefined) return undefined
  return isMediaType(contentType) ? contentType : malformedType
}
