/** Tells the time in milliseconds since 1970. Tests bring one that they can set. */
export type Clock = () => number

/** `2018-05-10T11:02:08+00:00`: how files show time. */
export function fileTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}+00:00`
}

/** `2018-05-15T17:14:03Z`: how organizations, channels, buckets and datasources show time. */
export function resourceTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}

/** `2018-01-01T00:00:00.000000Z`: how triggers and their runs show time. */
export function triggerTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 23)}000Z`
}
