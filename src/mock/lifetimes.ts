import type { Schemas } from './description.ts'

const day = 24 * 60 * 60 * 1000

/** How long each lifetime is. The documents do not say how long a month is; here it is thirty days. */
const lengths: Readonly<Record<Schemas['Lifetime'], number>> = {
  '1day': day,
  '1week': 7 * day,
  '1month': 30 * day,
  '6months': 180 * day,
  '1year': 365 * day,
}

export const lifetimes: readonly string[] = Object.keys(lengths)

export function isLifetime(word: string | undefined): word is Schemas['Lifetime'] {
  return word !== undefined && Object.hasOwn(lengths, word)
}

/** When a file goes, or `null` if it stays. */
export function expiryOf(lifetime: Schemas['Lifetime'] | null, now: number): number | null {
  return lifetime === null ? null : now + lengths[lifetime]
}
