/**
 * How long a `Retry-After` header asks to wait, in milliseconds from `now` (milliseconds since 1970): seconds, or
 * an HTTP date. Undefined when there is none or it says neither.
 */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, Number.MAX_SAFE_INTEGER)
  // Date.parse takes much that is no date ("3 x" is a day in 2001): an HTTP date starts with the day's name.
  const isDate = /^[A-Za-z]{3,9},? /.test(text)
  // The oldest of the three forms names no zone, and is of GMT as well.
  const date = isDate ? Date.parse(/GMT$/.test(text) ? text : `${text} GMT`) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
