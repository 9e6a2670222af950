/** What a store says about an object in the head of a response. */
export interface StoredObject {
  /** In bytes; undefined when unknown, also when the runtime decodes the body on the way. */
  readonly length: number | undefined
  /** A strong validator, which names exactly these bytes in `If-Range`. */
  readonly validator: string | undefined
  /** Whether the body is decoded on the way: it has no known length then, and cannot be resumed. */
  readonly isDecoded: boolean
  /** The MD5 of the bytes in hex, where the ETag is one. */
  readonly md5: string | undefined
  readonly contentType: string | undefined
}

/**
 * Which checksum a download is compared with: the MD5 that the `etag` of most stores is, or `none`.
 */
export type ChecksumSource = 'etag' | 'none'

/**
 * Reads the head of a complete (200) or partial (206) response.
 * @param size the length that the platform states, in bytes, for stores that state none
 */
export function storedObject(
  { status, headers }: Response,
  size: number | undefined,
  checksum: ChecksumSource,
): StoredObject {
  const isDecoded = headers.has('content-encoding')
  const etag = headers.get('etag') ?? undefined
  const isStrong = etag !== undefined && !etag.startsWith('W/')
  const hasMd5 = checksum === 'etag' && !isDecoded && isStrong && !isEncrypted(headers)
  return {
    length: isDecoded ? undefined : (wholeLength(status, headers) ?? size),
    // A range counts bytes before decoding.
    validator: isDecoded ? undefined : isStrong ? etag : (headers.get('last-modified') ?? undefined),
    isDecoded,
    md5: hasMd5 ? md5InEtag(etag) : undefined,
    contentType: headers.get('content-type') ?? undefined,
  }
}

/** Returns the MD5 in hex that an ETag is, with or without its quotes; undefined when it is not one. */
export function md5InEtag(etag: string): string | undefined {
  return /^"?([0-9a-f]{32})"?$/i.exec(etag)?.[1]?.toLowerCase()
}

/** Returns where a partial response starts; undefined when it does not say. */
export function rangeStart(headers: Headers): number | undefined {
  const start = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1]
  return start === undefined ? undefined : Number(start)
}

function wholeLength(status: number, headers: Headers): number | undefined {
  const text = status === 206 ? /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] : headers.get('content-length')
  return text === null || text === undefined ? undefined : Number(text)
}

/** With a key of its own an object has an ETag that looks like an MD5 and is not one. */
function isEncrypted(headers: Headers): boolean {
  return (
    /kms/i.test(headers.get('x-amz-server-side-encryption') ?? '') ||
    headers.has('x-amz-server-side-encryption-customer-algorithm')
  )
}
