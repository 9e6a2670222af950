/** What the head of a storage answer tells of the object behind a presigned URL. */
export interface StoredObject {
  /** In bytes; undefined when unknown, also when the runtime decodes the body on the way. */
  readonly length: number | undefined
  /** A strong validator: names exactly these bytes in `If-Range`. */
  readonly validator: string | undefined
  /** The MD5 of the bytes in hex, where the ETag is one. */
  readonly md5: string | undefined
  readonly contentType: string | undefined
}

/**
 * Reads the head of a whole (200) or partial (206) answer.
 * @param size what the platform says of the length, in bytes, where the store says nothing
 */
export function storedObject({ status, headers }: Response, size: number | undefined): StoredObject {
  const isDecoded = headers.has('content-encoding')
  const etag = headers.get('etag') ?? undefined
  const isStrong = etag !== undefined && !etag.startsWith('W/')
  return {
    length: isDecoded ? undefined : (wholeLength(status, headers) ?? size),
    // A range counts bytes before decoding: what is decoded cannot be resumed.
    validator: isDecoded ? undefined : isStrong ? etag : (headers.get('last-modified') ?? undefined),
    md5:
      isDecoded || !isStrong || isEncrypted(headers) ? undefined : /^"([0-9a-f]{32})"$/i.exec(etag)?.[1]?.toLowerCase(),
    contentType: headers.get('content-type') ?? undefined,
  }
}

/** Where a partial answer starts; undefined when it does not say. */
export function rangeStart(headers: Headers): number | undefined {
  const start = /^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1]
  return start === undefined ? undefined : Number(start)
}

function wholeLength(status: number, headers: Headers): number | undefined {
  const text = status === 206 ? /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] : headers.get('content-length')
  return text === null || text === undefined ? undefined : Number(text)
}

/** With a key of its own the store's ETag looks like an MD5 and is none. */
function isEncrypted(headers: Headers): boolean {
  return (
    /kms/i.test(headers.get('x-amz-server-side-encryption') ?? '') ||
    headers.has('x-amz-server-side-encryption-customer-algorithm')
  )
}
