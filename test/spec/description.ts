import { readFileSync } from 'node:fs'

interface Reference {
  $ref: string
}

interface Schema {
  type: string
  required?: string[]
}

interface Response {
  content: { 'application/json': { schema: Schema | Reference; examples: Record<string, { value: unknown }> } }
}

interface Operation {
  operationId: string
  summary: string
  'x-documented-method': string
  'x-documented-client-method'?: string
  responses: Record<string, Response | Reference>
}

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const

interface Description {
  paths: Record<string, Partial<Record<(typeof methods)[number], Operation>>>
  components: { schemas: Record<string, Schema>; responses: Record<string, Response> }
}

/** The description, as the one file that is published. */
const description: Description = JSON.parse(
  readFileSync(new URL('../../generated/openapi.json', import.meta.url), 'utf8'),
)

export const described = Object.entries(description.paths).flatMap(([path, item]) =>
  methods.flatMap((method) => {
    const operation = item[method]
    return operation === undefined
      ? []
      : [{ id: operation.operationId, method: method.toUpperCase(), path, statuses: statusesOf(operation), operation }]
  }),
)

/** What the description gives a name to: schemas, parameters, responses and ways to authenticate. */
export const componentNames = Object.values(description.components).flatMap((components) => Object.keys(components))

/** The statuses that stand for themselves. `default` stands for all others. */
function statusesOf(operation: Operation): number[] {
  return Object.keys(operation.responses)
    .filter((code) => code !== 'default')
    .map(Number)
}

/** What an operation answers with a status: the schema, the reference to it, and the examples in their order. */
export function answerOf(operation: Operation, status: number) {
  const { responses, schemas } = description.components
  const response = follow(operation.responses[status] ?? { $ref: `${status}` }, responses)
  const { schema, examples = {} } = response.content['application/json']
  const values = new Map(Object.entries(examples).map(([name, { value }]) => [name, value]))
  return { schema: follow(schema, schemas), reference: '$ref' in schema ? schema.$ref : undefined, examples: values }
}

function follow<T extends object>(value: T | Reference, components: Record<string, T>): T {
  if (!('$ref' in value)) return value
  const found = components[`${value.$ref}`.split('/').at(-1) ?? '']
  if (found === undefined) throw new Error(`${value.$ref} leads nowhere`)
  return found
}
