import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { emptyResponse, jsonResponse, type MockRequest, type MockResponse } from '../server/message.ts'
import type { Rows } from '../store/store.ts'
import type { Workspace } from '../workspace/workspace.ts'

type Route = (request: MockRequest, workspace: Workspace) => MockResponse | Promise<MockResponse>

/** What a test in another process can do with the server: the methods of `Mock` over HTTP. */
export class Control {
  /** The hashes of the snapshots that were given out. No other can be restored: nobody checks what is in them. */
  readonly #snapshots = new Set<string>()

  readonly #routes: Readonly<Record<string, Route>> = {
    'POST /_mock/reset': async (request, workspace) => {
      await text(request)
      workspace.reset()
      return emptyResponse(204)
    },
    'POST /_mock/seed': async (request, workspace) => {
      await text(request)
      await workspace.addExamples()
      return emptyResponse(204)
    },
    'GET /_mock/requests': (_, workspace) => jsonResponse(workspace.log.entries),
    'GET /_mock/snapshot': (_, workspace) => {
      const rows = workspace.snapshot()
      this.#snapshots.add(hashOf(rows))
      return jsonResponse(rows)
    },
    'PUT /_mock/snapshot': async (request, workspace) => {
      const rows = rowsIn(await text(request))
      if (rows === undefined || !this.#snapshots.has(hashOf(rows))) {
        return jsonResponse({ error: 'this is no snapshot that this server has given out' }, 400)
      }
      workspace.restore(rows)
      return emptyResponse(204)
    },
  }

  /** What responds to a method and a path, if it is one of these. */
  route(methodAndPath: string): Route | undefined {
    return Object.hasOwn(this.#routes, methodAndPath) ? this.#routes[methodAndPath] : undefined
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
