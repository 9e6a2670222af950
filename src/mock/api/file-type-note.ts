import { Transform, type TransformCallback } from 'node:stream'
import { Dicer } from '@fastify/busboy'

/**
 * Passes a form on unchanged, and notes the content type of its file as it was written: Busboy keeps nothing of it but
 * type and subtype, and `text/csv; charset=Shift_JIS` must stay unchanged.
 */
export class FileTypeNote extends Transform {
  readonly #parser: Dicer
  #isFound = false
  /** Absent if the part has none. */
  contentType: string | undefined

  constructor(formType: string) {
    super()
    const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(formType) ?? []
    this.#parser = new Dicer({ boundary: quoted ?? bare ?? '' })
    this.#parser.on('part', (part) => {
      part.on('header', (headers) => this.#look(new Map(Object.entries(headers))))
      part.on('error', () => undefined)
      part.resume()
    })
    // The parser of the form itself reports what is wrong with it.
    this.#parser.on('error', () => undefined)
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    // The bytes of the file, which follow its headers, are not looked through.
    if (!this.#isFound && this.#parser.writable) this.#parser.write(chunk)
    done(null, chunk)
  }

  #look(headers: ReadonlyMap<string, unknown>): void {
    const isFile = /;\s*name="?file"?\s*(?:;|$)/i.test(firstOf(headers, 'content-disposition') ?? '')
    if (!isFile || this.#isFound) return
    this.#isFound = true
    this.contentType = firstOf(headers, 'content-type')?.trim()
  }
}

function firstOf(headers: ReadonlyMap<string, unknown>, name: string): string | undefined {
  const values = headers.get(name)
  const first: unknown = Array.isArray(values) ? values[0] : undefined
  return typeof first === 'string' ? first : undefined
}
