import type { Ajv, ErrorObject, ValidateFunction } from 'ajv'
import type { OperationId } from '../../generated/operations.ts'
import { asObject, type DescribedOperation, Description, isObject, type JsonObject, type Route } from './description.ts'

/**
 * What kind of difference it is. `path`: no operation has this method and path. `status`, `content-type`, `body`: not a
 * declared one, or not readable as such. `missing`, `undeclared`: a required member or parameter is absent, or one that the
 * description does not have is present. `type`, `format`, `value`: a member or parameter does not match its schema.
 */
export type DifferenceKind =
  | 'path'
  | 'status'
  | 'content-type'
  | 'body'
  | 'missing'
  | 'undeclared'
  | 'type'
  | 'format'
  | 'value'

/** A place where a request or a response differs from the description. */
export interface Difference {
  readonly operationId: OperationId | undefined
  readonly kind: DifferenceKind
  /** Such as `['response', 'body', 'channels', '0', 'name']` or `['request', 'query', 'limit']`. */
  readonly location: readonly string[]
  readonly message: string
}

/** A request as it was sent. */
export interface ContractRequest {
  readonly method: string
  /** Below the base URL, not decoded, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  readonly contentType: string | undefined
  readonly body: Uint8Array | string
}

/** A response as it was received. */
export interface ContractResponse {
  readonly status: number
  readonly contentType: string | undefined
  readonly body: Uint8Array | string
}

/** Compares requests and responses with the description. Knows nothing of the client and of the mock server. */
export class Contract {
  readonly #description: Description
  readonly #bodies: Ajv
  readonly #parameters: Ajv
  readonly #validators = new Map<string, ValidateFunction>()

  /**
   * @param bodies validates JSON bodies
   * @param parameters validates texts of a URL, which it converts to the type of their schema
   */
  private constructor(document: JsonObject, bodies: Ajv, parameters: Ajv) {
    this.#description = new Description(document)
    const closed = asObject(withoutOtherMembers(document))
    this.#bodies = bodies.addSchema(closed, DOCUMENT)
    this.#parameters = parameters.addSchema(closed, DOCUMENT)
  }

  /** Loads the description and ajv, which nothing else needs. */
  static async load(): Promise<Contract> {
    const [{ document }, { Ajv }, { default: formats }] = await Promise.all([
      import('./document.ts'),
      import('ajv'),
      import('ajv-formats'),
    ])
    const options = { allErrors: true, strict: false, verbose: false }
    const [bodies, parameters] = [new Ajv(options), new Ajv({ ...options, coerceTypes: true })]
    for (const ajv of [bodies, parameters]) formats(ajv)
    return new Contract(asObject(document), bodies, parameters)
  }

  /** The operation that a request is for. */
  route(method: string, path: string): Route | undefined {
    return this.#description.route(method, path)
  }

