/** Looks at a value, and says what it has to be if it is not. */
export type Check = (value: unknown) => string | undefined

/** What a value has to be: something that passes a check, a list of such things, or an object with properties. */
export type Shape = Check | ListOf | Properties
interface ListOf {
  readonly each: Shape
}
interface Properties {
  readonly required?: Readonly<Record<string, Shape>>
  readonly optional: Readonly<Record<string, Shape>>
  /** What the properties have to be together. */
  readonly together?: Check
}

/** Everything that is wrong with a value, each with its place: `channels[0].name has to be a string`. */
export function faultsIn(value: unknown, shape: Shape, path = ''): string[] {
  const here = path === '' ? 'it' : path
  if (typeof shape === 'function') {
    const fault = shape(value)
    return fault === undefined ? [] : [`${here} ${fault}`]
  }
  if ('each' in shape) {
    if (!Array.isArray(value)) return [`${here} has to be a list`]
    return value.flatMap((item, index) => faultsIn(item, shape.each, `${path}[${index}]`))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${here} has to be an object`]
  return faultsInProperties(new Map(Object.entries(value)), shape, path)
}

function faultsInProperties(given: ReadonlyMap<string, unknown>, shape: Properties, path: string): string[] {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const properties = new Map([...given].filter(([, value]) => value !== undefined))
  const known = new Map(Object.entries({ ...shape.required, ...shape.optional }))
  const missing = Object.keys(shape.required ?? {}).filter((name) => !properties.has(name))
  const together = shape.together?.(Object.fromEntries(properties))
  return [
    ...missing.map((name) => `${at(name)} is missing`),
    ...[...properties].flatMap(([name, value]) => {
      const expected = known.get(name)
      return expected === undefined ? [`${at(name)} is not known here`] : faultsIn(value, expected, at(name))
    }),
    ...(together === undefined ? [] : [`${path} ${together}`]),
  ]
}
