import type { OpenAPI3, OperationObject, PathItemObject } from 'openapi-typescript'

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const

interface Operation {
  id: string
  method: string
  path: string
  idempotent: boolean
  documentedMethods: string[]
}

/** Every operation of the bundled description, by operationId. */
export function readOperations(description: OpenAPI3): Operation[] {
  const operations = Object.entries(description.paths ?? {}).flatMap(([path, item]) => operationsOf(path, item))
  return operations.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function operationsOf(path: string, item: PathItemObject | { $ref: string }): Operation[] {
  if ('$ref' in item) throw new Error(`${path}: the bundle still holds a reference to ${item.$ref}`)
  return methods.flatMap((method) => {
    const operation: OperationObject | { $ref: string } | undefined = item[method]
    if (operation === undefined) return []
    if ('$ref' in operation) throw new Error(`${method} ${path}: the bundle still holds a reference`)
    return [readOperation(method, path, operation)]
  })
}

function readOperation(method: string, path: string, operation: OperationObject): Operation {
  const id = operation.operationId
  const idempotent: unknown = operation['x-idempotent']
  const documented: unknown[] = [operation['x-documented-method'], operation['x-documented-client-method']]
  if (id === undefined) throw new Error(`${method} ${path}: no operationId`)
  if (typeof idempotent !== 'boolean') throw new Error(`${id}: x-idempotent must be true or false`)
  const documentedMethods = documented.filter((name) => typeof name === 'string')
  return { id, method: method.toUpperCase(), path, idempotent, documentedMethods }
}

/**
 * Contains only what the client needs at run time, to stay small. Each operation is a constant, so that a bundler keeps
 * only those that a program calls.
 */
export function operationsModule(operations: readonly Operation[]): string {
  const constants = operations.map(
    ({ id, method, path, idempotent }) =>
      `export const ${id} = { id: '${id}', method: '${method}', path: '${path}', idempotent: ${idempotent} } as const\n`,
  )
  return `/** One operation of the description. */
export interface Operation<Id extends OperationId = OperationId> {
  readonly id: Id
  readonly method: string
  readonly path: string
  /** Whether sending it twice is the same as sending it once: \`x-idempotent\` in the description. */
  readonly idempotent: boolean
}

${constants.join('')}
/** All of them, by their operationId. */
export const operations = {
${operations.map(({ id }) => `  ${id},\n`).join('')}} as const

export type OperationId = keyof typeof operations
`
}

/** The documented methods of each operation. Used only by tests and documentation. */
export function documentedMethodsModule(operations: readonly Operation[]): string {
  const rows = operations.map(({ id, documentedMethods }) => {
    const names = documentedMethods.map((name) => `'${name}'`)
    return `  ${id}: [${names.join(', ')}],\n`
  })
  return `/** The methods of the Python client's reference that each operation stands for. */
export const documentedMethods = {
${rows.join('')}} as const
`
}
