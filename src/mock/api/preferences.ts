import type { IncomingHttpHeaders } from 'node:http'

export const faults = ['reset', 'truncate', 'slow'] as const

export type Fault = (typeof faults)[number]

/** What a request asks for beside its operation, in the `Prefer` header or in the query. */
export interface Preferences {
  readonly code?: number
  readonly example?: string
  readonly dynamic?: boolean
  readonly seed?: string
  /** How long to wait before the answer, in milliseconds. */
  readonly delay?: number
  readonly fault?: Fault
}

/** `Prefer: code=404, delay=2000`, or `?__code=404&__delay=2000`. The header wins. */
export function readPreferences(headers: IncomingHttpHeaders, query: URLSearchParams): Preferences {
  const wishes = new Map<string, string>()
  for (const [name, value] of query) if (name.startsWith('__')) wishes.set(name.slice(2), value)
  for (const wish of String(headers.prefer ?? '').split(/[,;]/)) {
    const [, name, value] = /^\s*([\w-]+)\s*=\s*"?([^"]*?)"?\s*$/.exec(wish) ?? []
    if (name !== undefined && value !== undefined) wishes.set(name.toLowerCase(), value)
  }
  const code = Number(wishes.get('code'))
  const delay = Number(wishes.get('delay'))
  const fault = faults.find((name) => name === wishes.get('fault'))
  const example = wishes.get('example')
  const seed = wishes.get('seed')
  return {
    ...(Number.isInteger(code) && code >= 200 && code <= 599 && { code }),
    ...(example !== undefined && { example }),
    ...(wishes.get('dynamic') === 'true' && { dynamic: true }),
    ...(seed !== undefined && { seed }),
    ...(delay > 0 && delay <= 600_000 && { delay }),
    ...(fault && { fault }),
  }
}

/** Whether the request asks for an example of the description, and not for what is stored. */
export function wantsExample({ code, example, dynamic }: Preferences): boolean {
  return code !== undefined || example !== undefined || dynamic === true
}
