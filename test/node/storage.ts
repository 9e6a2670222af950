import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PlatformState } from './platform-state.ts'
import { md5, type StoredFile } from './stored-file.ts'

/** Serves an object as object storage does: by a signed URL alone, with ranges. */
export function answerFromStorage(platform: PlatformState, request: IncomingMessage, response: ServerResponse): void {
  const { faults, violations } = platform
  const { headers, url = '' } = request
  const { pathname, search } = new URL(url, platform.url)
  const [, , kind, id = ''] = pathname.split('/')
  if (headers.authorization !== undefined) violations.push(`Authorization at ${url}`)
  if (Object.keys(headers).some((name) => name.startsWith('x-abeja'))) violations.push(`metadata at ${url}`)
  if (!search.startsWith('?X-Signature=a%2Fb+c~')) violations.push(`another signature: ${search}`)
  if (faults.expired) {
    faults.expired -= 1
    response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>')
    return
  }
  const file = platform[kind === 'bucket' ? 'bucket' : 'channel'].get(decodeURIComponent(id))
  if (!file) {
    response.writeHead(404).end()
    return
  }
  send(platform, file, headers, response)
}

function send(
  { faults, tellsMd5 }: PlatformState,
  file: StoredFile,
  headers: IncomingMessage['headers'],
  response: ServerResponse,
): void {
  const { content, contentType } = file
  const etag = faults.etag ?? `"${tellsMd5 ? md5(content) : `${md5(content)}-2`}"`
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
  const isPartial = headers.range !== undefined && !faults.ignoresRanges && headers['if-range'] === etag
  const rest = isPartial ? content.subarray(start) : content
  response.writeHead(isPartial ? 206 : 200, {
    ...{ etag, 'content-type': contentType, 'content-length': rest.byteLength, 'accept-ranges': 'bytes' },
    ...(isPartial && { 'content-range': `bytes ${start}-${content.byteLength - 1}/${content.byteLength}` }),
  })
  const { cutEvery } = faults
  if (cutEvery === undefined || rest.byteLength <= cutEvery) response.end(rest)
  else response.write(rest.subarray(0, cutEvery), () => response.destroy())
  faults.afterHead?.(file)
}
