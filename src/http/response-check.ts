/** Thrown by a check: a member of a response is not what the client relies on. It becomes an `InvalidResponseError`. */
export class UnexpectedMember extends Error {}

/**
 * Checks a value of a response. Responses are read leniently: only what the client, or every caller, relies on is checked.
 * @param name the path of the member, such as `files[3].file_id`; empty for the whole response
 * @throws UnexpectedMember
 */
export type Check = (value: unknown, name: string) => void

export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a parsed value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A string that is not empty. */
export const nonEmptyString: Check = (value, name) => {
  if (typeof value !== 'string' || value === '') throw unexpected(name, 'a non-empty string', value)
}

export const string: Check = (value, name) => {
  if (typeof value !== 'string') throw unexpected(name, 'a string', value)
}

export const boolean: Check = (value, name) => {
  if (typeof value !== 'boolean') throw unexpected(name, 'true or false', value)
}

/** A whole number, 0 or more. */
export const count: Check = (value, name) => {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw unexpected(name, 'a whole number, 0 or more', value)
}

/** An object with these members, and any others. */
/* @__NO_SIDE_EFFECTS__ */
export function object(members: Readonly<Record<string, Check>> = {}): Check {
  return (value, name) => {
    if (!isRecord(value)) throw unexpected(name, 'an object', value)
    for (const member in members) members[member]?.(value[member], name === '' ? member : `${name}.${member}`)
  }
}

/* @__NO_SIDE_EFFECTS__ */
export function arrayOf(item: Check): Check {
  return (value, name) => {
    if (!Array.isArray(value)) throw unexpected(name, 'an array', value)
    for (let index = 0; index < value.length; index++) item(value[index], `${name}[${index}]`)
  }
}

/** Admits `null` and a missing member, too. */
/* @__NO_SIDE_EFFECTS__ */
export function optional(check: Check): Check {
  return (value, name) => {
    if (value !== undefined && value !== null) check(value, name)
  }
}

/** All of the checks hold. */
export function every(...checks: readonly Check[]): Check {
  return (value, name) => {
    for (const check of checks) check(value, name)
  }
}

/** Never shows the value: it could be a secret. */
export function unexpected(name: string, expected: string, value: unknown): UnexpectedMember {
  return new UnexpectedMember(`${name || 'the response'} must be ${expected} (received ${kindOf(value)})`)
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (value === '') return 'an empty string'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'number') return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
