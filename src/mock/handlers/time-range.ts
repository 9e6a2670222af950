import { badQuery } from '../api/http-error.ts'

const forms = [
  /^(?<year>\d{4})-?(?<month>\d{2})-?(?<day>\d{2})$/,
  /^(?<year>\d{4})-?(?<month>\d{2})-?(?<day>\d{2})[T ](?<hour>\d{2}):?(?<minute>\d{2})(?::?(?<second>\d{2})(?:\.(?<fraction>\d{1,6}))?)?(?<offset>Z|[+\- ]\d{2}:?\d{2})?$/i,
]

/** The parts of a date or a time as they are written. The documents fix no format. */
interface Written {
  /** The written time as if it were UTC. */
  readonly wall: number
  /** What is written of its own offset from UTC, in milliseconds. */
  readonly offset: number | undefined
  /** How long the written unit lasts: a day, a minute, a second or a millisecond. */
  readonly unit: number
}

/**
 * The first millisecond that `text` means. Read are days (`20240101`, `2024-01-01`) and times (`20240101T093000`,
 * `2024-01-01T09:30:00`, with or without an offset). What has no offset of its own is in `timeZone`.
 */
export function startOf(name: string, text: string, timeZone: string): number {
  return instantOf(read(name, text), timeZone)
}

/** The last millisecond that `text` means: of a day its end, so that `start` and `end` can be the same day. */
export function endOf(name: string, text: string, timeZone: string): number {
  const written = read(name, text)
  return instantOf({ ...written, wall: written.wall + written.unit }, timeZone) - 1
}

/** Refuses a time zone that nobody knows. */
export function checkTimeZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return timeZone
  } catch {
    throw badQuery('timezone', `"${timeZone}" is not a time zone, such as Asia/Tokyo or UTC`)
  }
}

function read(name: string, text: string): Written {
  const parts = forms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined)
  if (!parts)
    throw badQuery(name, `"${text}" is not a date, such as 2024-01-31, or a time, such as 2024-01-31T09:30:00Z`)
  const { year, month, day, hour, minute, second, fraction, offset } = parts
  const clock = [hour ?? 0, minute ?? 0, second ?? 0].map(Number)
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  date.setUTCHours(clock[0] ?? 0, clock[1], clock[2], Math.floor(Number(`0.${fraction ?? 0}`) * 1000))
  const isReal = date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1
  if (!isReal || date.getUTCHours() !== clock[0]) throw badQuery(name, `"${text}" is not in the calendar`)
  const unit = fraction ? 1 : second ? 1000 : minute ? 60_000 : 86_400_000
  return { wall: date.getTime(), offset: offsetOf(offset), unit }
}

/** `+09:00` in milliseconds. A plus that was not encoded arrives as a space. */
function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^z$/i.test(text)) return 0
  const [, sign, hours, minutes] = /^([+\- ])(\d{2}):?(\d{2})$/.exec(text) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

function instantOf({ wall, offset }: Written, timeZone: string): number {
  if (offset !== undefined) return wall - offset
  // The offset depends on the instant that is looked for. The second step is for the hours around a change of clocks.
  const guess = wall - zoneOffset(wall, timeZone)
  return wall - zoneOffset(guess, timeZone)
}

/** How far ahead of UTC the clocks in a time zone are at an instant, in milliseconds. */
function zoneOffset(instant: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const wall = Date.UTC(year, month - 1, day, hour, minute, second)
  return wall - Math.floor(instant / 1000) * 1000
}
