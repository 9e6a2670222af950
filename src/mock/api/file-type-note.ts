import { Transform, type TransformCallback } from 'node:stream'

/** Where the file comes later than this, its type is known by Busboy's word alone. */
const longestSearch = 256 * 1024

/**
 * Lets a form through as it is, and notes the content type of its file as it was written: Busboy keeps nothing of it
 * but type and subtype, and `text/csv; charset=Shift_JIS` has to stay that.
 */
export class FileTypeNote extends Transform {
  readonly #boundary: string
  #begun: string | undefined = '\r\n'
  /** Nothing if the part names none. */
  contentType: string | undefined

  constructor(formType: string) {
    super()
    const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(formType) ?? []
    this.#boundary = `\r\n--${quoted ?? bare}\r\n`
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    if (this.#begun !== undefined) this.#look(this.#begun + chunk.toString('latin1'))
    done(null, chunk)
  }

  #look(begun: string): void {
    const [, ...parts] = begun.split(this.#boundary)
    const heads = parts.filter((part) => part.includes('\r\n\r\n')).map(headersOf)
    const file = heads.find((head) => /;\s*name="?file"?\s*(?:;|$)/i.test(head.get('content-disposition') ?? ''))
    this.contentType = file?.get('content-type')
    // The bytes of the file, which follow, are not looked through.
    this.#begun = file || begun.length > longestSearch ? undefined : begun
  }
}

/** The headers that a part begins with. Later lines of a folded one begin with a space. */
function headersOf(part: string): ReadonlyMap<string, string> {
  const lines = part
    .slice(0, part.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )
}
