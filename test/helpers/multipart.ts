import type { RecordedRequest } from './recording-server.ts'
import { headerOf } from './recording-server.ts'

/** One part of a form, as it was sent. */
export interface Part {
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly content: Buffer<ArrayBuffer>
}

/** The parts of a multipart body. Throws when the body is not closed by its boundary. */
export function partsOf(request: RecordedRequest): Part[] {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(headerOf(request, 'content-type') ?? '')?.[1]
  if (boundary === undefined) throw new Error('the request is no form')
  // As latin1 each character is one byte, and the lengths stay true.
  const text = `\r\n${request.body.toString('latin1')}`
  const [preamble, ...rest] = text.split(`\r\n--${boundary}`)
  if (preamble !== '' || rest.pop() !== '--\r\n') throw new Error('the form is not enclosed by its boundary')
  return rest.map((part) => {
    const end = part.indexOf('\r\n\r\n')
    const lines = Buffer.from(part.slice(2, end), 'latin1').toString('utf8').split('\r\n')
    return { headers: lines.map(nameAndValue), content: Buffer.from(part.slice(end + 4), 'latin1') }
  })
}

function nameAndValue(line: string): [string, string] {
  const colon = line.indexOf(': ')
  return [line.slice(0, colon), line.slice(colon + 2)]
}
