import { randomBytes } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import type { Principal } from '../api/principal.ts'
import { drain } from '../api/read-body.ts'
import { description } from '../description.ts'
import { emptyResponse, type MockRequest, type MockResponse, textResponse } from '../server/message.ts'
import type { RequestTarget } from '../server/request-target.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { bucketsView } from './bucket-view.ts'
import { channelsView } from './channel-view.ts'
import { Control, isFromProgram } from './control.ts'
import { documentOf } from './document.ts'
import { EventStream } from './event-stream.ts'
import { readReference } from './reference.ts'
import { requestsView } from './request-view.ts'
import { triggersView } from './trigger-view.ts'

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
  readonly #control = new Control()
  readonly #events = new Map<Workspace, EventStream>()

  has(path: string): boolean {
    return path === '/' || path === '/favicon.ico' || /^\/_(?:mock|docs)(?:\/|$)/.test(path)
  }

  /** The page uses the API like anybody else, whatever credentials are accepted. */
  principal(authorization: string | undefined): Principal | undefined {
    return authorization === `Bearer ${this.#token}` ? { kind: 'bearer', secret: this.#token } : undefined
  }

  async respond(request: MockRequest, { path }: RequestTarget, workspace: Workspace): Promise<MockResponse> {
    const route = `${request.method === 'HEAD' ? 'GET' : request.method} ${path.replace(/(.)\/$/, '$1')}`
    const control = this.#control.route(route)
    if (control) {
      if (this.#mayControl(request)) return control(request, workspace)
      await drain(request)
      return page('No web page may do this.\n', { 'content-type': 'text/plain' }, 403)
    }
    await drain(request)
    switch (route) {
      case 'GET /':
        return emptyResponse(302, { location: `${workspace.prefix}/_mock` })
      case 'GET /favicon.ico':
        return emptyResponse(204)
      case 'GET /_mock':
        return this.#page(workspace)
      case 'GET /_mock/view':
        return page(JSON.stringify(viewsOf(workspace)), { 'content-type': 'application/json' })
      case 'GET /_mock/events':
        return this.#eventsOf(workspace).open()
      case 'GET /_docs':
        return page(await readReference(), {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': referencePolicy,
        })
      case 'GET /_docs/openapi.json':
        return page(JSON.stringify(description), { 'content-type': 'application/json' })
      default:
        return page('There is nothing here.\n', { 'content-type': 'text/plain' }, 404)
    }
  }

  close(): void {
    for (const events of this.#events.values()) events.close()
  }

  #page(workspace: Workspace): MockResponse {
    return page(documentOf(viewsOf(workspace), this.#token, workspace), {
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
function viewsOf({ world, log }: Workspace): Record<string, string> {
  const requests = requestsView(log.entries).text
  if (!world) return { requests }
  world.expire()
  const scene = { world }
  return {
    channels: channelsView(scene).text,
    buckets: bucketsView(scene).text,
    triggers: triggersView(scene).text,
    requests,
  }
}

function page(text: string, headers: OutgoingHttpHeaders, status = 200): MockResponse {
  const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }
  return textResponse(text, { ...common, ...headers }, status)
}
