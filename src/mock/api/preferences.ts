import type { IncomingHttpHeaders } from 'node:http'
import { badRequest } from './http-error.ts'
import { violation } from './violation.ts'

export const faults = ['reset', 'truncate', 'slow'] as const

export type Fault = (typeof faults)[number]

/** What a request asks for beside its operation, in the `Prefer` header or in the query. */
export interface Preferences {
  readonly code?: number
  readonly example?: string
  readonly dynamic?: boolean
  readonly seed?: string
  /** How long to wait before the request is carried out, in milliseconds. */
  readonly delay?: number
  readonly fault?: Fault
}

/** Preferences of RFC 7240 that clients send to any server. They may be ignored. */
const standard = ['handling', 'respond-async', 'return', 'wait']

type Reader = (value: string) => Preferences | undefined

/** Reads the value of each preference, or returns nothing if it is not valid. */
const readers: Readonly<Record<string, { readonly valid: string; readonly read: Reader }>> = {
  code: { valid: 'a status from 200 to 599', read: (value) => wholeNumber(value, 200, 599, (code) => ({ code })) },
  example: { valid: 'the name of an example', read: (example) => (example === '' ? undefined : { example }) },
  dynamic: {
    valid: 'true or false',
    read: (value) => (value === 'true' || value === 'false' ? { dynamic: value === 'true' } : undefined),
  },
  seed: { valid: 'a text', read: (seed) => (seed === '' ? undefined : { seed }) },
  delay: {
    valid: 'milliseconds from 0 to 600000',
    read: (value) => wholeNumber(value, 0, 600_000, (delay) => ({ delay })),
  },
  fault: {
    valid: faults.join(', '),
    read: (value) => {
      const fault = faults.find((name) => name === value)
      return fault && { fault }
    },
  },
}

/**
 * `Prefer: code=404, delay=2000`, or `?__code=404&__delay=2000`. The header wins. Throws a 400 for a preference that does
 * not exist or whose value is not valid: a misspelt one would otherwise go unnoticed.
 */
export function readPreferences(headers: IncomingHttpHeaders, query: URLSearchParams): Preferences {
  const wishes = new Map<string, { value: string; location: readonly string[] }>()
  for (const [name, value] of query) {
    if (name.startsWith('__')) wishes.set(name.slice(2).toLowerCase(), { value, location: ['query', name] })
  }
  for (const wish of String(headers.prefer ?? '').split(/[,;]/)) {
    const equals = wish.indexOf('=')
    const name = (equals < 0 ? wish : wish.slice(0, equals)).trim()
    const value = equals < 0 ? '' : unquoted(wish.slice(equals + 1).trim())
    if (name === '' || standard.includes(name.toLowerCase())) continue
    wishes.set(name.toLowerCase(), { value, location: ['header', 'prefer'] })
  }
  return Object.assign({}, ...[...wishes].map(([name, { value, location }]) => read(name, value, location)))
}

/** The value of `Preference-Applied`: the preferences that the response follows. */
export function appliedPreferences(preferences: Preferences): string {
  return Object.entries(preferences)
    .map(([name, value]) => `${name}=${/^[\w.-]*$/.test(String(value)) ? value : JSON.stringify(value)}`)
    .join(', ')
}

/** Whether the request asks for an example of the description, and not for what is stored. */
export function wantsExample({ code, example, dynamic }: Preferences): boolean {
  return code !== undefined || example !== undefined || dynamic === true
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}

function read(name: string, value: string, location: readonly string[]): Preferences {
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined
  if (reader === undefined) {
    const valid = Object.keys(readers).join(', ')
    throw badRequest([violation(location, `Unknown preference "${name}". Valid preferences: ${valid}`)])
  }
  const preference = reader.read(value)
  if (preference) return preference
  throw badRequest([violation(location, `Invalid preference ${name}: must be ${reader.valid} (received "${value}")`)])
}

function wholeNumber(
  text: string,
  least: number,
  most: number,
  preferenceOf: (value: number) => Preferences,
): Preferences | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  return value >= least && value <= most ? preferenceOf(value) : undefined
}
