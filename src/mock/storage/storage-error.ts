import type { MockResponse } from '../server/message.ts'

/** A httpError as object storage words it. */
export function storageError(status: number, code: string, message: string): MockResponse {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>\n`
  const body = Buffer.from(text)
  return { status, headers: { 'content-type': 'application/xml' }, body, length: body.length }
}

export function expired(): MockResponse {
  return storageError(403, 'AccessDenied', 'Request has expired')
}

export function noSuchKey(): MockResponse {
  return storageError(404, 'NoSuchKey', 'The file does not exist')
}

/** The error that a request asks for with `Prefer: code=…`. Only errors can be asked for. */
export function wantedError(status: number | undefined): MockResponse | undefined {
  if (status === undefined || status < 400) return undefined
  if (status === 403) return expired()
  if (status === 404) return noSuchKey()
  const word = status === 503 ? 'SlowDown' : status >= 500 ? 'InternalError' : 'InvalidRequest'
  const { headers, ...error } = storageError(status, word, `asked for with code=${status}`)
  return { ...error, headers: { ...headers, ...((status === 429 || status === 503) && { 'retry-after': '1' }) } }
}
