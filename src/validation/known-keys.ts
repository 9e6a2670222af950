/** The valid keys of an object type: false for one that messages do not show. The compiler checks that it names all of them. */
export type KeysOf<T> = Readonly<Record<keyof T & string, boolean>>

/** The class of the error for an unknown key. */
type Failure = new (message: string) => Error

/**
 * Returns the given options or parameters as an object: an empty one for `null` and `undefined`, which mean "not given".
 * Throws for anything that is not an object, and for an unknown key: a typo must not be ignored.
 * @param noun what a key is called in the message, such as "option"
 */
export function knownKeys<T extends object>(
  given: T | null | undefined,
  known: readonly string[] | KeysOf<T>,
  noun: string,
  Failure: Failure,
): T {
  if (given !== undefined && given !== null && (typeof given !== 'object' || Symbol.iterator in given)) {
    const received = typeof given === 'object' ? 'a list' : typeof given
    throw new Failure(`The ${noun}s must be an object (received ${received}).`)
  }
  const copy = Object.assign({}, given)
  for (const key in copy) {
    if (!(isList(known) ? known.includes(key) : Object.hasOwn(known, key))) {
      throw new Failure(unknownKey(key, isList(known) ? known : shownKeys(known), noun))
    }
  }
  return copy
}

function shownKeys(known: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(known).filter((key) => known[key])
}

function isList(known: readonly string[] | Readonly<Record<string, boolean>>): known is readonly string[] {
  return Array.isArray(known)
}

/** Returns the message for an unknown key, with the nearest valid one and all of them. */
function unknownKey(key: string, valid: readonly string[], noun: string): string {
  const lead = `Unknown ${noun} ${JSON.stringify(key)}.`
  if (valid.length === 0) return `${lead} No ${noun}s are valid here.`
  const [nearest] = valid
    .map((name) => ({ name, edits: editDistance(plain(key), plain(name)) }))
    .sort((a, b) => a.edits - b.edits)
  const hint = nearest && nearest.edits <= 3 ? ` Did you mean "${nearest.name}"?` : ''
  return `${lead}${hint} Valid ${noun}s: ${valid.join(', ')}.`
}

/** Ignores case and separators: other clients write the same names in snake_case. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** Returns how many characters must be inserted, removed or replaced to turn one text into the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < to.length; j++) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
