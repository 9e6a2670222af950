import { PassThrough } from 'node:stream'
import { progressOf } from '../runs.ts'
import type { MockResponse } from '../server/message.ts'
import type { Workspace } from '../workspace/workspace.ts'

/** The shortest time between two notices to a page. */
const pause = 150
/** How often time alone is looked at: runs go on and lifetimes end without a request. */
const tick = 1000

/** Tells the open pages of a workspace that there is something new. It costs nothing as long as no page is open. */
export class EventStream {
  readonly #pages = new Set<PassThrough>()
  readonly #workspace: Workspace
  #timer: NodeJS.Timeout | undefined
  #ticker: NodeJS.Timeout | undefined
  /** The status of the runs at the last notice to the pages. */
  #notified = ''

  constructor(workspace: Workspace) {
    this.#workspace = workspace
    workspace.state?.store.onChange(() => this.#changed())
    workspace.log.onEntry(() => this.#changed())
    workspace.clock.onChange(() => this.#changed())
    workspace.faults.onChange(() => this.#changed())
  }

  open(): MockResponse {
    const page = new PassThrough()
    page.write('retry: 1000\n\n')
    this.#pages.add(page)
    this.#ticker ??= setInterval(() => this.#look(), tick).unref()
    page.on('close', () => {
      this.#pages.delete(page)
      if (this.#pages.size === 0) this.#stopTimers()
    })
    return { status: 200, headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }, body: page }
  }

  close(): void {
    this.#stopTimers()
    for (const page of this.#pages) page.destroy()
  }

  #stopTimers(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#ticker)
    this.#timer = undefined
    this.#ticker = undefined
  }

  #changed(): void {
    if (this.#pages.size === 0) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#notified = this.#unfinished()
      for (const page of this.#pages) page.write('data: changed\n\n')
    }, pause).unref()
  }

  #look(): void {
    this.#workspace.state?.expire()
    if (this.#unfinished() !== this.#notified) this.#changed()
  }

  #unfinished(): string {
    const { store, clock, runTimes } = this.#workspace.state ?? {}
    if (!store || !clock || !runTimes) return ''
    const now = clock()
    const statuses = store.runs.all().map((run) => progressOf(run, now, runTimes).status)
    return statuses.filter((status) => status !== 'SUCCEEDED').join()
  }
}
