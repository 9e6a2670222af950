import createClient, { type Client } from 'openapi-fetch'
import { type Operation, operations } from '../../generated/operations.ts'
import type { paths } from '../../generated/schema.d.ts'
import type { OperationClient } from './operation-client.ts'
import { RawCall, type RawInit } from './raw-call.ts'
import { serializers } from './serializers.ts'

/**
 * openapi-fetch itself, over the same transport as the resources: the same credential, retries, clocks and errors.
 * A status that is no success throws, so `error` of a result is never set.
 */
export function rawApi(client: OperationClient): Client<paths> {
  const api = createClient<paths>({ baseUrl: client.configuration.baseUrl, ...serializers })
  const calls = new WeakMap<object, RawCall>()
  // The first to see a request, before what the caller adds.
  api.use({ onRequest: ({ request, options }) => calls.get(options.fetch)?.begin(request) })
  const prepare = (method: string, path: string, given: RawInit = {}) => {
    const call = new RawCall(client, operationAt(method, path), given)
    const init = call.init()
    calls.set(init.fetch, call)
    return init
  }
  return new Proxy(api, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || name === 'use' || name === 'eject') return member
      if (name !== 'request') return (path: string, init?: RawInit) => member(path, prepare(String(name), path, init))
      return (method: string, path: string, init?: RawInit) =>
        member(method, path, prepare(method.toUpperCase(), path, init))
    },
  })
}

function operationAt(method: string, path: string): Operation | undefined {
  const described: readonly Operation[] = Object.values(operations)
  return described.find((operation) => operation.method === method && operation.path === path)
}
