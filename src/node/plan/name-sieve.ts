import { createHash } from 'node:crypto'

/** The places of the sieve, as a power of two. Ten million names leave 2 % of unique ones suspected. */
const BITS = 27

/**
 * Tells apart the names of which there is one from those that may repeat, in a fixed 32 MiB whatever their number: a Bloom
 * filter of all names, and one of those that were added when they seemed to be there.
 */
export class NameSieve {
  readonly #all = new BitSet()
  readonly #repeated = new BitSet()

  add(name: string): void {
    const places = placesOf(name)
    const known = this.#all.has(places) ? this.#repeated : this.#all
    known.add(places)
  }

  /** Whether a name may have been added. False is certain. */
  has(name: string): boolean {
    return this.#all.has(placesOf(name))
  }

  /** Whether a name may have been added more than once. False is certain. */
  repeats(name: string): boolean {
    return this.#repeated.has(placesOf(name))
  }
}

type Places = readonly [number, number]

class BitSet {
  readonly #bytes = new Uint8Array(2 ** (BITS - 3))

  add(places: Places): void {
    for (const place of places) {
      const index = place >>> 3
      this.#bytes[index] = (this.#bytes[index] ?? 0) | (1 << (place & 7))
    }
  }

  has(places: Places): boolean {
    return places.every((place) => ((this.#bytes[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0)
  }
}

function placesOf(name: string): Places {
  const digest = createHash('md5').update(name).digest()
  return [digest.readUInt32LE(0) >>> (32 - BITS), digest.readUInt32LE(4) >>> (32 - BITS)]
}
