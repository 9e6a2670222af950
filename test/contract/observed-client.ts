import { inject } from 'vitest'
import type { AbejaClient } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { type OperationCall, operationCalls } from '../helpers/operation-calls.ts'
import { described } from '../spec/description.ts'

/** One request to Prism and what came back. */
export interface Exchange {
  /** The operation of the description that the request belongs to, told by its method and path alone. */
  readonly operationId: string | undefined
  readonly method: string
  readonly url: string
  readonly status: number
  /** Why Prism says that the request, or its own answer, does not keep to the description. */
  readonly violations: string | null
}

export interface ObservedClient {
  readonly abeja: AbejaClient
  readonly exchanges: readonly Exchange[]
  /** The methods of the client that were called, such as `channels.get`. */
  readonly called: readonly string[]
}

/** How an operation of the description is called. Throws when nobody has said it. */
export function callOf(id: string): OperationCall {
  const call = new Map(Object.entries(operationCalls)).get(id)
  if (call === undefined) throw new Error(`${id} has no contract test: add its line to operation-calls.ts`)
  return call
}

/**
 * A client of Prism, watched on both sides: which of its methods are called, and what goes over the wire.
 * @param prefer for each request in turn what Prism is asked to answer, where the call itself does not say it
 */
export function observedClient(prefer: readonly string[] = []): ObservedClient {
  const exchanges: Exchange[] = []
  const called: string[] = []
  const fetchFromPrism = async (url: string, init: RequestInit) => {
    const { method = 'GET' } = init
    const headers = new Headers(init.headers)
    const wish = prefer[exchanges.length]
    if (wish !== undefined) headers.set('prefer', wish)
    const response = await fetch(asPrismTakesIt(url), { ...init, headers })
    const violations = response.headers.get('sl-violations')
    const operationId = operationAt(method, new URL(asPrismTakesIt(url)).pathname)
    exchanges.push({ operationId, method, url, status: response.status, violations })
    return response
  }
  const abeja = abejaAt(inject('prismUrl'), { fetch: fetchFromPrism })
  return { abeja: watched(abeja, '', called), exchanges, called }
}

/**
 * OpenAPI cannot say that a path parameter holds slashes: the id of a bucket file goes to Prism with its slashes
 * encoded, as every other tool that works from the description sends it.
 */
function asPrismTakesIt(url: string): string {
  return url.replace(/(?<=\/buckets\/[^/]+\/files\/).*/, (location) => location.replaceAll('/', '%2F'))
}

function operationAt(method: string, path: string): string | undefined {
  return described.find((operation) => {
    const pattern = new RegExp(`^${operation.path.replace(/\{\w+\}/g, '[^/]+')}$`)
    return operation.method === method && pattern.test(path)
  })?.id
}

function watched<T extends object>(target: T, prefix: string, called: string[]): T {
  return new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name, object)
      if (typeof name !== 'string') return value
      if (typeof value === 'object' && value !== null) return watched(value, `${prefix}${name}.`, called)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        called.push(`${prefix}${name}`)
        return Reflect.apply(value, object, args)
      }
    },
  })
}
