import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { version } from '../../../generated/version.ts'
import { HttpError } from '../api/http-error.ts'
import { parseBoundedJson } from '../bounded-json.ts'
import { checkSeed } from '../seed/read-seed.ts'
import type { Seed } from '../seed/seed.ts'
import { emptyResponse, jsonResponse, type MockRequest, type MockResponse } from '../server/message.ts'
import type { Rows } from '../store/store.ts'
import { type FaultScript, readFaultScript } from '../workspace/fault-script.ts'
import type { MockClock } from '../workspace/mock-clock.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { newWorkspaceName, type Workspaces, workspaceHeader } from '../workspace/workspaces.ts'
import { harOf } from './har.ts'
import type { Snapshots } from './snapshots.ts'

interface Call {
  readonly request: MockRequest
  readonly workspace: Workspace
  /** The part of the path after a resource's name, decoded. */
  readonly name: string
  /** Where the client sees the server, without the prefix of a workspace. */
  readonly serverUrl: string
}

type Route = (call: Call) => MockResponse | Promise<MockResponse>

/** What a test in another process can do with the server: the methods of `Mock` over HTTP. */
export class Control {
  readonly #workspaces: Workspaces
  readonly #snapshots: Snapshots
  /** The hashes of the anonymous snapshots that were given out. No other can be restored: nobody checks what is in them. */
  readonly #hashes = new Set<string>()

  readonly #routes: Readonly<Record<string, Route>> = {
    'GET /_mock/ready': () => jsonResponse({ status: 'ready', version }),

    'POST /_mock/reset': async ({ request, workspace }) => {
      await text(request)
      workspace.reset()
      return emptyResponse(204)
    },

    'POST /_mock/seed': async ({ request, workspace }) => {
      await text(request)
      await workspace.addExamples()
      return emptyResponse(204)
    },
    'GET /_mock/seed': async ({ workspace }) => jsonResponse(await workspace.exportSeed()),
    'PUT /_mock/seed': async ({ request, workspace }) => {
      await workspace.load(seedFrom(await jsonIn(request)))
      return emptyResponse(204)
    },

    'GET /_mock/requests': ({ workspace }) => jsonResponse(workspace.log.entries),
    'DELETE /_mock/requests': async ({ request, workspace }) => {
      await text(request)
      workspace.log.clear()
      return emptyResponse(204)
    },
    'GET /_mock/requests.har': ({ workspace, serverUrl }) =>
      jsonResponse(harOf(workspace.log.entries, serverUrl + workspace.prefix), 200, {
        'content-disposition': 'attachment; filename="mock-requests.har"',
      }),

    'GET /_mock/clock': ({ workspace }) => clockResponse(workspace.clock),
    'PUT /_mock/clock': async ({ request, workspace }) => {
      moveClock(workspace.clock, await jsonIn(request))
      return clockResponse(workspace.clock)
    },

    'GET /_mock/faults': ({ workspace }) => jsonResponse(workspace.faults.planned),
    'POST /_mock/faults': async ({ request, workspace }) => {
      const scripts = faultsFrom(await jsonIn(request))
      const planned = scripts.map((script) => workspace.faults.add(script))
      return jsonResponse(planned, 201)
    },
    'DELETE /_mock/faults': async ({ request, workspace }) => {
      await text(request)
      workspace.faults.clear()
      return emptyResponse(204)
    },
    'DELETE /_mock/faults/*': async ({ request, workspace, name }) => {
      await text(request)
      return workspace.faults.remove(name) ? emptyResponse(204) : missing(`fault "${name}"`)
    },

    'PUT /_mock/runs/*': async ({ request, workspace, name }) => {
      const { status } = objectIn(await jsonIn(request), ['status'])
      if (typeof status !== 'string' || status === '') throw new RangeError('status must be a text such as FAILED')
      return workspace.setRunStatus(name, status) ? emptyResponse(204) : missing(`run "${name}"`)
    },

