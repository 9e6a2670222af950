import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { RequestLog } from '../server/request-log.ts'
import type { Rows } from '../store/store.ts'
import type { World } from '../world.ts'

export interface ControlParts {
  /** Absent in static mode. */
  readonly world: World | undefined
  readonly log: RequestLog
  readonly reset: () => void
  readonly seed: () => Promise<void>
}

/** What the server did, and what there is to tell. */
export interface Controlled {
  readonly status: number
  readonly body?: unknown
}

/** What a test in another process can do with the server: much the same as `Mock` offers to one in this process. */
export class Control {
  readonly #parts: ControlParts
  /** The hashes of the snapshots that were given out. No other can be restored: nobody checks what is in them. */
  readonly #snapshots = new Set<string>()

  constructor(parts: ControlParts) {
    this.#parts = parts
  }

  /** Carries out what a method and a path ask for. Answers nothing if that is none of this. */
  act(route: string, request: IncomingMessage): Promise<Controlled> | undefined {
    switch (route) {
      case 'POST /_mock/reset':
        return this.#done(request, this.#parts.reset)
      case 'POST /_mock/seed':
        return this.#done(request, this.#parts.seed)
      case 'GET /_mock/requests':
        return Promise.resolve({ status: 200, body: this.#parts.log.entries })
      case 'GET /_mock/snapshot':
        return Promise.resolve({ status: 200, body: this.#snapshot() })
      case 'PUT /_mock/snapshot':
        return this.#restore(request)
      default:
        return undefined
    }
  }

  async #done(request: IncomingMessage, action: () => void | Promise<void>): Promise<Controlled> {
    await text(request)
    await action()
    return { status: 204 }
  }

  #snapshot(): Rows {
    const rows = this.#parts.world?.snapshot() ?? {}
    this.#snapshots.add(hashOf(rows))
    return rows
  }

  async #restore(request: IncomingMessage): Promise<Controlled> {
    const rows = rowsIn(await text(request))
    if (rows === undefined || !this.#snapshots.has(hashOf(rows))) {
      return { status: 400, body: { error: 'this is no snapshot that this server has given out' } }
    }
    this.#parts.world?.restore(rows)
    return { status: 204 }
  }
}

/** Whether a request is from no web page. A browser puts one of these into what a page of another site can send. */
export function isFromProgram(headers: IncomingHttpHeaders): boolean {
  return headers.origin === undefined && headers['sec-fetch-site'] === undefined
}

function hashOf(rows: Rows): string {
  return createHash('sha256').update(JSON.stringify(rows)).digest('base64')
}

function rowsIn(json: string): Rows | undefined {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
