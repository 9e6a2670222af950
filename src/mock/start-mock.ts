import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Api } from './api/api.ts'
import { CredentialCheck, readCredentials } from './api/credential-check.ts'
import { PrismEngine } from './api/prism.ts'
import { Control } from './control/control.ts'
import { type Har, harOf } from './control/har.ts'
import { Snapshots } from './control/snapshots.ts'
import { openState } from './open-state.ts'
import { checkOptions, type MockOptions } from './options.ts'
import { Pages } from './page/pages.ts'
import { ContractProxy } from './proxy/contract-proxy.ts'
import { SeedRecorder } from './proxy/seed-recorder.ts'
import { checkSeed } from './seed/read-seed.ts'
import type { Seed } from './seed/seed.ts'
import { AccessPolicy } from './server/access-policy.ts'
import { makeCertificate } from './server/certificate.ts'
import { Core } from './server/core.ts'
import { fetchOf } from './server/fetch.ts'
import { MockServer } from './server/mock-server.ts'
import type { LoggedRequest } from './server/request-log.ts'
import type { Rows } from './store/store.ts'
import type { FaultScripts } from './workspace/fault-scripts.ts'
import { MockClock } from './workspace/mock-clock.ts'
import { Workspace } from './workspace/workspace.ts'
import { newWorkspaceName, Workspaces, workspaceHeader } from './workspace/workspaces.ts'

/** A state to restore. Its contents are not part of the interface. */
export type MockSnapshot = Rows

/** A state, request log, clock and faults of its own, in a mock that may hold many of them. */
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
  /** The faults that the next requests meet. */
  readonly faults: FaultScripts
  /** The requests in the HTTP Archive format. */
  har(): Har
  /** Restores the seed with its faults and the time of the server, and clears the requests. */
  reset(): void
  /** The current state. The bytes of its files are kept until the mock stops. */
  snapshot(): MockSnapshot
  /** Restores a snapshot of this workspace. */
  restore(snapshot: MockSnapshot): void
  /** Gives a run a status for good, such as `FAILED`. Returns whether there is such a run. */
  setRunStatus(runId: string, status: string): boolean
  /** The state as a seed, for another process or machine. */
  exportSeed(): Promise<Seed>
  /** Replaces the state by a seed. `reset()` still restores the first seed. */
  loadSeed(seed: Seed): Promise<void>
  /** Saves the state under a name, in `snapshotDir`. It survives the process and can be copied to another machine. */
  saveSnapshot(name: string): Promise<void>
  /** Loads the state that was saved under a name. */
  loadSnapshot(name: string): Promise<void>
  /** The names of the saved states. */
  snapshots(): Promise<string[]>
}

/** A mock without a port. */
export interface InProcessMock extends MockWorkspace {
  /**
   * A workspace: the one with `name`, or a new one. It starts with the seed when it is first used. Close it when it is
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
  /** Discards everything that is stored in it. Using it again starts with the seed. */
  close(): void
}

