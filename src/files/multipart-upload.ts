import type { components } from '../../generated/schema.d.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'
import { joined } from './joined.ts'
import { checkDescription, checkedType, type FileDescription, fileHeaders, openBody } from './raw-upload.ts'
import type { Upload } from './tracked-upload.ts'
import { type OpenedContent, readOnce, SMALL, type UploadBody } from './upload-body.ts'

type Lifetime = components['schemas']['Lifetime']

/** What the part `parameters` says of the file. */
export interface UploadParameters {
  readonly lifetime?: Lifetime | undefined
}

/**
 * A file as the first of two parts: `file`, with its whole location for a name, then `parameters`. Written by hand,
 * because a FormData has the length of its parts in the open only when it is held in memory as a whole.
 */
export function multipartUpload(
  location: string,
  body: UploadBody,
  file: FileDescription,
  parameters: UploadParameters,
): Upload {
  requireLocation(location)
  checkDescription(file)
  return {
    once: readOnce(body),
    open: async () => {
      const opened = await openBody(body)
      const type = await checkedType(file, { ...opened, name: location })
      const boundary = randomBoundary()
      const head = encode(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escapeQuoted(location)}"\r\n` +
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

/** Throws for a location that is no plain relative path: the platform's own SDK refuses the same ones. */
export function requireLocation(location: string): void {
  const parts = typeof location === 'string' && !CONTROL.test(location) ? location.split('/') : ['']
  if (!parts.some((part) => part === '' || part === '.' || part === '..')) return
  throw new InvalidRequestError(
    `The location ${JSON.stringify(location)} was refused before anything was sent: give a path like "folder/name.csv", without a slash at either end, empty parts, ".", ".." or control characters.`,
  )
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is them that are looked for.
const CONTROL = /[\x00-\x1f\x7f]/

/** Not `randomUUID`, which a page has only over HTTPS. */
function randomBoundary(): string {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'))
  return `abeja-${digits.join('')}`
}

/** As browsers write a file name into a form: https://html.spec.whatwg.org/#multipart-form-data */
function escapeQuoted(name: string): string {
  return name.replaceAll('"', '%22')
}

function enclosed(
  head: Uint8Array<ArrayBuffer>,
  { content }: OpenedContent,
  tail: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array> {
  if (content instanceof Uint8Array && content.byteLength <= SMALL) return joined([head, content, tail])
  if (!(content instanceof ReadableStream)) return new Blob([head, content, tail])
  const reader = content.getReader()
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(head),
      async pull(controller) {
        const { done, value } = await reader.read()
        controller.enqueue(done ? tail : value)
        if (done) controller.close()
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
