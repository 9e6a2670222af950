/** A violation of the description by a request or a response. The form is that of Prism in `sl-violations`. */
export interface Violation {
  readonly location: readonly string[]
  readonly severity: string
  readonly code?: string | number | undefined
  readonly message: string
}

/** A header takes no more than this. */
const longestHeader = 8 * 1024 - 100

/** The value of the header `sl-violations`. */
export function violationsHeader(violations: readonly Violation[]): string {
  const json = JSON.stringify(violations).replaceAll(/[^\x20-\x7e]/g, unicodeEscape)
  return json.length > longestHeader ? `Too many violations! ${json.slice(0, longestHeader)}` : json
}

/** A violation that Prism does not find, such as an invalid date. */
export function violation(location: readonly string[], message: string, code: string | number = 400): Violation {
  return { location: ['request', ...location], severity: 'Error', code, message }
}

/** The name of what is wrong: the field, the parameter, or the part of the request that contains it. */
export function fieldOf({ location, message, code }: Violation): string {
  const [, part = code === 415 ? 'content-type' : 'body', ...path] = location
  const missing = /must have required property '?([^']+)'?/.exec(message)?.[1]
  const unknown = /must NOT have additional properties; found '([^']+)'/.exec(message)?.[1]
  const name = [...path, ...((missing ?? unknown) ? [missing ?? unknown] : [])].join('.')
  return name === '' ? part : name
}

/** The reason without the words that only repeat where it is. */
export function reasonOf({ message }: Violation): string {
  if (/must have required property|^Body parameter is required/.test(message)) return 'is required'
  if (/must NOT have additional properties/.test(message)) return 'is unknown'
  return message.replace(/^Request \w+ (?:(?:property|parameter) \S+ )?/, '')
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