/** A mock server that is running. */
export interface Mock extends InProcessMock {
  /** Its address, such as `http://127.0.0.1:4010`. The client takes it as `baseUrl`. */
  readonly url: string
  readonly port: number
  /** The certificate (PEM) with the option `tls`: pass it as `ca` to a client. */
  readonly certificate: string | undefined
  /** Lets the process end although the server is running. */
  unref(): void
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
  const checked = checkOptions(options)
  const { port = 0, host = '127.0.0.1', tls = false } = checked
  const parts = await assemble(checked)
  const { core, workspaces, release } = parts
  try {
    const certificate = tls === true ? await makeCertificate(host) : tls || undefined
    const note = (entry: LoggedRequest) => core.note(workspaces.default, entry)
    const server = new MockServer(core, new AccessPolicy(checked), note, certificate)
    const address = await server.listen(port, host)
    const stop = once(async () => {
      core.stop()
      parts.pages.close()
      await server.close()
      await release()
    })
    const url = urlOf(certificate ? 'https' : 'http', address, host)
    const more = { url, port: address.port, certificate: certificate?.cert, unref: () => server.unref() }
    return withProperties(inProcess(parts, url, stop), more)
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
export async function createMock(options: Omit<MockOptions, 'port' | 'host' | 'tls'> = {}): Promise<InProcessMock> {
  const parts = await assemble(checkOptions(options))
  const stop = once(async () => {
    parts.core.stop()
    parts.pages.close()
    await parts.release()
  })
  return inProcess(parts, '', stop)
}

interface Parts {
  readonly core: Core
  readonly workspaces: Workspaces
  readonly pages: Pages
  readonly named: Snapshots
  release(): Promise<void>
}

async function assemble(options: MockOptions): Promise<Parts> {
  const { credentials, strict = false, onViolation, clock: source = Date.now, dataDir } = options
  const { snapshotDir = dataDir === undefined ? undefined : join(dataDir, 'snapshots') } = options
  const accepted = typeof credentials === 'string' ? await readCredentials(credentials) : credentials
  const prism = await PrismEngine.load()
  const defaultClock = new MockClock(source)
  const open = options.static || options.proxy !== undefined ? undefined : await openState(options, defaultClock.now)
  const faults = [...(open?.faults ?? []), ...(options.faults ?? [])]
  const workspaceOf = (name: string, prefix: string, clock: MockClock, state = open?.fork(clock.now)) => {
    const api = new Api(prism, state, { strict, onViolation })
    const check = new CredentialCheck(accepted, state?.store)
    const seeded = open?.seeded ?? {}
    return new Workspace(name, prefix, { clock, api, credentials: check, state, seeded, faults })
  }
  const workspaces = new Workspaces(
    (name, prefix) => {
      const workspace = workspaceOf(name, prefix, new MockClock(source))
      workspace.reset()
      return workspace
    },
    workspaceOf('default', '', defaultClock, open?.state),
  )
  const named = new Snapshots(snapshotDir)
  const pages = new Pages(new Control(workspaces, named))
  const recorder = options.record === undefined ? undefined : new SeedRecorder(options.record)
  const { proxy: upstream, fail = false } = options
  const proxy = upstream === undefined ? undefined : await ContractProxy.open(upstream, fail, recorder)
  const release = async () => {
    recorder?.write()
    await open?.close()
  }
  return { core: new Core(workspaces, pages, options, proxy), workspaces, pages, named, release }
}

function inProcess(parts: Parts, url: string, stop: () => Promise<void>): InProcessMock {
  const { workspaces } = parts
  return withProperties(handleOf(parts, url, workspaces.default.name), {
    workspace: (name: string = newWorkspaceName()) =>
      withProperties(handleOf(parts, url, name), {
        url: url + workspaces.prefixOf(name),
        close: () => void workspaces.close(name),
      }),
    stop,
    [Symbol.asyncDispose]: stop,
  })
}

function handleOf({ core, workspaces, named }: Parts, url: string, name: string): MockWorkspace {
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
    get faults() {
      return workspaces.get(name).faults
    },
    har: () => harOf(workspaces.get(name).log.entries, (url || 'http://mock.invalid') + workspaces.prefixOf(name)),
    reset: () => workspaces.get(name).reset(),
    snapshot: () => workspaces.get(name).snapshot(),
    restore: (snapshot) => workspaces.get(name).restore(snapshot),
    setRunStatus: (runId, status) => workspaces.get(name).setRunStatus(runId, status),
    exportSeed: () => workspaces.get(name).exportSeed(),
    loadSeed: async (seed) => workspaces.get(name).load(checkSeed(seed, 'seed: the object')),
    saveSnapshot: async (snapshot) => named.save(snapshot, await workspaces.get(name).exportSeed()),
    loadSnapshot: async (snapshot) => workspaces.get(name).load(await named.read(snapshot)),
    snapshots: () => named.names(),
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
function urlOf(scheme: 'http' | 'https', { address, family, port }: AddressInfo, host: string): string {
  if (host === '0.0.0.0' || host === '::') return `${scheme}://127.0.0.1:${port}`
  return family === 'IPv6' ? `${scheme}://[${address}]:${port}` : `${scheme}://${address}:${port}`
}
