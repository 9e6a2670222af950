/** How much JSON may hold, so that parsing and validating it does not block the event loop. */
export interface JsonLimits {
  /** Members of objects and items of arrays, in all. */
  readonly values: number
  readonly depth: number
}

/** Parses JSON. Throws a SyntaxError if it is malformed, and a RangeError if it exceeds the limits. */
export function parseBoundedJson(text: string, limits: JsonLimits): unknown {
  checkLimits(text, limits)
  return JSON.parse(text)
}

/** Counts before anything is parsed. Text within strings does not count. */
function checkLimits(text: string, { values, depth }: JsonLimits): void {
  let count = 0
  let level = 0
  for (let index = 0; index < text.length; index += 1) {
    switch (text.charCodeAt(index)) {
      case 0x22: // "
        index = endOfString(text, index)
        break
      case 0x5b: // [
      case 0x7b: // {
        level += 1
        count += 1
        if (level > depth) throw new RangeError(`must not be nested more than ${depth} levels deep`)
        break
      case 0x5d: // ]
      case 0x7d: // }
        level -= 1
        break
      case 0x2c: // ,
        count += 1
        break
    }
    if (count > values) throw new RangeError(`must not contain more than ${values} values`)
  }
}

/** The position of the quote that closes a string, or the last one of the text. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1
    if (backslashes % 2 === 0) return end
  }
  return text.length
}
