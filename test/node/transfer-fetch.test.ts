import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Agent, EnvHttpProxyAgent, getGlobalDispatcher, MockAgent, setGlobalDispatcher } from 'undici'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { transferFetch } from '../../src/node/http-fetch/transfer-fetch.ts'
import { downloadDirectory, uploadDirectory } from '../../src/node.ts'
import { directoryWith } from './directory.ts'
import { setting } from './setting.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

test('returns one httpFetch for all transfers, before and after the runtime has sent something', async () => {
  const before = transferFetch()
  expect(before).toBeDefined()
  await fetch('http://127.0.0.1:1').catch(() => {})
  expect(transferFetch()).toBe(before)
})

test('uses no other fetch where somebody has replaced the runtime’s', () => {
  vi.stubGlobal('fetch', async () => new Response())
  expect(transferFetch()).toBeUndefined()
})

test.each([
  ['an agent with options', () => new Agent({ connect: { rejectUnauthorized: true } })],
  [
    'an agent with a factory',
    () => new Agent({ factory: (origin) => new Agent({ connect: { host: String(origin) } }) }),
  ],
  ['a proxy', () => new EnvHttpProxyAgent()],
  ['a mock', () => new MockAgent()],
  ['an interceptor', () => new Agent().compose((dispatch) => dispatch)],
])('uses the runtime’s fetch where its dispatcher is %s', (_, dispatcher) => {
  const before = getGlobalDispatcher()
  onTestFinished(() => setGlobalDispatcher(before))
  setGlobalDispatcher(dispatcher())
  expect(transferFetch()).toBeUndefined()
})

test('uses the runtime’s fetch where somebody watches it', () => {
  const watch = () => {}
  subscribe('undici:request:create', watch)
  onTestFinished(() => void unsubscribe('undici:request:create', watch))
  expect(transferFetch()).toBeUndefined()
})

test('uses the runtime’s fetch where it takes its proxy from the environment', () => {
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  expect(transferFetch()).toBeUndefined()
  vi.stubEnv('NODE_USE_ENV_PROXY', '0')
  expect(transferFetch()).toBeDefined()
})

/** Transfers a directory both ways. Returns whether the runtime's fetch, which alone sends this header, sent each request. */
async function usesRuntimeFetch(options: Parameters<typeof setting>[0] = {}): Promise<Set<boolean>> {
  const { platform, channel } = await setting(options)
  const used = new Set<boolean>()
  platform.faults.answer = ({ headers }) => {
    used.add('sec-fetch-mode' in headers)
    return undefined
  }
  const { succeeded } = await uploadDirectory(channel, await directoryWith({ a: 'a' }))
  const report = await downloadDirectory(channel, await directoryWith())
  expect([succeeded.length, report.succeeded.length]).toEqual([1, 1])
  return used
}

test('every call of a directory transfer uses httpFetch, unless the client was given a fetch', async () => {
  expect(await usesRuntimeFetch()).toEqual(new Set([false]))
  const { fetch } = globalThis
  expect(await usesRuntimeFetch({ fetch: (url, init) => fetch(url, init) })).toEqual(new Set([true]))
})

test('a directory transfer uses the fetch that has replaced the runtime’s', async () => {
  const { fetch } = globalThis
  const replaced = vi.fn(fetch)
  vi.stubGlobal('fetch', replaced)
  expect(await usesRuntimeFetch()).toEqual(new Set([true]))
  expect(replaced).toHaveBeenCalled()
})
