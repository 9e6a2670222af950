import { type OperationId, operations } from '../../generated/operations.ts'

/** A value of a JSON document that is an object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** One operation of the description, with its references resolved one level deep. */
export interface DescribedOperation {
  readonly id: OperationId
  readonly method: string
  /** Such as `/channels/{channel_id}`. */
  readonly template: string
  readonly parameters: readonly JsonObject[]
  readonly requestBody: JsonObject | undefined
  /** By status: `200`, `4XX` or `default`. */
  readonly responses: ReadonlyMap<string, JsonObject>
}

/** Where a request goes. */
export interface Route {
  readonly operation: DescribedOperation
  /** Decoded. */
  readonly parameters: Readonly<Record<string, string>>
}

interface Pattern {
  readonly operation: DescribedOperation
  readonly names: readonly string[]
  readonly expression: RegExp
}

/** The operations of the description, by id and by path. */
export class Description {
  readonly #document: JsonObject
  readonly #operations = new Map<OperationId, DescribedOperation>()
  readonly #patterns: readonly Pattern[]

  constructor(document: JsonObject) {
    this.#document = document
    for (const { id, method, path } of Object.values(operations)) this.#operations.set(id, this.#read(id, method, path))
    // Fixed segments come first, so that `/upload` is not taken for an id.
    this.#patterns = [...this.#operations.values()]
      .map(patternOf)
      .sort((one, other) => one.names.length - other.names.length)
  }

  operation(id: OperationId): DescribedOperation | undefined {
    return this.#operations.get(id)
  }

  /** @param path below the base URL, without the query; two slashes at its beginning count as one */
  route(method: string, path: string): Route | undefined {
    const plain = `/${path.replace(/^\/+/, '')}`.replace(/(?<=.)\/$/, '')
    for (const { operation, names, expression } of this.#patterns) {
      const match = operation.method === method ? expression.exec(plain) : null
      if (!match) continue
      const values = names.map((name, index): [string, string] => [name, decoded(match[index + 1] ?? '')])
      return { operation, parameters: Object.fromEntries(values) }
    }
    return undefined
  }

  /** The object that a reference points to, or the value itself. */
  resolve(value: unknown): JsonObject {
    const object = asObject(value)
    const { $ref } = object
    if (typeof $ref !== 'string') return object
    const target = $ref
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => asObject(at)[pointerKey(key)], this.#document)
    return this.resolve(target)
  }

  #read(id: OperationId, method: string, template: string): DescribedOperation {
    const item = asObject(asObject(this.#document.paths)[template])
    const operation = asObject(item[method.toLowerCase()])
    const parameters = [...asList(item.parameters), ...asList(operation.parameters)].map((one) => this.resolve(one))
    const responses = Object.entries(asObject(operation.responses))
    return {
      ...{ id, method, template, parameters },
      requestBody: operation.requestBody === undefined ? undefined : this.resolve(operation.requestBody),
      responses: new Map(responses.map(([status, response]) => [status, this.resolve(response)])),
    }
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An empty object in place of anything else. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function patternOf(operation: DescribedOperation): Pattern {
  const names: string[] = []
  const source = operation.template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name)
    // The id of a file of a bucket is a path.
    return operation.template.endsWith(`/files/{${name}}`) ? '(.+)' : '([^/]+)'
  })
  return { operation, names, expression: new RegExp(`^${source}$`) }
}

function pointerKey(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
