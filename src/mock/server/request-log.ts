import type { Violation } from '../api/violation.ts'
import type { OperationId } from '../description.ts'
import type { LoggedMessage } from './exchange.ts'
import { printable } from './printable.ts'

/** A request that was responded to. Credentials, signatures and secrets in it are redacted. */
export interface LoggedRequest {
  readonly time: number
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly operationId: OperationId | undefined
  readonly status: number
  readonly durationMs: number
  /** What was wrong with the request, or with the response. */
  readonly violations: readonly Violation[]
  /** Absent for what never became a request. */
  readonly request?: LoggedMessage
  readonly response?: LoggedMessage
}

/** So many requests are remembered. */
const longest = 200

export class RequestLog {
  readonly #listeners = new Set<(entry: LoggedRequest) => void>()
  #entries: LoggedRequest[] = []

  add(entry: LoggedRequest): void {
    this.#entries.push(entry)
    if (this.#entries.length > longest) this.#entries.shift()
    for (const listener of this.#listeners) listener(entry)
  }

  /** Oldest first. */
  get entries(): readonly LoggedRequest[] {
    return this.#entries
  }

  clear(): void {
    this.#entries = []
  }

  onEntry(listener: (entry: LoggedRequest) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

/** A line for the terminal: `POST /channels/1/upload 200 12 ms`. */
export function lineOf({ method, target, status, durationMs, violations }: LoggedRequest): string {
  const lines = violations.map(({ location, message }) => `\n    ${printable(`${location.join('.')}: ${message}`)}`)
  return `${printable(`${method} ${target}`)} ${status} ${durationMs} ms${lines.join('')}`
}
