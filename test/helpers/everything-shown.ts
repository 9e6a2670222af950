import { inspect } from 'node:util'

/** All that a value can be made to show: as a log, a report, or a curious program sees it. */
export function everythingShown(value: unknown): string {
  const seen = new Set<unknown>()
  const texts: string[] = []
  const walk = (part: unknown) => {
    if (typeof part === 'string') texts.push(part)
    if (typeof part !== 'object' || part === null || seen.has(part)) return
    seen.add(part)
    texts.push(inspect(part, { depth: Number.POSITIVE_INFINITY, showHidden: true }))
    texts.push(
      inspect(part, { depth: Number.POSITIVE_INFINITY, showHidden: true, customInspect: false, getters: true }),
    )
    texts.push(String(part), JSON.stringify(part) ?? '')
    if (part instanceof Error) texts.push(part.message, part.stack ?? '')
    for (const key of Reflect.ownKeys(part)) {
      texts.push(String(key))
      walk(Reflect.get(part, key))
    }
  }
  walk(value)
  return texts.join('\n')
}
