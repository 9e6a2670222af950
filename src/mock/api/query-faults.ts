import type { Operation } from './prism.ts'
import { type Violation, violation } from './violation.ts'

/**
 * What Prism lets pass in a query: a parameter without a value, which it does not check at all, and one that is sent
 * several times, of which it checks the last where a handler reads the first. No parameter of the description may be
 * either.
 */
export function faultsOfQuery(operation: Operation, query: URLSearchParams): Violation[] {
  const names = operation.request?.query?.map(({ name }) => name) ?? []
  return names.flatMap((name) => {
    const values = query.getAll(name)
    if (values.length > 1) return [violation(['query', name], 'must not be sent more than once')]
    return values[0] === '' ? [violation(['query', name], 'must not be empty')] : []
  })
}
