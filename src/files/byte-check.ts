import { createMd5, type Md5 } from './md5.ts'
import type { StoredObject } from './stored-object.ts'

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

  /** Whether another response is about the same object. A total that one of the two does not state tells nothing. */
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

  /** Returns what is wrong, once all bytes have come; undefined when nothing is. */
  problem(): string | undefined {
    if (this.#length !== undefined && this.#position > this.#length) {
      return `received ${this.#position} bytes where the store announced ${this.#length}`
    }
    if (!this.#md5 || this.#md5.digest('hex') === this.object.md5) return undefined
    return "the bytes do not match the MD5 in the ETag of the store. Where ETags are not MD5s, set checksum to 'none'"
  }
}
