import { InvalidRequestError } from '../errors/client-errors.ts'
import { meteredBody } from './metered-body.ts'
import { type RequestBody, textBody } from './request-body.ts'
import { isRecord } from './response-check.ts'
import { uploadRedirect } from './upload-redirect.ts'
import { viewBytes } from './view-bytes.ts'

/** What a Request can be made of. */
export type RawBody = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array> | FormData

/**
 * A body of `abeja.api` as it is sent. openapi-fetch by itself writes every body as JSON; here bytes, Blobs, streams, texts
 * and forms pass as they are.
 * @param isForm whether the operation takes a form: then an object is one
 */
export function serializeBody(body: unknown, isForm: boolean): RawBody {
  if (body instanceof Blob || body instanceof ReadableStream || body instanceof FormData) return body
  // No operation takes a JSON text: what is a text is a file.
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  if (ArrayBuffer.isView(body)) return viewBytes(body)
  if (isForm && isRecord(body)) return formOf(body)
  return JSON.stringify(body)
}

/** The content type that a body brings with it. Undefined for JSON, and for a form, whose type names its boundary. */
export function contentTypeOf(body: RawBody): string | undefined {
  if (typeof body === 'string' || body instanceof FormData) return undefined
  return (body instanceof Blob && body.type) || 'application/octet-stream'
}

/**
 * The body of a request that is about to be sent.
 * @param given what the request was made of, where that is known: then it can be opened again
 */
export async function requestBodyOf(request: Request, given: RawBody | undefined): Promise<RequestBody | undefined> {
  if (typeof given === 'string') return textBody(given, {})
  if (given instanceof Blob || given instanceof Uint8Array) return fileBody(given, undefined)
  // Not the stream of the Request: in Firefox that is the text "[object ReadableStream]".
  if (given instanceof ReadableStream) return fileBody(given, 'a stream')
  if (request.body === null || request.method === 'GET' || request.method === 'HEAD') return undefined
  if (!given && request.headers.get('content-type') === 'application/json') return textBody(await request.text(), {})
  if (request.body) return fileBody(request.body, 'a form or a stream')
  // Firefox tells nothing of the body of a Request.
  const blob = await request.blob()
  return blob.size === 0 ? undefined : fileBody(blob, undefined)
}

function fileBody(
  content: Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>,
  once: string | undefined,
): RequestBody {
  const payload = { content, length: undefined, headers: {} }
  return { once, redirect: uploadRedirect(), open: (watcher) => meteredBody(payload, watcher) }
}

/** The form of `upload_bucket_file`: its other part is JSON in a file of its own. */
function formOf(parts: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData()
  for (const [name, part] of Object.entries(parts)) {
    if (part instanceof File) form.append(name, part)
    else if (name !== 'file' && typeof part === 'string') form.append(name, jsonPart(part), 'params.json')
    else throw new InvalidRequestError(`The part ${name} must be ${name === 'file' ? FILE_PART : 'a text of JSON'}.`)
  }
  return form
}

const FILE_PART = 'a File whose name is the location in the bucket'

function jsonPart(text: string): Blob {
  return new Blob([text], { type: 'application/json' })
}
