import type { Api } from '../api/api.ts'
import type { CredentialCheck } from '../api/credential-check.ts'
import type { MockState } from '../mock-state.ts'
import { exampleSeed } from '../seed/example-seed.ts'
import { exportSeed } from '../seed/export-seed.ts'
import { loadSeed } from '../seed/load-seed.ts'
import type { Seed } from '../seed/seed.ts'
import { RequestLog } from '../server/request-log.ts'
import { type Rows, Store } from '../store/store.ts'
import type { FaultScript } from './fault-script.ts'
import { FaultScripts } from './fault-scripts.ts'
import type { MockClock } from './mock-clock.ts'

/** What a workspace is made of. */
export interface WorkspaceParts {
  readonly clock: MockClock
  readonly api: Api
  readonly credentials: CredentialCheck
  /** Absent in static mode. */
  readonly state: MockState | undefined
  /** The rows that a reset restores. */
  readonly seeded: Rows
  /** The faults of the seed. */
  readonly faults: readonly FaultScript[]
}

/** A state, request log, clock and faults of its own in a server. Nothing in it is visible from another workspace. */
export class Workspace {
  readonly name: string
  /** What paths begin with that lead here: `/_workspaces/<name>`, or nothing for the default workspace. */
  readonly prefix: string
  readonly log = new RequestLog()
  readonly clock: MockClock
  readonly faults: FaultScripts
  readonly api: Api
  readonly credentials: CredentialCheck
  readonly state: MockState | undefined
  readonly #seeded: Rows

  constructor(name: string, prefix: string, { clock, api, credentials, state, seeded, faults }: WorkspaceParts) {
    this.name = name
    this.prefix = prefix
    this.clock = clock
    this.faults = new FaultScripts(faults)
    this.api = api
    this.credentials = credentials
    this.state = state
    this.#seeded = seeded
  }

  /** Restores the seed with its faults and the time of the server, and clears the request log. */
  reset(): void {
    this.faults.reset()
    this.clock.reset()
    this.state?.restore(this.#seeded)
    // They count from the time at which the seed is loaded, which is now.
    this.state?.renewLifetimes()
    this.log.clear()
  }

  /** Adds the examples of the description to what is stored. */
  async addExamples(): Promise<void> {
    if (this.state) await loadSeed(exampleSeed(), this.state.store, this.state)
  }

  /** Releases the bytes of its files. Nothing can be done with it afterwards. */
  discard(): void {
    this.state?.restore({})
  }

  /** Puts the contents of a seed, and its faults, in the place of everything that is stored. */
  async load(seed: Seed): Promise<void> {
    if (!this.state) return
    const store = new Store()
    await loadSeed(seed, store, this.state)
    this.state.restore(store.rows())
    this.faults.clear()
    for (const script of seed.faults ?? []) this.faults.add(script)
  }

  /** Gives a run a status for good, such as `FAILED`. Returns whether there is such a run. */
  setRunStatus(runId: string, status: string): boolean {
    const { store } = this.state ?? {}
    const run = store?.runs.all().find(({ run_id }) => run_id === runId)
    if (!store || !run) return false
    store.transaction(() => store.runs.put({ ...run, status }))
    return true
  }

  /** Everything that is stored, as a seed. */
  async exportSeed(): Promise<Seed> {
    return this.state ? exportSeed(this.state.store, this.state.blobs) : {}
  }

  snapshot(): Rows {
    return this.state?.snapshot() ?? {}
  }

  restore(rows: Rows): void {
    this.state?.restore(rows)
  }
}
