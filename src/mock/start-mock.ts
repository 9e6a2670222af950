import type { AddressInfo } from 'node:net'
import { Api } from './api/api.ts'
import { CredentialCheck, readCredentials } from './api/credential-check.ts'
import { PrismEngine } from './api/prism.ts'
import { openWorld } from './open-world.ts'
import { checkOptions, type MockOptions } from './options.ts'
import { Pages } from './page/pages.ts'
import { exampleSeed } from './seed/example-seed.ts'
import { plant } from './seed/plant.ts'
import { MockServer } from './server/mock-server.ts'
import { type LoggedRequest, RequestLog } from './server/request-log.ts'
import type { Rows } from './store/store.ts'

/** A state to go back to. What is in it is of no concern. */
export type MockSnapshot = Rows

/** A mock server that is running. */
export interface Mock {
  /** Where it is: `http://127.0.0.1:4010`. The client takes it as `baseUrl`. */
  readonly url: string
  readonly port: number
  /** The last 200 requests, the oldest first. */
  readonly requests: readonly LoggedRequest[]
  /** Goes back to the seed, and forgets the requests. */
  reset(): void
  /** Everything as it is now. The bytes of its files are kept until the server stops. */
  snapshot(): MockSnapshot
  /** Goes back to a snapshot. */
  restore(snapshot: MockSnapshot): void
  /** Ends every connection and lets go of everything. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts a mock server of the ABEJA Platform's Datalake and Trigger APIs.
 *
 * @example
 * const mock = await startMock()
 * const abeja = new AbejaClient({ baseUrl: mock.url, organizationId: '1234567890123', credential: { authToken: 'any' } })
 * await mock.stop()
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  checkOptions(options)
  const { port = 0, host = '127.0.0.1', credentials, strict = false, onViolation } = options
  const accepted = typeof credentials === 'string' ? await readCredentials(credentials) : credentials
  const prism = await PrismEngine.load()
  const open = options.static ? undefined : await openWorld(options)
  try {
    const log = new RequestLog()
    const world = open?.world
    const reset = () => {
      if (open) {
        open.world.restore(open.seeded)
        // They count from the seed, and it is planted now.
        open.world.renewLifetimes()
      }
      log.clear()
    }
    const api = new Api(prism, world, { strict, onViolation })
    const seed = async () => open && plant(exampleSeed(), open.world.store, open.world)
    const pages = new Pages({ world, log, reset, seed })
    const check = new CredentialCheck(accepted, world?.store)
    const server = new MockServer({ api, world, pages, credentials: check, log, options })
    const address = await server.listen(port, host)
    const stop = once(async () => {
      pages.close()
      await server.close()
      await open?.close()
    })
    return {
      url: urlOf(address, host),
      port: address.port,
      get requests() {
        return log.entries
      },
      reset,
      snapshot: () => open?.world.snapshot() ?? {},
      restore: (snapshot) => open?.world.restore(snapshot),
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await open?.close()
    throw error
  }
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => (done ??= act())
}

/** A URL that works from this machine, also where the server listens on every address. */
function urlOf({ address, family, port }: AddressInfo, host: string): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`
}
