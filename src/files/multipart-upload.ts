import type { components } from '../../generated/schema.d.ts'
import { InvalidRequestError } from '../errors/errors.ts'
import { concatBytes } from '../http/bytes.ts'
import { fetchFeatures } from '../http/fetch-features.ts'
import type { OpenBody, RequestBody } from '../http/request-body.ts'
import { checkDescription, contentTypeOf, type FileDescription, fileHeaders } from './file-description.ts'
import { openBody, readOnce, SMALL, type UploadBody } from './upload-body.ts'
import { piecesOf, streamOf } from './upload-stream.ts'

type Lifetime = components['schemas']['Lifetime']

/** The part `parameters`. */
export interface UploadParameters {
  readonly lifetime?: Lifetime | undefined
}

/**
 * Makes the request body of a form with two parts: `file`, named by its location, then `parameters`. Not a FormData: the
 * length of one is known only when it is in memory as a whole.
 */
export function multipartUpload(
  location: string,
  body: UploadBody,
  file: FileDescription,
  parameters: UploadParameters,
): RequestBody {
  requireLocation(location)
  checkDescription(file)
  return {
    once: readOnce(body),
    redirect: fetchFeatures().uploadRedirect,
    open: async () => {
      const opened = await openBody(body)
      const type = await contentTypeOf(file, { ...opened, name: location })
      const boundary = randomBoundary()
      const head = encode(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${location}"\r\n` +
          `Content-Type: ${type}\r\n\r\n`,
      )
      const tail = encode(
        `\r\n--${boundary}\r\nContent-Disposition: form-data; name="parameters"; filename="params.json"\r\n` +
          `Content-Type: application/json\r\n\r\n${JSON.stringify(parameters)}\r\n--${boundary}--\r\n`,
      )
      return {
        content: enclosed(head, opened, tail),
        length: opened.length === undefined ? undefined : head.byteLength + opened.length + tail.byteLength,
        headers: { ...fileHeaders(file, opened), 'content-type': `multipart/form-data; boundary=${boundary}` },
      }
    },
  }
}

/**
 * Throws for a location that is not a plain relative path, as the platform's SDK does, and for one that cannot be represented
 * exactly as the file name of a form: two locations must never become one.
 */
export function requireLocation(location: string): void {
  const problem = problemWith(location)
  if (problem === undefined) return
  throw new InvalidRequestError(
    `Invalid location ${JSON.stringify(location)}: must ${problem}. Use a path such as "reports/2024.csv".`,
  )
}

function problemWith(location: unknown): string | undefined {
  if (typeof location !== 'string') return 'be a string'
  if (UNWRITABLE.test(location))
    return 'not contain quotes, control characters, or a backslash before another or at the end'
  if (/\p{Surrogate}/u.test(location)) return 'not contain half of a surrogate pair'
  const isPlain = !location.split('/').some((part) => part === '' || part === '.' || part === '..')
  return isPlain ? undefined : 'not begin or end with a slash, or have an empty, "." or ".." part'
}

// A quote ends the file name, and the %22 that browsers write is another name; a backslash can escape what follows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNWRITABLE = /[\x00-\x1f\x7f"]|\\(?:\\|$)/

/** Not `randomUUID`, which a page has only over HTTPS. */
function randomBoundary(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'))
  return `abeja-${digits.join('')}`
}

function enclosed(
  head: Uint8Array<ArrayBuffer>,
  { content }: OpenBody,
  tail: Uint8Array<ArrayBuffer>,
): OpenBody['content'] {
  if (content instanceof Uint8Array && content.byteLength <= SMALL) return concatBytes([head, content, tail])
  if (!(content instanceof Uint8Array || content instanceof ReadableStream)) return new Blob([head, content, tail])
  return streamOf(parts(head, content, tail))
}

async function* parts(
  head: Uint8Array,
  content: Uint8Array | ReadableStream<Uint8Array>,
  tail: Uint8Array,
): AsyncGenerator<unknown> {
  yield head
  if (content instanceof ReadableStream) yield* piecesOf(content.getReader())
  else for (let start = 0; start < content.byteLength; start += SMALL) yield content.subarray(start, start + SMALL)
  yield tail
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
