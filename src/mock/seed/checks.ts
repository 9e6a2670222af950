import { faultOfLocation } from '../handlers/locations.ts'
import { isMediaType } from '../media-type.ts'
import type { Check } from './shape.ts'

export const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be a string')

export const word: Check = textThat((value) => value !== '', 'must be a word')

export const textOrNull: Check = (value) => (value === null ? undefined : text(value))

export const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean')

export const count: Check = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0
    ? undefined
    : 'must be a whole number of at least 0'

/** One segment of a path. */
export const id: Check = textThat(
  (value) => value !== '' && value !== '.' && value !== '..' && !value.includes('/'),
  'must be an id: not empty, and without a slash',
)

/** With its offset: a time without one would depend on the time zone of the server. */
export const time: Check = textThat(
  (value) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(value) && isDate(value),
  'must be a time, such as 2024-01-31T09:30:00Z',
)

export const contentType: Check = textThat(isMediaType, 'must be a media type, such as image/jpeg')

export const base64: Check = textThat(
  (value) => !/[^A-Za-z0-9+/\s=]|=\s*[^\s=]|(?:=\s*){3}/.test(value),
  'must be base64: letters, digits, + and /',
)

export const location: Check = (value) => (typeof value === 'string' ? faultOfLocation(value) : text(value))

export function oneOf(words: readonly string[]): Check {
  return textThat((value) => words.includes(value), `must be one of ${words.join(', ')}`)
}

/** An object whose values are strings. */
export const texts: Check = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object'
  const wrong = Object.entries(value).find(([, item]) => typeof item !== 'string')
  return wrong && `must hold strings only (not so: ${wrong[0]})`
}

export const metadata: Check = (value) => {
  const fault = texts(value)
  if (fault !== undefined || typeof value !== 'object' || value === null) return fault
  const wrong = Object.keys(value).find((key) => key === '' || /^x-abeja-(?:sys-)?meta-/i.test(key))
  if (wrong === '') return 'must not have an empty key'
  return wrong && `must have keys without the prefix x-abeja-meta- (received "${wrong}")`
}

/** The bytes of a file come from one place. */
export const oneContent: Check = (value) => {
  if (typeof value !== 'object' || value === null) return undefined
  const given = ['text', 'base64', 'path'].filter((name) => name in value)
  return given.length > 1 ? `must have one of ${given.join(' and ')}, not both` : undefined
}

function textThat(isGood: (value: string) => boolean, fault: string): Check {
  return (value) => (typeof value === 'string' && isGood(value) ? undefined : fault)
}

function isDate(value: string): boolean {
  const date = new Date(value)
  // Date.parse turns 30 February into 1 March.
  return !Number.isNaN(date.getTime()) && Number(value.slice(8, 10)) <= lastDayOf(value)
}

function lastDayOf(value: string): number {
  return new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)), 0)).getUTCDate()
}
