import type { OpenAPI3, OperationObject, ParameterObject, ReferenceObject } from 'openapi-typescript'

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const

/** A request that a person can send as it is: the description's examples, with variables for what is their own. */
interface ExampleRequest {
  readonly name: string
  readonly tag: string
  readonly method: string
  readonly path: string
  readonly contentType: string | undefined
  readonly body: string | undefined
  readonly form: readonly FormPart[] | undefined
}

interface FormPart {
  readonly name: string
  readonly filename: string
  readonly contentType: string
  readonly content: string
}

/** The parts of a bucket upload: a description cannot show a form with file names. */
const FORM: readonly FormPart[] = [
  { name: 'file', filename: 'target/sample.txt', contentType: 'text/plain', content: 'hello' },
  { name: 'parameters', filename: 'params.json', contentType: 'application/json', content: '{}' },
]

function exampleRequests(description: OpenAPI3): ExampleRequest[] {
  return Object.entries(description.paths ?? {}).flatMap(([path, item]) => {
    if ('$ref' in item) return []
    return methods.flatMap((method) => {
      const operation = item[method]
      if (operation === undefined || '$ref' in operation) return []
      const shared = item.parameters ?? []
      return [exampleRequest(description, method.toUpperCase(), path, operation, shared)]
    })
  })
}

function exampleRequest(
  description: OpenAPI3,
  method: string,
  path: string,
  operation: OperationObject,
  shared: readonly (ParameterObject | ReferenceObject)[],
): ExampleRequest {
  const parameters = [...shared, ...(operation.parameters ?? [])].map((parameter) => resolved(description, parameter))
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'organization_id'
      ? '{{organizationId}}'
      : encodeURIComponent(`${parameters.find((parameter) => parameter.name === name)?.example}`),
  )
  const { operationId: name = '', tags: [tag = ''] = [] } = operation
  return { name, tag, method, path: filled, ...bodyOf(operation) }
}

function bodyOf({ requestBody }: OperationObject): Pick<ExampleRequest, 'contentType' | 'body' | 'form'> {
  const content = requestBody === undefined || '$ref' in requestBody ? {} : requestBody.content
  if ('multipart/form-data' in content) return { contentType: undefined, body: undefined, form: FORM }
  const json = content['application/json']
  if (json !== undefined && 'examples' in json) {
    const [first] = Object.values(json.examples ?? {})
    const value = first !== undefined && 'value' in first ? first.value : {}
    return { contentType: 'application/json', body: JSON.stringify(value, null, 2), form: undefined }
  }
  if (!('*/*' in content)) return { contentType: undefined, body: undefined, form: undefined }
  const isOptional = requestBody !== undefined && !('$ref' in requestBody) && requestBody.required !== true
  return { contentType: 'text/plain', body: isOptional ? undefined : 'hello', form: undefined }
}

function resolved(description: OpenAPI3, parameter: ParameterObject | ReferenceObject): ParameterObject {
  if (!('$ref' in parameter)) return parameter
  const found = description.components?.parameters?.[parameter.$ref.split('/').at(-1) ?? '']
  if (found === undefined || '$ref' in found) throw new Error(`${parameter.$ref} leads nowhere`)
  return found
}

const VARIABLES = {
  baseUrl: 'http://127.0.0.1:4010',
  organizationId: '1234567890123',
  user: 'user-1122334455667',
  token: 'personal-access-token',
}

/** The requests as a `.http` file, which editors can send. */
export function httpFile(description: OpenAPI3): string {
  const variables = Object.entries(VARIABLES).map(([name, value]) => `@${name} = ${value}`)
  const requests = exampleRequests(description).map(({ name, method, path, contentType, body, form }) => {
    const head = [`### ${name}`, `${method} {{baseUrl}}${path}`, 'Authorization: Basic {{user}}:{{token}}']
    if (form !== undefined) {
      const parts = form.flatMap((part) => [
        '--boundary',
        `Content-Disposition: form-data; name="${part.name}"; filename="${part.filename}"`,
        `Content-Type: ${part.contentType}`,
        '',
        part.content,
      ])
      return [...head, 'Content-Type: multipart/form-data; boundary=boundary', '', ...parts, '--boundary--'].join('\n')
    }
    const type = contentType === undefined ? [] : [`Content-Type: ${contentType}`]
    return [...head, ...type, ...(body === undefined ? [] : ['', body])].join('\n')
  })
  return `${[variables.join('\n'), ...requests].join('\n\n')}\n`
}

/** The requests as a Postman collection, a folder for each tag. */
export function postmanCollection(description: OpenAPI3): string {
  const requests = exampleRequests(description)
  const tags = [...new Set(requests.map(({ tag }) => tag))]
  const collection = {
    info: {
      name: description.info.title,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: {
      type: 'basic',
      basic: [
        { key: 'username', value: '{{user}}', type: 'string' },
        { key: 'password', value: '{{token}}', type: 'string' },
      ],
    },
    variable: Object.entries(VARIABLES).map(([key, value]) => ({ key, value })),
    item: tags.map((tag) => ({
      name: tag,
      item: requests.filter((request) => request.tag === tag).map(postmanItem),
    })),
  }
  return `${JSON.stringify(collection, null, 2)}\n`
}

function postmanItem({ name, method, path, contentType, body, form }: ExampleRequest): object {
  return {
    name,
    request: {
      method,
      url: `{{baseUrl}}${path}`,
      header: contentType === undefined ? [] : [{ key: 'Content-Type', value: contentType }],
      ...(body !== undefined && { body: { mode: 'raw', raw: body } }),
      ...(form !== undefined && {
        body: {
          mode: 'formdata',
          formdata: form.map((part) => ({
            key: part.name,
            type: 'text',
            value: part.content,
            contentType: part.contentType,
            fileName: part.filename,
          })),
        },
      }),
    },
  }
}
