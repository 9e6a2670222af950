import type { Outgoing } from '../server/send.ts'

/** A refusal as object storage words it. */
export function storageError(status: number, code: string, message: string): Outgoing {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>\n`
  const body = Buffer.from(text)
  return { status, headers: { 'content-type': 'application/xml' }, body, length: body.length }
}
