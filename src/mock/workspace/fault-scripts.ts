import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { routablePath } from '../api/api-path.ts'
import { operationIdOf } from '../description.ts'
import type { MockRequest } from '../server/message.ts'
import type { RequestTarget } from '../server/request-target.ts'
import { storagePath } from '../storage/signed-urls.ts'
import { type FaultMatch, type FaultOperation, type FaultScript, readFaultScript } from './fault-script.ts'

/** A fault script that waits for requests. */
export interface PlannedFault extends FaultScript {
  readonly id: string
  /** How many more requests it meets. */
  readonly remaining: number
}

/** Each request is compared with all of them, and the page shows all of them. */
const mostPlanned = 1000

/** The faults that the next requests of a workspace meet, in the order in which they were added. */
export class FaultScripts {
  readonly #initial: readonly FaultScript[]
  #planned: PlannedFault[] = []
  readonly #listeners = new Set<() => void>()

  /** `initial` are those of the seed. */
  constructor(initial: readonly FaultScript[]) {
    this.#initial = initial
    for (const script of initial) this.add(script)
  }

  /** Adds a fault. Throws a RangeError that names what is wrong with it. */
  add(script: FaultScript): PlannedFault {
    if (this.#planned.length >= mostPlanned) {
      throw new RangeError(`No more than ${mostPlanned} faults can be planned. Use "times" for repeated ones.`)
    }
    const checked = readFaultScript(script)
    const planned = { ...checked, id: randomUUID(), remaining: checked.times ?? 1 }
    this.#planned.push(planned)
    this.#changed()
    return planned
  }

  /** Those that still wait for requests. */
  get planned(): readonly PlannedFault[] {
    return this.#planned
  }

  /** Removes the fault with an id. Returns whether there was one. */
  remove(id: string): boolean {
    const before = this.#planned.length
    this.#planned = this.#planned.filter((fault) => fault.id !== id)
    if (this.#planned.length < before) this.#changed()
    return this.#planned.length < before
  }

  clear(): void {
    this.#planned = []
    this.#changed()
  }

  /** @internal Puts back the faults of the seed. */
  reset(): void {
    this.clear()
    for (const script of this.#initial) this.add(script)
  }

  /** @internal The fault that a request meets, which counts as used. */
  take(request: MockRequest, target: RequestTarget): PlannedFault | undefined {
    if (this.#planned.length === 0) return undefined
    const operation = operationOf(request.method, target.path)
    const found = this.#planned.find((fault) => {
      return (fault.operation === undefined || fault.operation === operation) && matches(fault.match, request, target)
    })
    if (found === undefined) return undefined
    const left = { ...found, remaining: found.remaining - 1 }
    this.#planned = this.#planned.flatMap((fault) => (fault !== found ? [fault] : left.remaining > 0 ? [left] : []))
    this.#changed()
    return found
  }

  /** @internal Calls `listener` whenever a fault is added, used or removed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

function operationOf(method: string, path: string): FaultOperation | undefined {
  if (!path.startsWith(storagePath)) return operationIdOf(method === 'HEAD' ? 'GET' : method, routablePath(path))
  return path.startsWith(`${storagePath}upload/`) ? 'upload' : 'download'
}

function matches(
  { method, path, query = {}, headers = {} }: FaultMatch = {},
  request: MockRequest,
  target: RequestTarget,
): boolean {
  return (
    (method === undefined || method.toUpperCase() === request.method) &&
    (path === undefined || isLike(path, target.path)) &&
    Object.entries(query).every(([name, value]) => target.query.getAll(name).some((sent) => isLike(value, sent))) &&
    Object.entries(headers).every(([name, value]) => isHeaderLike(request.headers, name, value))
  )
}

function isHeaderLike(headers: IncomingHttpHeaders, name: string, pattern: string): boolean {
  const sent = Object.hasOwn(headers, name.toLowerCase()) ? headers[name.toLowerCase()] : undefined
  return sent !== undefined && isLike(pattern, String(sent))
}

/** Whether a text matches a pattern in which `*` matches any text. Linear: each part is searched for once. */
function isLike(pattern: string, text: string): boolean {
  const [first = '', ...parts] = pattern.split('*')
  const last = parts.pop()
  if (last === undefined) return pattern === text
  if (!text.startsWith(first)) return false
  let position = first.length
  for (const part of parts) {
    const found = text.indexOf(part, position)
    if (found < 0) return false
    position = found + part.length
  }
  return text.length - last.length >= position && text.endsWith(last)
}
