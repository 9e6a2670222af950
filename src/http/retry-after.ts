/**
 * How long a `Retry-After` header asks to wait, in milliseconds from `now` (milliseconds since 1970): seconds, or
 * an HTTP date. Undefined when there is none or it says neither.
 */
export function retryAfterMs(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  // Date.parse takes much that is no date ("3 x" is a day in 2001): an HTTP date starts with the day's name.
  const date = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
