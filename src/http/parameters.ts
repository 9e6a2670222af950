import { createQuerySerializer } from 'openapi-fetch'
import { InvalidRequestError } from '../errors/errors.ts'

/** The path of a bucket file ends in its location, which has slashes. */
const LOCATION = '/files/{file_id}'

/**
 * Puts ids into the path of an operation. An id is always one segment, and anything else is rejected: unencoded, `..` or `?`
 * would address another resource.
 */
export function serializePath(template: string, ids: Record<string, unknown>): string {
  const [start = '', ...rest] = partsOf(template)
  let path = start
  for (let index = 0; index < rest.length; index += 2) {
    const name = rest[index] ?? ''
    const isLocation = name === 'file_id' && template.endsWith(LOCATION)
    path += isLocation ? location(name, ids[name]) : segment(name, ids[name])
    path += rest[index + 1]
  }
  return path
}

const parsed = new Map<string, readonly string[]>()

/** Returns the fixed parts of a template, alternating with the names between them. */
function partsOf(template: string): readonly string[] {
  const known = parsed.get(template)
  if (known) return known
  const parts = template.split(/\{([^{}]+)\}/)
  parsed.set(template, parts)
  return parts
}

/** The ids of bucket files are paths. The platform returns them with a leading slash and takes them without. */
function location(name: string, value: unknown): string {
  const text = requireId(name, value)
  const path = text.startsWith('/') ? text.slice(1) : text
  return path
    .split('/')
    .map((part) => segment(name, part, text))
    .join('/')
}

/** Needs no encoding: most ids. */
const PLAIN = /^[\w-]+$/

function segment(name: string, value: unknown, whole: unknown = value): string {
  const text = requireId(name, value, whole)
  if (PLAIN.test(text)) return text
  const dots = text.replaceAll(/%2e/gi, '.')
  if (dots === '.' || dots === '..') throw invalid(name, `the part "${text}" would lead to another resource`, whole)
  if (LONE_SURROGATE.test(text)) throw invalid(name, 'it has half of a surrogate pair, which has no UTF-8 form', text)
  return encodeURIComponent(text)
}

function requireId(name: string, value: unknown, whole: unknown = value): string {
  if (typeof value === 'string' && value !== '') return value
  throw invalid(name, value === whole ? 'must be a non-empty string' : 'must not have empty parts', whole)
}

/** Serializes queries as openapi-fetch does, except that `sort` is one comma-separated value. */
const writeQuery = createQuerySerializer({ array: { style: 'form', explode: false } })

/** The query parameters that are times. */
const TIMES = /^(start|end)$/

/** It has no UTF-8 form. */
const LONE_SURROGATE = /\p{Surrogate}/u

/** Serializes the query of an operation. Throws for a value that a query cannot represent, such as an object. */
export function serializeQuery(query: unknown): string {
  const written: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null) continue
    written[name] = Array.isArray(value) ? value.map((item) => queryText(name, item)) : queryText(name, value)
  }
  return writeQuery(written)
}

function queryText(name: string, value: unknown): string {
  if (typeof value === 'string' && !LONE_SURROGATE.test(value)) return value
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value)
  if (value instanceof Date && TIMES.test(name) && !Number.isNaN(value.getTime())) return value.toISOString()
  const kinds = `well-formed text, a number${TIMES.test(name) ? ', a Date' : ''} or a boolean`
  throw new InvalidRequestError(`Invalid ${name}: it must be ${kinds} (received ${shown(value)}).`)
}

function invalid(name: string, why: string, value: unknown): InvalidRequestError {
  const received = typeof value === 'string' ? JSON.stringify(value) : shown(value)
  return new InvalidRequestError(`Invalid ${name}: ${why} (received ${received}).`)
}

function shown(value: unknown): string {
  if (typeof value === 'number' || value === null) return String(value)
  return value instanceof Date ? 'a Date' : typeof value
}
