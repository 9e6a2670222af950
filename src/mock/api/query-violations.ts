import type { Operation } from './prism.ts'
import { type Violation, violation } from './violation.ts'

/**
 * What Prism does not check in a query: a parameter without a value, a repeated one (of which Prism checks the last and a
 * handler reads the first), and one that the operation does not have. The last is a warning: most servers ignore it,
 * but a misspelt cursor would read the first page again and again. Names in `__` are preferences.
 */
export function queryViolations(operation: Operation, query: URLSearchParams): Violation[] {
  const known = operation.request?.query?.map(({ name }) => name) ?? []
  const unknown = new Set([...query.keys()].filter((name) => !known.includes(name) && !name.startsWith('__')))
  const valid = known.length > 0 ? `valid parameters: ${known.join(', ')}` : 'this operation has none'
  return [
    ...known.flatMap((name) => {
      const values = query.getAll(name)
      if (values.length > 1) return [violation(['query', name], 'must not be sent more than once')]
      return values[0] === '' ? [violation(['query', name], 'must not be empty')] : []
    }),
    ...[...unknown].map((name): Violation => {
      return { ...violation(['query', name], `unknown query parameter; ${valid}`), severity: 'Warning' }
    }),
  ]
}
