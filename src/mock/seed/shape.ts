/** Checks a value. Returns what it must be if it is not. */
export type Check = (value: unknown) => string | undefined

/** What a value must be: something that passes a check, a list of such things, or an object with properties. */
export type Shape = Check | ListOf | Properties
interface ListOf {
  readonly each: Shape
}
interface Properties {
  readonly required?: Readonly<Record<string, Shape>>
  readonly optional: Readonly<Record<string, Shape>>
  /** What the properties must be together. */
  readonly together?: Check
}

const mostReported = 20

/** Whether a value has a shape. */
export function hasShape(value: unknown, shape: Shape): boolean {
  return mistakesIn(value, shape, '').next().done === true
}

/** The first mistakes in a value, each with its place: `channels[0].name must be a string; …`. */
export function mistakesOf(value: unknown, shape: Shape): string {
  const mistakes: string[] = []
  for (const mistake of mistakesIn(value, shape, '')) {
    if (mistakes.push(mistake) <= mostReported) continue
    mistakes[mostReported] = 'and more'
    break
  }
  return mistakes.join('; ')
}

function* mistakesIn(value: unknown, shape: Shape, path: string): Generator<string> {
  const here = path === '' ? 'it' : path
  if (typeof shape === 'function') {
    const mistake = shape(value)
    if (mistake !== undefined) yield `${here} ${mistake}`
  } else if ('each' in shape) {
    if (!Array.isArray(value)) yield `${here} must be a list`
    else for (const [index, item] of value.entries()) yield* mistakesIn(item, shape.each, `${path}[${index}]`)
  } else if (typeof value !== 'object' || value === null || Array.isArray(value)) yield `${here} must be an object`
  else yield* mistakesInProperties(new Map(Object.entries(value)), shape, path)
}

function* mistakesInProperties(
  given: ReadonlyMap<string, unknown>,
  shape: Properties,
  path: string,
): Generator<string> {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const properties = new Map([...given].filter(([, value]) => value !== undefined))
  const known = new Map(Object.entries({ ...shape.required, ...shape.optional }))
  for (const name of Object.keys(shape.required ?? {})) if (!properties.has(name)) yield `${at(name)} is missing`
  for (const [name, value] of properties) {
    const expected = known.get(name)
    if (expected === undefined) yield `${at(name)} is unknown`
    else yield* mistakesIn(value, expected, at(name))
  }
  const together = shape.together?.(Object.fromEntries(properties))
  if (together !== undefined) yield `${path === '' ? 'it' : path} ${together}`
}
