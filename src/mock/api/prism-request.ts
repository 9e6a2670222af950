import type { ApiRequest } from './api-request.ts'
import type { Principal } from './principal.ts'
import type { Operation, PrismRequest } from './prism.ts'
import type { ReadBody } from './request-body.ts'

/** The request as Prism is to see it: routable, with a placeholder for bytes, and nothing in it that is a secret. */
export function prismRequestOf(operation: Operation, path: string, request: ApiRequest, read: ReadBody): PrismRequest {
  const { message, target, principal } = request
  const { authorization: _, 'content-type': __, 'content-length': ___, prefer: ____, ...headers } = message.headers
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)])
  const flags = new Set(operation.request?.query?.filter(isFlag).map(({ name }) => name))
  const query = [...new Set(target.query.keys())].map((name) => {
    const values = target.query.getAll(name).map((value) => (flags.has(name) ? value.toLowerCase() : value))
    return [name, values.length === 1 ? (values[0] ?? '') : values] as const
  })
  return {
    method: operation.method === 'get' ? 'get' : methodFor(operation.method),
    url: { path, query: Object.fromEntries(query) },
    headers: {
      ...Object.fromEntries(texts),
      ...(principal && { authorization: authorizationFor(principal) }),
      ...(read.contentType !== undefined && { 'content-type': read.contentType }),
      'content-length': String(read.length),
    },
    body: read.body,
  }
}

/** A form of the credential that Prism understands: it counts the colons, and a secret may hold some. */
function authorizationFor(principal: Principal): string {
  if (principal.kind === 'bearer') return 'Bearer present'
  return `Basic ${Buffer.from(`${principal.kind}-id:present`).toString('base64')}`
}

function methodFor(method: string): PrismRequest['method'] {
  const known = ['get', 'put', 'post', 'delete', 'patch'] as const
  return known.find((name) => name === method.toLowerCase()) ?? 'get'
}

function isFlag({ schema }: { schema?: { type?: unknown } }): boolean {
  return schema?.type === 'boolean'
}
