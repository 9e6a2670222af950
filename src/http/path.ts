import { getBucketFile } from '../../generated/operations.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'

/**
 * Puts ids into the path of an operation. The platform's own SDK leaves them as they are, so that `..` or `?` reach
 * another resource; here an id is always one segment, and what cannot be one is refused.
 */
export function serializePath(template: string, params: Record<string, unknown>): string {
  const [start = '', ...rest] = partsOf(template)
  let path = start
  for (let index = 0; index < rest.length; index += 2) {
    const name = rest[index] ?? ''
    const isPathOfItsOwn = name === 'file_id' && template.endsWith(getBucketFile.path)
    path += isPathOfItsOwn ? fileLocation(name, params[name]) : segment(name, params[name])
    path += rest[index + 1]
  }
  return path
}

const parsed = new Map<string, readonly string[]>()

/** A template as what is fixed and the names in between, in turns. There are as many templates as operations. */
function partsOf(template: string): readonly string[] {
  const known = parsed.get(template)
  if (known) return known
  const parts = template.split(/\{([^{}]+)\}/)
  parsed.set(template, parts)
  return parts
}

/** The ids of bucket files are paths. The platform answers them with a slash in front and takes them without. */
function fileLocation(name: string, value: unknown): string {
  const text = requireText(name, value)
  const location = text.startsWith('/') ? text.slice(1) : text
  return location
    .split('/')
    .map((part) => segment(name, part, text))
    .join('/')
}

/** What stands in a URL as it is, and leads nowhere else: most ids. */
const PLAIN = /^[\w-]+$/

function segment(name: string, value: unknown, whole: unknown = value): string {
  const text = requireText(name, value, whole)
  if (PLAIN.test(text)) return text
  const dots = text.replaceAll(/%2e/gi, '.')
  if (dots === '.' || dots === '..') throw refused(name, whole, `the part "${text}" would lead to another resource`)
  return encodeText(name, text)
}

function requireText(name: string, value: unknown, whole: unknown = value): string {
  if (typeof value !== 'string') throw refused(name, whole, 'an id is a string')
  if (value === '') throw refused(name, whole, 'an id, and each part of one, must not be empty')
  return value
}

function encodeText(name: string, text: string): string {
  try {
    return encodeURIComponent(text)
  } catch (cause) {
    throw refused(name, text, 'it holds half of a surrogate pair, which has no UTF-8 form', cause)
  }
}

function refused(name: string, value: unknown, why: string, cause?: unknown): InvalidRequestError {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return new InvalidRequestError(`${name} ${shown} was refused before anything was sent: ${why}.`, { cause })
}
