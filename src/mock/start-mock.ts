import type { AddressInfo } from 'node:net'
import { Api } from './api/api.ts'
import { CredentialCheck, readCredentials } from './api/credential-check.ts'
import { PrismEngine } from './api/prism.ts'
import { openWorld } from './open-world.ts'
import { checkOptions, type MockOptions } from './options.ts'
import { Pages } from './page/pages.ts'
import { Core } from './server/core.ts'
import { fetchOf } from './server/fetch.ts'
import { MockServer } from './server/mock-server.ts'
import type { LoggedRequest } from './server/request-log.ts'
import type { Rows } from './store/store.ts'
import { MockClock } from './workspace/mock-clock.ts'
import { Workspace } from './workspace/workspace.ts'
import { newWorkspaceName, Workspaces, workspaceHeader } from './workspace/workspaces.ts'

/** A state to go back to. Its contents are not part of the interface. */
export type MockSnapshot = Rows

/** State, request log and clock of its own, in a mock that may hold many of them. */
export interface MockWorkspace {
  readonly name: string
  /** The header that sends a request to this workspace: `{ 'x-mock-workspace': name }`. */
  readonly headers: Readonly<Record<string, string>>
  /** Responds to a request without a network, as the server would. The client takes it as `fetch`. */
  readonly fetch: typeof fetch
  /** The time of this workspace. */
  readonly clock: MockClock
  /** The last 200 requests, the oldest first. */
  readonly requests: readonly LoggedRequest[]
  /** Restores the seed and the time of the server, and clears the requests. */
  reset(): void
  /** Everything as it is now. The bytes of its files are kept until the mock stops. */
  snapshot(): MockSnapshot
  /** Goes back to a snapshot of this workspace. */
  restore(snapshot: MockSnapshot): void
}

/** A mock without a port. */
export interface InProcessMock extends MockWorkspace {
  /**
   * A workspace: the one with `name`, or a new one. It begins with the seed when it is first used. Close it when it is
   * no longer needed.
   *
   * @example
   * const workspace = mock.workspace()
   * const abeja = new AbejaClient({ fetch: workspace.fetch, organizationId: '1234567890123', credential: { authToken: 'any' } })
   */
  workspace(name?: string): ClosableWorkspace
  /** Ends every connection and releases everything. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A workspace beside the default one. */
export interface ClosableWorkspace extends MockWorkspace {
  /** The base URL that leads to this workspace. Only its path where the mock has no port. */
  readonly url: string
  /** Discards everything that is stored in it. Using it again begins with the seed. */
  close(): void
}

/** A mock server that is running. */
export interface Mock extends InProcessMock {
  /** Its address, such as `http://127.0.0.1:4010`. The client takes it as `baseUrl`. */
  readonly url: string
  readonly port: number
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
  const { port = 0, host = '127.0.0.1' } = options
  const parts = await assemble(options)
  const { core, workspaces, release } = parts
  try {
    const server = new MockServer(core, (entry) => core.note(workspaces.default, entry))
    const address = await server.listen(port, host)
    const stop = once(async () => {
      parts.pages.close()
      await server.close()
      await release()
    })
    const url = urlOf(address, host)
    return withProperties(inProcess(parts, url, stop), { url, port: address.port })
  } catch (error) {
    await release()
    throw error
  }
}

/**
 * Makes the same mock without a port: its `fetch` takes a standard `Request` and returns a `Response`.
 *
 * @example
 * const mock = await createMock()
 * const abeja = new AbejaClient({ fetch: mock.fetch, organizationId: '1234567890123', credential: { authToken: 'any' } })
 * await mock.stop()
 */
export async function createMock(options: Omit<MockOptions, 'port' | 'host'> = {}): Promise<InProcessMock> {
  const parts = await assemble(options)
  const stop = once(async () => {
    parts.pages.close()
    await parts.release()
  })
  return inProcess(parts, '', stop)
}

interface Parts {
  readonly core: Core
  readonly workspaces: Workspaces
  readonly pages: Pages
  release(): Promise<void>
}

async function assemble(options: MockOptions): Promise<Parts> {
  checkOptions(options)
  const { credentials, strict = false, onViolation, clock: source = Date.now } = options
  const accepted = typeof credentials === 'string' ? await readCredentials(credentials) : credentials
  const prism = await PrismEngine.load()
  const defaultClock = new MockClock(source)
  const open = options.static ? undefined : await openWorld(options, defaultClock.now)
  const workspaceOf = (name: string, prefix: string, clock: MockClock, world = open?.fork(clock.now)) => {
    const api = new Api(prism, world, { strict, onViolation })
    const check = new CredentialCheck(accepted, world?.store)
    return new Workspace(name, prefix, { clock, api, credentials: check, world, seeded: open?.seeded ?? {} })
  }
  const workspaces = new Workspaces(
    (name, prefix) => {
      const workspace = workspaceOf(name, prefix, new MockClock(source))
      workspace.reset()
      return workspace
    },
    workspaceOf('default', '', defaultClock, open?.world),
  )
  const pages = new Pages()
  const release = async () => open?.close()
  return { core: new Core(workspaces, pages, options), workspaces, pages, release }
}

function inProcess({ core, workspaces }: Parts, url: string, stop: () => Promise<void>): InProcessMock {
  return withProperties(handleOf(core, workspaces, workspaces.default.name), {
    workspace: (name: string = newWorkspaceName()) =>
      withProperties(handleOf(core, workspaces, name), {
        url: url + workspaces.prefixOf(name),
        close: () => void workspaces.close(name),
      }),
    stop,
    [Symbol.asyncDispose]: stop,
  })
}

function handleOf(core: Core, workspaces: Workspaces, name: string): MockWorkspace {
  const headers = { [workspaceHeader]: name }
  return {
    name,
    headers,
    fetch: fetchOf(core, headers),
    get clock() {
      return workspaces.get(name).clock
    },
    get requests() {
      return workspaces.get(name).log.entries
    },
    reset: () => workspaces.get(name).reset(),
    snapshot: () => workspaces.get(name).snapshot(),
    restore: (snapshot) => workspaces.get(name).restore(snapshot),
  }
}

/** Adds properties to an object. A spread would read its getters. */
function withProperties<Base extends object, Added extends object>(base: Base, added: Added): Base & Added {
  return Object.assign(base, added)
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
