import { channel } from 'node:diagnostics_channel'
import { type HttpFetch, httpFetch } from './http-fetch.ts'

const GLOBAL_DISPATCHER = Symbol.for('undici.globalDispatcher.1')

let shared: HttpFetch | undefined

/**
 * Returns the `fetch` that transfers of directories use where the client was given none: one on `node:http`, unless somebody
 * has changed or watches the runtime's, which is used then. It takes no proxy from the environment, as the runtime's does not.
 */
export function transferFetch(): HttpFetch | undefined {
  if (!isUntouched()) return undefined
  shared ??= httpFetch({ proxy: null })
  return shared
}

function isUntouched(): boolean {
  return (
    isOfRuntime(globalThis.fetch) &&
    isDefaultDispatcher(Reflect.get(globalThis, GLOBAL_DISPATCHER)) &&
    !channel('undici:request:create').hasSubscribers &&
    !usesEnvironmentProxy()
  )
}

/** By its source: what replaces it, such as a mock or an instrumentation, does not load undici. */
function isOfRuntime(fetch: unknown): boolean {
  return typeof fetch === 'function' && /fetchImpl|lazyUndici/.test(Function.prototype.toString.call(fetch))
}

/** Node.js sets an Agent without options at its first request. */
function isDefaultDispatcher(dispatcher: unknown): boolean {
  if (dispatcher === undefined) return true
  if (typeof dispatcher !== 'object' || dispatcher === null || dispatcher.constructor.name !== 'Agent') return false
  // One that is composed of interceptors looks like the agent but for this method.
  const prototype: object | null = Object.getPrototypeOf(dispatcher)
  if (prototype === null || Reflect.get(dispatcher, 'dispatch') !== Reflect.get(prototype, 'dispatch')) return false
  const own = new Map<string | undefined, unknown>(
    Object.getOwnPropertySymbols(dispatcher).map((symbol) => [symbol.description, Reflect.get(dispatcher, symbol)]),
  )
  const options = own.get('options')
  const factory = own.get('factory')
  if (typeof options !== 'object' || options === null || typeof factory !== 'function') return false
  return factory.name === 'defaultFactory' && Object.values(options).every(isUnset)
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === Number.POSITIVE_INFINITY
}

function usesEnvironmentProxy(): boolean {
  const { NODE_USE_ENV_PROXY = '', NODE_OPTIONS = '' } = process.env
  const flags = [...process.execArgv, ...NODE_OPTIONS.split(' ')]
  return (NODE_USE_ENV_PROXY !== '' && NODE_USE_ENV_PROXY !== '0') || flags.includes('--use-env-proxy')
}
