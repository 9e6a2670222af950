import { createMd5, type Md5 } from './md5.ts'
import type { StoredObject } from './stored-object.ts'

/** Counts the bytes of a stored object as they come, and checks them by what its store has told. */
export class ByteCheck {
  readonly object: StoredObject
  readonly #md5: Md5 | undefined
  #position = 0

  constructor(object: StoredObject) {
    this.object = object
    this.#md5 = object.md5 === undefined ? undefined : createMd5()
  }

  /** How many came. */
  get position(): number {
    return this.#position
  }

  /** Whether no more are due, as far as is known. */
  get isWhole(): boolean {
    const { length } = this.object
    return length === undefined || this.#position >= length
  }

  add(bytes: Uint8Array): void {
    this.#position += bytes.byteLength
    this.#md5?.update(bytes)
  }

  /** What is wrong, once all have come; undefined when nothing is. */
  fault(): string | undefined {
    const { length, md5 } = this.object
    if (length !== undefined && this.#position > length) {
      return `${this.#position} bytes came where the store announced ${length}`
    }
    if (!this.#md5 || this.#md5.digest('hex') === md5) return undefined
    return 'the bytes that came are not those the store has: their MD5 is another'
  }
}
