import { randomBytes } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import type { Principal } from '../api/principal.ts'
import { drain } from '../api/request-body.ts'
import { type Control, isFromProgram } from '../control/control.ts'
import { description } from '../description.ts'
import { corsHeaders } from '../server/cors.ts'
import { emptyResponse, type MockRequest, type MockResponse, textResponse } from '../server/message.ts'
import type { RequestTarget } from '../server/request-target.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { documentOf } from './document.ts'
import { EventStream } from './event-stream.ts'
import { contentView } from './overview.ts'
import { readReference } from './reference.ts'
import { requestsView } from './request-view.ts'
import { clockView, faultsView } from './tools-view.ts'
import { readViewQuery, type ViewQuery } from './view-query.ts'

/** The reference may use nothing but itself: no font, script or measurement from elsewhere. */
const referencePolicy =
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self'; form-action 'none'; frame-ancestors 'self'"

/** The page shows what strangers uploaded, and runs its own script only. */
const pagePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

/** The pages of the server: `/_mock`, what is stored now, and `/_docs`, the API reference. */
export class Pages {
  /** The credential that the page sends to the API. Nobody else knows it. */
  readonly #token = randomBytes(24).toString('base64url')
  readonly #control: Control
  readonly #events = new Map<Workspace, EventStream>()

  constructor(control: Control) {
    this.#control = control
  }

  has(path: string): boolean {
    return path === '/' || path === '/favicon.ico' || /^\/_(?:mock|docs)(?:\/|$)/.test(path)
  }

  /** The page uses the API like anybody else, whatever credentials are accepted. */
  principal(authorization: string | undefined): Principal | undefined {
    return authorization === `Bearer ${this.#token}` ? { kind: 'bearer', secret: this.#token } : undefined
  }

  /** `serverUrl` is where the client sees the server, without the prefix of a workspace. */
  async respond(
    request: MockRequest,
    target: RequestTarget,
    workspace: Workspace,
    serverUrl: string,
  ): Promise<MockResponse> {
    const method = request.method === 'HEAD' ? 'GET' : request.method
    const path = target.path.replace(/(.)\/$/, '$1')
    const control = this.#control.route(method, path)
    if (control) {
      if (this.#mayControl(request)) return control({ request, workspace, serverUrl })
      await drain(request)
      return page('No web page may do this.\n', { 'content-type': 'text/plain' }, 403)
    }
    await drain(request)
    switch (`${method} ${path}`) {
      case 'GET /':
        return emptyResponse(302, { location: `${workspace.prefix}/_mock` })
      case 'GET /favicon.ico':
        return emptyResponse(204)
      case 'GET /_mock':
        return this.#page(workspace, readViewQuery(target.query))
      case 'GET /_mock/view':
        return page(JSON.stringify(viewsOf(workspace, readViewQuery(target.query))), {
          'content-type': 'application/json',
        })
      case 'GET /_mock/events':
        return this.#eventsOf(workspace).open()
      case 'GET /_docs':
        return page(await readReference(), {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': referencePolicy,
        })
      case 'GET /_docs/openapi.json':
        return page(JSON.stringify(descriptionAt(serverUrl + workspace.prefix)), {
          'content-type': 'application/json',
          ...corsHeaders(request.headers),
        })
      default:
        return page('There is nothing here.\n', { 'content-type': 'text/plain' }, 404)
    }
  }

  close(): void {
    for (const events of this.#events.values()) events.close()
  }

  #page(workspace: Workspace, view: ViewQuery): MockResponse {
    return page(documentOf(viewsOf(workspace, view), this.#token, workspace), {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': pagePolicy,
    })
  }

  #eventsOf(workspace: Workspace): EventStream {
    const events = this.#events.get(workspace) ?? new EventStream(workspace)
    this.#events.set(workspace, events)
    return events
  }

  /** The page itself and programs may, but no other page that happens to be open in a browser. */
  #mayControl({ headers }: MockRequest): boolean {
    return isFromProgram(headers) || this.principal(headers.authorization) !== undefined
  }
}

/** The sections of the page as HTML, by their ids. */
function viewsOf(workspace: Workspace, view: ViewQuery): Record<string, string> {
  const { state, log } = workspace
  const requests = requestsView(log.entries).text
  if (!state) return { requests }
  state.expire()
  return {
    content: contentView(view, state).text,
    clock: clockView(workspace).text,
    faults: faultsView(workspace).text,
    requests,
  }
}

/** The description, with this server as the first of its servers. */
function descriptionAt(url: string): object {
  const servers = 'servers' in description && Array.isArray(description.servers) ? description.servers : []
  return { ...description, servers: [{ url, description: 'This mock server.' }, ...servers] }
}

function page(text: string, headers: OutgoingHttpHeaders, status = 200): MockResponse {
  const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }
  return textResponse(text, { ...common, ...headers }, status)
}