  /** Compares a request with its operation. */
  checkRequest({ method, path, query, contentType, body }: ContractRequest): Difference[] {
    const route = this.route(method, path)
    if (!route) {
      const message = `the description has no operation ${method} ${path}`
      return [{ operationId: undefined, kind: 'path', location: ['request', 'path'], message }]
    }
    const { operation, parameters } = route
    const found = [
      ...this.#checkParameters(operation, 'path', Object.entries(parameters)),
      ...this.#checkParameters(operation, 'query', [...query]),
    ]
    const { requestBody } = operation
    if (requestBody === undefined) {
      if (body.length > 0) found.push(difference(operation, 'body', ['request', 'body'], 'must be empty'))
    } else if (body.length === 0) {
      if (requestBody.required) found.push(difference(operation, 'missing', ['request', 'body'], 'must not be empty'))
    } else found.push(...this.#checkBody(operation, 'request', requestBody, contentType, body))
    return found
  }

  /** Compares a response with what the description says for its status. */
  checkResponse(id: OperationId, { status, contentType, body }: ContractResponse): Difference[] {
    const operation = this.#description.operation(id)
    if (!operation) return []
    const { responses } = operation
    const range = responses.get(String(status)) ?? responses.get(`${Math.floor(status / 100)}XX`)
    // `default` describes errors.
    const response = range ?? (status >= 400 ? responses.get('default') : undefined)
    if (!response) {
      const declared = [...responses.keys()].join(', ')
      return [difference(operation, 'status', ['response', 'status'], `${status} is not one of ${declared}`)]
    }
    if (response.content === undefined) {
      return body.length === 0 ? [] : [difference(operation, 'body', ['response', 'body'], 'must be empty')]
    }
    if (body.length === 0) return [difference(operation, 'missing', ['response', 'body'], 'must not be empty')]
    return this.#checkBody(operation, 'response', response, contentType, body)
  }

  #checkParameters(operation: DescribedOperation, place: 'path' | 'query', given: [string, string][]): Difference[] {
    const declared = operation.parameters.filter((parameter) => parameter.in === place)
    const schemas = declared.map(({ name, schema }) => [String(name), schema])
    const required = declared.flatMap(({ name, required }) => (required === true ? [String(name)] : []))
    const validate = this.#validator(`${operation.id} ${place}`, this.#parameters, {
      ...{ type: 'object', properties: Object.fromEntries(schemas), required, additionalProperties: false },
    })
    const isArray = (name: string) => declared.some((one) => one.name === name && asObject(one.schema).type === 'array')
    const values = given.map(([name, value]) => [name, isArray(name) ? value.split(',') : value])
    validate(Object.fromEntries(values))
    return differences(operation, ['request', place], validate)
  }

  #checkBody(
    operation: DescribedOperation,
    side: 'request' | 'response',
    described: JsonObject,
    contentType: string | undefined,
    body: Uint8Array | string,
  ): Difference[] {
    const content = asObject(described.content)
    const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
    const declared = [type, `${type.split('/')[0]}/*`, '*/*'].find((range) => Object.hasOwn(content, range))
    if (declared === undefined) {
      const message = `${type || 'none'} is not one of ${Object.keys(content).join(', ')}`
      return [difference(operation, 'content-type', [side, 'headers', 'content-type'], message)]
    }
    if (declared !== 'application/json') return []
    let value: unknown
    try {
      value = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body))
    } catch {
      return [difference(operation, 'body', [side, 'body'], 'is not valid JSON')]
    }
    const schema = asObject(asObject(content[declared]).schema)
    const key = `${operation.id} ${side} ${JSON.stringify(schema)}`
    const validate = this.#validator(key, this.#bodies, asObject(withoutOtherMembers(schema)))
    validate(value)
    return differences(operation, [side, 'body'], validate)
  }

  #validator(key: string, ajv: Ajv, schema: JsonObject): ValidateFunction {
    const known = this.#validators.get(key)
    if (known) return known
    const made = ajv.compile(asObject(withAbsoluteReferences(schema)))
    this.#validators.set(key, made)
    return made
  }
}

const DOCUMENT = 'description'

/** Object schemas that name their members take no others: what nobody described is a difference, too. */
function withoutOtherMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOtherMembers)
  if (!isObject(value)) return value
  const copy = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutOtherMembers(member)]))
  if (value.type !== 'object' || !isObject(value.properties) || 'additionalProperties' in value) return copy
  return { ...copy, additionalProperties: false }
}

/** `#/components/…` of a schema that stands by itself is one of the whole document. */
function withAbsoluteReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withAbsoluteReferences)
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, member]) => [
    key,
    key === '$ref' && typeof member === 'string' ? `${DOCUMENT}${member}` : withAbsoluteReferences(member),
  ])
  return Object.fromEntries(entries)
}

const KINDS: Readonly<Record<string, DifferenceKind>> = {
  required: 'missing',
  additionalProperties: 'undeclared',
  type: 'type',
  format: 'format',
}

function differences(operation: DescribedOperation, at: readonly string[], { errors }: ValidateFunction): Difference[] {
  return (errors ?? []).map((error) => differenceOf(operation, at, error))
}

function differenceOf(
  operation: DescribedOperation,
  at: readonly string[],
  { instancePath, keyword, params, message = 'is invalid' }: ErrorObject,
): Difference {
  const path = instancePath.split('/').slice(1).map(unescaped)
  const member = params.missingProperty ?? params.additionalProperty
  const location = [...at, ...path, ...(typeof member === 'string' ? [member] : [])]
  const kind = KINDS[keyword] ?? 'value'
  const words = { missing: 'is required', undeclared: 'is not in the description' }
  const said = kind === 'missing' || kind === 'undeclared' ? words[kind] : message
  return difference(operation, kind, location, said)
}

function unescaped(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~')
}

function difference(
  { id }: DescribedOperation,
  kind: DifferenceKind,
  location: readonly string[],
  message: string,
): Difference {
  return { operationId: id, kind, location, message }
}
