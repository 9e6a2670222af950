import document from '../../generated/openapi.json' with { type: 'json' }
import { type OperationId, operations } from '../../generated/operations.ts'
import type { components, operations as Operations } from '../../generated/schema.d.ts'

export type { OperationId }
export type Schemas = components['schemas']

/** The body of an operation's successful response. */
export type Success<K extends OperationId> = Operations[K]['responses'][200]['content']['application/json']

/** The JSON body that the description allows for an operation. `undefined` where there is none. */
export type Described<K extends OperationId> = Operations[K] extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : undefined

/** The whole description, as it is published. */
export const description = document

export const paths = document.paths

export function isOperationId(id: string): id is OperationId {
  return Object.hasOwn(operations, id)
}

/** The path template of an operation, such as `/channels/{channel_id}`. */
export function templateOf(id: OperationId): string {
  return operations[id].path
}

/** Those with fewer parameters first, so that `/upload` is not taken for an id. */
const routes = Object.values(operations)
  .map(({ id, method, path }) => ({ id, method, segments: path.split('/') }))
  .sort((one, other) => parametersIn(one.segments) - parametersIn(other.segments))

/** The operation that a method and a path name. Every parameter of the path must be one segment. */
export function operationIdOf(method: string, path: string): OperationId | undefined {
  const given = path.split('/')
  const route = routes.find((route) => {
    return (
      route.method === method &&
      route.segments.length === given.length &&
      route.segments.every((segment, index) =>
        segment.startsWith('{') ? given[index] !== '' : segment === given[index],
      )
    )
  })
  return route?.id
}

function parametersIn(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith('{')).length
}
