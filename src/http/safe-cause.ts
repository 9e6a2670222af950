import { REDACTED } from './redaction.ts'
import type { Redact } from './redactor.ts'

/** An error is looked through down to here; what is deeper is not shown. */
const DEEPEST = 6

/**
 * The error of another as the `cause` of ours: itself, as long as it is plain and holds no secret of the call; otherwise
 * a stand-in with its name, code, place and redacted message. A `fetch` of the caller's may throw errors that carry
 * the whole request.
 */
export function safeCause(cause: unknown, redact: Redact): unknown {
  return isHarmless(cause, redact, 0) ? cause : standIn(cause, redact, redact, 0)
}

/**
 * What a credential function threw, as it may be shown: a stand-in, whose message keeps plain words and short numbers.
 * Nobody knows which secrets the original holds.
 */
export function credentialCause(error: unknown): Error {
  return standIn(error, plainWords, (frames) => frames, 0)
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  return typeof error === 'string' ? error : 'something that is no error was thrown'
}

function isHarmless(value: unknown, redact: Redact, depth: number): boolean {
  if (typeof value === 'string') return redact(value) === value
  if (typeof value === 'function') return false
  if (typeof value !== 'object' || value === null) return true
  const isError = value instanceof Error
  const prototype: unknown = Object.getPrototypeOf(value)
  // Anything else, such as a Request, can show more than its own properties tell.
  if (depth > DEEPEST || !(isError || Array.isArray(value) || prototype === Object.prototype)) return false
  const keys = new Set<PropertyKey>([...Reflect.ownKeys(value), ...(isError ? ['name', 'message', 'stack'] : [])])
  return [...keys].every(
    (key) => isHarmless(key, redact, depth) && isHarmless(Reflect.get(value, key), redact, depth + 1),
  )
}

function standIn(error: unknown, words: Redact, frames: Redact, depth: number): Error {
  const { name, code } = labelOf(error)
  const message = words(messageOf(error))
  const inner = error instanceof Error && error.cause !== undefined && depth < DEEPEST ? error.cause : undefined
  const copy = new Error(message, inner === undefined ? undefined : { cause: standIn(inner, words, frames, depth + 1) })
  const stack = `${name}: ${message}${frames(framesOf(error))}`
  return Object.assign(copy, { name, stack }, code === undefined ? undefined : { code })
}

/** The class and the code of an error, when they look like such. */
function labelOf(error: unknown): { name: string; code: string | undefined } {
  if (!(error instanceof Error)) return { name: 'Error', code: undefined }
  const code = 'code' in error ? String(error.code) : ''
  return {
    name: /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : 'Error',
    code: /^[A-Z][A-Z0-9_]{0,40}$/.test(code) ? code : undefined,
  }
}

/** The lines of a stack that say where, without the message above them. */
function framesOf(error: unknown): string {
  if (!(error instanceof Error) || error.stack === undefined) return ''
  const after = error.stack.indexOf(error.message) + error.message.length
  const frames = error.stack
    .slice(after)
    .split('\n')
    .filter((line) => /^ +at /.test(line))
  return frames.map((line) => `\n${line}`).join('')
}

const WORD = /[^\s"'`(){}[\],;:=<>]+/gu
const PLAIN = /^(?:\p{Lu}?\p{Ll}+(?:[-.’]\p{Ll}+)*|\p{Lo}+|[A-Z_]+|\d{1,5}(?:\.\d{1,3})*)[.!?…。]*$/u
const LONGEST_WORD = 24

/** A text with nothing but plain words and short numbers: a token is neither. */
function plainWords(text: string): string {
  return text.replaceAll(WORD, (word) => (word.length <= LONGEST_WORD && PLAIN.test(word) ? word : REDACTED))
}
