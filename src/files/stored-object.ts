/** An object as the headers of a response describe it. */
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

/** An object that is encrypted with a key of its own has an ETag that looks like an MD5 and is not one. */
function isEncrypted(headers: Headers): boolean {
  return (
    /kms/i.test(headers.get('x-amz-server-side-encryption') ?? '') ||
    headers.has('x-amz-server-side-encryption-customer-algorithm')
  )
}

/** Counts the bytes of a stored object, and compares them with what its store states. */
export class ByteCheck {
  readonly object: StoredObject
  readonly #md5: Md5 | undefined
  #length: number | undefined
  #position = 0

  constructor(object: StoredObject) {
    this.object = object
    this.#length = object.length
    this.#md5 = object.md5 === undefined ? undefined : createMd5()
  }

  /** The number of bytes received so far. */
  get position(): number {
    return this.#position
  }

  /** The total number of bytes, as far as any response has stated it. */
  get length(): number | undefined {
    return this.#length
  }

  /** Whether no more bytes are expected, as far as the total is known. */
  get isComplete(): boolean {
    return this.#length === undefined || this.#position >= this.#length
  }

  /** Whether another response is about the same object. Totals are compared when both responses state one. */
  matches({ validator, length }: StoredObject): boolean {
    const sameLength = length === undefined || this.#length === undefined || length === this.#length
    return sameLength && validator === this.object.validator
  }

  /** Takes the total from a later response where the first one stated none. */
  learn({ length }: StoredObject): void {
    this.#length ??= length
  }

  add(bytes: Uint8Array): void {
    this.#position += bytes.byteLength
    this.#md5?.update(bytes)
  }

  /** Returns what is wrong with the bytes, once all have arrived; undefined when nothing is. */
  problem(): string | undefined {
    if (this.#length !== undefined && this.#position > this.#length) {
      return `received ${this.#position} bytes where the store announced ${this.#length}`
    }
    if (!this.#md5 || this.#md5.digest('hex') === this.object.md5) return undefined
    return "the bytes do not match the MD5 in the ETag of the store. Where ETags are not MD5s, set checksum to 'none'"
  }
}

interface Md5 {
  update(bytes: Uint8Array): void
  digest(encoding: 'hex'): string
}

/** Returns undefined where the runtime has no MD5: Node.js, Deno and Bun do, the Web Crypto of browsers does not. */
function createMd5(): Md5 | undefined {
  return globalThis.process?.getBuiltinModule?.('node:crypto')?.createHash('md5')
}
