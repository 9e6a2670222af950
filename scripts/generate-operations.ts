import type { OpenAPI3, OperationObject, PathItemObject } from 'openapi-typescript'

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const

interface Operation {
  id: string
  method: string
  path: string
  idempotent: boolean
  /** The names of its query parameters. */
  query: string[]
  /** The names of the fields of its JSON body: `any` where they are open, undefined where it has none. */
  body: string[] | 'any' | undefined
  documentedMethods: string[]
}

/** Every operation of the bundled description, by operationId. */
export function readOperations(description: OpenAPI3): Operation[] {
  const { paths = {} } = dereferenced(description)
  const operations = Object.entries(paths).flatMap(([path, item]) => operationsOf(path, item))
  return operations.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** The description with each reference replaced by what it refers to. */
function dereferenced(description: OpenAPI3): OpenAPI3 {
  const text = JSON.stringify(description, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$ref' in value)) return value
    const keys = String(value.$ref).split('/').slice(1)
    return keys.reduce((found: object, key) => Object(Reflect.get(found, key)), description)
  })
  return JSON.parse(text)
}

function operationsOf(path: string, item: PathItemObject | { $ref: string }): Operation[] {
  if ('$ref' in item) return []
  return methods.flatMap((method) => {
    const operation = item[method]
    if (operation === undefined || '$ref' in operation) return []
    return [
      readOperation(method, path, {
        ...operation,
        parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])],
      }),
    ]
  })
}

function readOperation(method: string, path: string, operation: OperationObject): Operation {
  const id = operation.operationId
  const idempotent: unknown = operation['x-idempotent']
  const documented: unknown[] = [operation['x-documented-method'], operation['x-documented-client-method']]
  if (id === undefined) throw new Error(`${method} ${path}: no operationId`)
  if (typeof idempotent !== 'boolean') throw new Error(`${id}: x-idempotent must be true or false`)
  return {
    id,
    method: method.toUpperCase(),
    path,
    idempotent,
    query: (operation.parameters ?? []).flatMap((it) => ('name' in it && it.in === 'query' ? [it.name] : [])),
    body: bodyFields(operation),
    documentedMethods: documented.filter((name) => typeof name === 'string'),
  }
}

function bodyFields({ requestBody }: OperationObject): string[] | 'any' | undefined {
  const content = requestBody && 'content' in requestBody ? requestBody.content['application/json'] : undefined
  const schema = content && 'schema' in content ? content.schema : undefined
  if (schema === undefined || '$ref' in schema) return undefined
  const isClosed = 'additionalProperties' in schema && schema.additionalProperties === false
  return isClosed && 'properties' in schema ? Object.keys(schema.properties ?? {}) : 'any'
}

/**
 * Contains only what the client needs at run time, to stay small. Each operation is a constant, so that a bundler keeps
 * only those that a program calls.
 */
export function operationsModule(operations: readonly Operation[]): string {
  const constants = operations.map(({ id, method, path, idempotent, query, body }) => {
    const members = [`id: '${id}'`, `method: '${method}'`, `path: '${path}'`, `idempotent: ${idempotent}`]
    if (query.length > 0) members.push(`query: ${listOf(query)}`)
    if (body !== undefined) members.push(`body: ${body === 'any' ? "'any'" : listOf(body)}`)
    return `export const ${id} = { ${members.join(', ')} } as const\n`
  })
  return `/** One operation of the description. */
export interface Operation<Id extends OperationId = OperationId> {
  readonly id: Id
  readonly method: string
  readonly path: string
  /** Whether sending it twice is the same as sending it once: \`x-idempotent\` in the description. */
  readonly idempotent: boolean
  /** The names of its query parameters. */
  readonly query?: readonly string[]
  /** The names of the fields of its JSON body: \`any\` where they are open. */
  readonly body?: readonly string[] | 'any'
}

${constants.join('')}
/** All of them, by their operationId. */
export const operations = {
${operations.map(({ id }) => `  ${id},\n`).join('')}} as const

export type OperationId = keyof typeof operations
`
}

function listOf(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(', ')}]`
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