    'GET /_mock/workspaces': ({ serverUrl }) =>
      jsonResponse(this.#workspaces.all.map((workspace) => workspaceView(workspace, serverUrl))),
    'POST /_mock/workspaces': async ({ request, serverUrl }) => {
      const name = workspaceNameFrom(await jsonIn(request))
      const isNew = !this.#workspaces.has(name)
      return jsonResponse(workspaceView(this.#workspaces.get(name), serverUrl), isNew ? 201 : 200)
    },
    'DELETE /_mock/workspaces/*': async ({ request, name }) => {
      await text(request)
      return this.#workspaces.close(name) ? emptyResponse(204) : missing(`workspace "${name}"`)
    },

    'GET /_mock/snapshots': async () => jsonResponse(await this.#snapshots.names()),
    'GET /_mock/snapshots/*': async ({ name }) => jsonResponse(await this.#snapshots.read(name)),
    'PUT /_mock/snapshots/*': async ({ request, workspace, name }) => {
      const json = await jsonIn(request)
      await this.#snapshots.save(name, json === undefined ? await workspace.exportSeed() : seedFrom(json))
      return emptyResponse(204)
    },
    'POST /_mock/snapshots/*': async ({ request, workspace, name }) => {
      await text(request)
      await workspace.load(await this.#snapshots.read(name))
      return emptyResponse(204)
    },
    'DELETE /_mock/snapshots/*': async ({ request, name }) => {
      await text(request)
      return (await this.#snapshots.remove(name)) ? emptyResponse(204) : missing(`snapshot "${name}"`)
    },

    'GET /_mock/snapshot': ({ workspace }) => {
      const rows = workspace.snapshot()
      this.#hashes.add(hashOf(rows))
      return jsonResponse(rows)
    },
    'PUT /_mock/snapshot': async ({ request, workspace }) => {
      const rows = rowsIn(await text(request))
      if (rows === undefined || !this.#hashes.has(hashOf(rows))) {
        return jsonResponse({ error: 'Unknown snapshot: pass the response of GET /_mock/snapshot of this server' }, 400)
      }
      workspace.restore(rows)
      return emptyResponse(204)
    },
  }

  constructor(workspaces: Workspaces, snapshots: Snapshots) {
    this.#workspaces = workspaces
    this.#snapshots = snapshots
  }

  /** What responds to a method and a path, if it is one of these. */
  route(method: string, path: string): ((call: Omit<Call, 'name'>) => Promise<MockResponse>) | undefined {
    const [, collection = '', name] = /^(\/_mock\/(?:faults|runs|workspaces|snapshots))\/([^/]+)$/.exec(path) ?? []
    const key = name === undefined ? `${method} ${path}` : `${method} ${collection}/*`
    const route = Object.hasOwn(this.#routes, key) ? this.#routes[key] : undefined
    return route && ((call) => responseOf(route, { ...call, name: decoded(name ?? '') }))
  }
}

/** Whether a request is from no web page. A browser puts one of these into what a page of another site can send. */
export function isFromProgram(headers: IncomingHttpHeaders): boolean {
  return headers.origin === undefined && headers['sec-fetch-site'] === undefined
}

/** A response; to a mistake of the caller's one that says what is wrong. */
async function responseOf(route: Route, call: Call): Promise<MockResponse> {
  try {
    return await route(call)
  } catch (error) {
    if (error instanceof HttpError) return jsonResponse({ error: error.message }, error.status)
    if (error instanceof RangeError) return jsonResponse({ error: error.message }, 400)
    throw error
  }
}

function missing(what: string): MockResponse {
  return jsonResponse({ error: `There is no ${what}` }, 404)
}

function workspaceView({ name, prefix }: Workspace, serverUrl: string): object {
  return { name, url: serverUrl + prefix, headers: { [workspaceHeader]: name } }
}

function workspaceNameFrom(json: unknown): string {
  if (json === undefined) return newWorkspaceName()
  const { name = newWorkspaceName() } = objectIn(json, ['name'])
  if (typeof name === 'string') return name
  throw new RangeError(`name must be a string (received ${JSON.stringify(name)})`)
}

function clockResponse({ now, frozen }: MockClock): MockResponse {
  return jsonResponse({ now: new Date(now()).toISOString(), milliseconds: now(), frozen })
}

/** Carries out `{ set, advance, freeze, reset }`, as many of them as there are, in the order reset, freeze, set, advance. */
function moveClock(clock: MockClock, json: unknown): void {
  const { reset, freeze, set, advance } = objectIn(json, ['set', 'advance', 'freeze', 'reset'])
  if ([reset, freeze, set, advance].every((part) => part === undefined)) {
    throw new RangeError('Expected one of set, advance, freeze and reset')
  }
  if (set !== undefined && typeof set !== 'string' && typeof set !== 'number') {
    throw new RangeError('set must be a date such as 2024-01-31T09:30:00Z, or milliseconds since 1970')
  }
  if (advance !== undefined && typeof advance !== 'number') {
    throw new RangeError(`advance must be a number of milliseconds (received ${JSON.stringify(advance)})`)
  }
  for (const [name, value] of Object.entries({ reset, freeze })) {
    if (value !== undefined && typeof value !== 'boolean') throw new RangeError(`${name} must be true or false`)
  }
  if (reset === true) clock.reset()
  if (freeze === true) clock.freeze()
  if (freeze === false) clock.resume()
  if (set !== undefined) clock.set(set)
  if (advance !== undefined) clock.advance(advance)
}

/** One fault script, or a list of them. */
function faultsFrom(json: unknown): FaultScript[] {
  return Array.isArray(json) ? json.map(readFaultScript) : [readFaultScript(json)]
}

/** A seed that came over the network: it must not read files of this machine. */
function seedFrom(json: unknown): Seed {
  const seed = checkedSeed(json)
  const files = [...(seed.channels ?? []), ...(seed.buckets ?? [])].flatMap((container) => [...(container.files ?? [])])
  if (files.some(({ path }) => path !== undefined)) {
    throw new RangeError('A seed that is sent to the server cannot name files by path. Use text or base64.')
  }
  return seed
}

function checkedSeed(json: unknown): Seed {
  try {
    return checkSeed(json, 'the body')
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error))
  }
}

function objectIn(json: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new RangeError(`Expected a JSON object with ${names.join(', ')}`)
  }
  const unknown = Object.keys(json).find((name) => !names.includes(name))
  if (unknown !== undefined) throw new RangeError(`Unknown member "${unknown}". Valid members: ${names.join(', ')}`)
  return { ...json }
}

/** A seed may hold many files. */
const jsonLimits = { values: 1_000_000, depth: 100 }

/** The JSON of a body, or nothing if the body is empty. */
async function jsonIn(request: MockRequest): Promise<unknown> {
  const body = await text(request)
  if (body.trim() === '') return undefined
  try {
    return parseBoundedJson(body, jsonLimits)
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(`The body ${error.message}`)
    throw new RangeError(`Malformed JSON: ${error instanceof Error ? error.message : error}`)
  }
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

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
