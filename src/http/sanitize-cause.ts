import { REDACTED, type Redact } from './redaction.ts'

/** An error is inspected down to this depth; what is deeper is not shown. */
const DEEPEST = 6

/**
 * Returns the error of somebody else as the `cause` of ours: itself when it is plain and holds no secret of the call,
 * otherwise a copy with its name, code, stack and redacted message. A custom `fetch` may throw errors that carry the
 * whole request.
 */
export function sanitizeCause(cause: unknown, redact: Redact): unknown {
  return isHarmless(cause, redact, 0) ? cause : sanitizedCopy(cause, redact, redact, 0)
}

/**
 * Returns a copy of what the code of a caller threw, whose message keeps only plain words and short numbers: nobody
 * knows which secrets the original holds.
 */
export function sanitizeUnknownError(error: unknown): Error {
  return sanitizedCopy(error, plainWords, (frames) => frames, 0)
}

/** Returns the message of whatever was thrown, without a full stop at its end. */
export function messageOf(error: unknown): string {
  const isError = typeof error === 'object' && error !== null && 'message' in error
  const message = isError ? String(error.message) : typeof error === 'string' ? error : 'a value that is not an error'
  return message.replace(/\.\s*$/, '')
}

function isHarmless(value: unknown, redact: Redact, depth: number): boolean {
  if (typeof value === 'string') return redact(value) === value
  if (typeof value === 'function') return false
  if (typeof value !== 'object' || value === null) return true
  const isError = value instanceof Error
  const prototype: unknown = Object.getPrototypeOf(value)
  // Anything else, such as a Request, can show more than its own properties.
  if (depth > DEEPEST || !(isError || Array.isArray(value) || prototype === Object.prototype)) return false
  const keys = new Set<PropertyKey>([...Reflect.ownKeys(value), ...(isError ? ['name', 'message', 'stack'] : [])])
  return [...keys].every(
    (key) => isHarmless(key, redact, depth) && isHarmless(Reflect.get(value, key), redact, depth + 1),
  )
}

function sanitizedCopy(error: unknown, words: Redact, frames: Redact, depth: number): Error {
  const { name, code } = labelOf(error)
  const message = words(messageOf(error))
  const inner = error instanceof Error && error.cause !== undefined && depth < DEEPEST ? error.cause : undefined
  const cause = inner === undefined ? undefined : { cause: sanitizedCopy(inner, words, frames, depth + 1) }
  const stack = `${name}: ${message}${frames(framesOf(error))}`
  return Object.assign(new Error(message, cause), { name, stack }, code === undefined ? undefined : { code })
}

/** Returns the class and the code of an error, when they look like such. */
function labelOf(error: unknown): { name: string; code: string | undefined } {
  if (!(error instanceof Error)) return { name: 'Error', code: undefined }
  const code = 'code' in error ? String(error.code) : ''
  return {
    name: /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : 'Error',
    code: /^[A-Z][A-Z0-9_]{0,40}$/.test(code) ? code : undefined,
  }
}

/** Returns the frames of a stack, without the message above them. */
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
const PLAIN_WORD = /^(?:\p{Lu}?\p{Ll}+(?:[-.’]\p{Ll}+)*|\p{Lo}+|[A-Z_]+|\d{1,5}(?:\.\d{1,3})*)[.!?…。]*$/u
const LONGEST_WORD = 24

/** Keeps only plain words and short numbers: a token is neither. */
function plainWords(text: string): string {
  return text.replaceAll(WORD, (word) => (word.length <= LONGEST_WORD && PLAIN_WORD.test(word) ? word : REDACTED))
}
