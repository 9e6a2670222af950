import type { ServerResponse } from 'node:http'
import { progressOf } from '../runs.ts'
import type { RequestLog } from '../server/request-log.ts'
import type { World } from '../world.ts'

/** No more often than this a page is told that something changed. */
const pause = 150
/** How often time alone is looked at: runs go on and lifetimes end without a request. */
const tick = 1000

/** Tells open pages that there is something new. It costs nothing as long as no page is open. */
export class EventStream {
  readonly #pages = new Set<ServerResponse>()
  readonly #world: World | undefined
  #timer: NodeJS.Timeout | undefined
  #ticker: NodeJS.Timeout | undefined
  /** How the runs stood when the pages were last told. */
  #told = ''

  constructor(world: World | undefined, log: RequestLog) {
    this.#world = world
    world?.store.onChange(() => this.#changed())
    log.onEntry(() => this.#changed())
  }

  open(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    if (response.req.method === 'HEAD') {
      response.end()
      return
    }
    response.write('retry: 1000\n\n')
    this.#pages.add(response)
    this.#ticker ??= setInterval(() => this.#look(), tick).unref()
    response.on('close', () => {
      this.#pages.delete(response)
      if (this.#pages.size === 0) this.close()
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#ticker)
    this.#timer = undefined
    this.#ticker = undefined
  }

  #changed(): void {
    if (this.#pages.size === 0) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#told = this.#unfinished()
      for (const page of this.#pages) page.write('data: changed\n\n')
    }, pause).unref()
  }

  #look(): void {
    this.#world?.expire()
    if (this.#unfinished() !== this.#told) this.#changed()
  }

  #unfinished(): string {
    const { store, clock, runTimes } = this.#world ?? {}
    if (!store || !clock || !runTimes) return ''
    const now = clock()
    const statuses = store.runs.all().map((run) => progressOf(run, now, runTimes).status)
    return statuses.filter((status) => status !== 'SUCCEEDED').join()
  }
}
