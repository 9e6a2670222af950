import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy } from '@fastify/busboy'
import type { Upload } from '../handlers/upload.ts'
import { isMediaType } from '../media-type.ts'
import { isStorageFailure } from '../store/storage-failure.ts'
import { FileTypeNote } from './file-type-note.ts'
import { drain, type ReadBody } from './request-body.ts'
import { type Violation, violation } from './violation.ts'

const longestParameters = 64 * 1024

/** There are two. A few more can be named in the response. */
const mostParts = 20

/** The boundary of the form that Prism is shown in place of the one that came. */
const boundary = 'placeholder'

/** Reads the form that brings a file to a bucket: its bytes straight to where they are kept, the rest into memory. */
export class BucketFormReader {
  readonly #contentType: string
  readonly #body: AsyncIterable<Uint8Array>
  readonly #store: (part: Readable) => Promise<Upload | undefined>
  readonly #violations: Violation[] = []
  #file: { location: string; contentType: string; upload: Promise<Upload | undefined> } | undefined
  #parameters: string | undefined

  constructor(
    contentType: string,
    body: AsyncIterable<Uint8Array>,
    store: (part: Readable) => Promise<Upload | undefined>,
  ) {
    this.#contentType = contentType
    this.#body = body
    this.#store = store
  }

  async read(): Promise<ReadBody> {
    const parser = new Busboy({
      headers: { 'content-type': this.#contentType },
      preservePath: true,
      // Without a file name a part is a text, whatever its type.
      isPartAFile: (_name, _type, fileName) => fileName !== undefined,
      limits: { parts: mostParts },
    })
    // The parser would go on to look for the ends of thousands of parts.
    parser.once('partsLimit', () => parser.destroy(new Error(`must not have more than ${mostParts} parts`)))
    const note = new FileTypeNote(this.#contentType)
    const streams: Readable[] = []
    const parts: Promise<unknown>[] = []
    parser.on('file', (name, stream, fileName, _encoding, type) => {
      const part = this.#takePart(name, stream, fileName, asWritten(note.contentType, type))
      part.catch((error: Error) => parser.destroy(error))
      streams.push(stream)
      parts.push(part)
    })
    parser.on('field', (name, value, _isNameCut, isCut) => {
      if (name === 'parameters') this.#takeParameters(value, isCut || value.length > longestParameters)
      else if (name === 'file') this.#reject('file', 'must have a filename: the location to store the file at')
      else this.#reject(name, 'is unknown')
    })
    try {
      await pipeline(this.#body, note, parser)
      await Promise.all(parts)
    } catch (error) {
      // The parser leaves the parts open when it ends early, and whoever reads them would wait for ever.
      for (const stream of streams) stream.destroy()
      await Promise.allSettled(parts)
      if (isStorageFailure(error)) throw error
      // Fails if the client has gone: then the form is not malformed, but cut off.
      await drain(this.#body)
      this.#reject(undefined, `malformed form: ${error instanceof Error ? error.message : error}`)
    }
    return this.#result(await this.stored())
  }

  /** The bytes, if they have come in whole. */
  async stored(): Promise<Upload | undefined> {
    return this.#file?.upload.catch(() => undefined)
  }

  async #takePart(name: string, stream: Readable, fileName: string, type: string | undefined): Promise<void> {
    if (name === 'file' && !this.#file) {
      if (!type) this.#reject('file', 'must have a Content-Type')
      else if (!isMediaType(type)) this.#reject('file', `"${type}" is not a media type, such as image/jpeg`)
      const upload = this.#store(stream)
      this.#file = { location: fileName, contentType: type ?? '', upload }
      await upload
    } else if (name === 'parameters') {
      const { text, isCut } = await textOf(stream)
      this.#takeParameters(text, isCut)
    } else {
      this.#reject(name, name === 'file' ? 'must not be sent more than once' : 'is unknown')
      stream.resume()
    }
  }

  #takeParameters(text: string, isCut: boolean): void {
    if (isCut) this.#reject('parameters', `must not be longer than ${longestParameters} bytes`)
    else if (this.#parameters !== undefined) this.#reject('parameters', 'must not be sent more than once')
    this.#parameters ??= isCut ? '{}' : text
  }

  #result(upload: Upload | undefined): ReadBody {
    const file = this.#file
    const parameters = this.#readParameters()
    const form = file && { location: file.location, contentType: file.contentType, lifetime: parameters }
    return {
      body: placeholderForm({
        ...(file && { file: 'file' }),
        ...(this.#parameters !== undefined && { parameters: '{}' }),
      }),
      contentType: `multipart/form-data; boundary=${boundary}`,
      length: 1,
      upload,
      form,
      violations: this.#violations,
    }
  }

  /** The lifetime that the part `parameters` names. */
  #readParameters(): string | undefined {
    if (this.#parameters === undefined) return undefined
    try {
      const json: unknown = JSON.parse(this.#parameters)
      if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('must be an object')
      const [unknown] = Object.keys(json).filter((name) => name !== 'lifetime')
      if (unknown !== undefined) this.#reject(`parameters.${unknown}`, 'is unknown')
      const lifetime: unknown = 'lifetime' in json ? json.lifetime : undefined
      if (lifetime !== undefined && typeof lifetime !== 'string') this.#reject('parameters.lifetime', 'must be string')
      return typeof lifetime === 'string' ? lifetime : undefined
    } catch (error) {
      this.#reject('parameters', `must be a JSON object: ${error instanceof Error ? error.message : error}`)
      return undefined
    }
  }

  #reject(field: string | undefined, reason: string): void {
    this.#violations.push(violation(field === undefined ? ['body'] : ['body', field], reason))
  }
}

/** The type as it was written, with its parameters. Busboy makes `text/plain` of an absent one. */
function asWritten(written: string | undefined, type: string): string | undefined {
  if (!written) return undefined
  return written.split(';')[0]?.trim().toLowerCase() === type ? written : type
}

async function textOf(stream: Readable): Promise<{ text: string; isCut: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size <= longestParameters) chunks.push(chunk)
  }
  return { text: Buffer.concat(chunks).toString('utf8'), isCut: size > longestParameters }
}

/** A form with the same parts and nothing in them: Prism checks which are there. */
function placeholderForm(parts: Readonly<Record<string, string>>): string {
  const sections = Object.entries(parts).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${sections.join('')}--${boundary}--\r\n`
}
