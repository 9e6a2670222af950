import { randomBytes } from 'node:crypto'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Principal } from '../api/principal.ts'
import { drain } from '../api/read-body.ts'
import { description } from '../description.ts'
import { bucketsView } from './bucket-view.ts'
import { channelsView } from './channel-view.ts'
import { Control, type Controlled, type ControlParts, isFromProgram } from './control.ts'
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

/** What people look at: `/_mock`, what is stored now, and `/_docs`, the API reference. */
export class Pages {
  /** What the page shows the API. Nobody else knows it. */
  readonly #token = randomBytes(24).toString('base64url')
  readonly #parts: ControlParts
  readonly #control: Control
  readonly #events: EventStream

  constructor(parts: ControlParts) {
    this.#parts = parts
    this.#control = new Control(parts)
    this.#events = new EventStream(parts.world, parts.log)
  }

  has(path: string): boolean {
    return path === '/' || path === '/favicon.ico' || /^\/_(?:mock|docs)(?:\/|$)/.test(path)
  }

  /** The page uses the API like anybody else, whatever credentials are accepted. */
  principal(authorization: string | undefined): Principal | undefined {
    return authorization === `Bearer ${this.#token}` ? { kind: 'bearer', secret: this.#token } : undefined
  }

  async answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const route = `${request.method === 'HEAD' ? 'GET' : request.method} ${path.replace(/(.)\/$/, '$1')}`
    if (this.#mayControl(request.headers)) {
      const controlled = await this.#control.act(route, request)
      if (controlled) return sendControlled(request, response, controlled)
    }
    await drain(request)
    switch (route) {
      case 'GET /':
        response.writeHead(302, { location: '/_mock' }).end()
        return
      case 'GET /favicon.ico':
        response.writeHead(204).end()
        return
      case 'GET /_mock':
        return this.#sendPage(request, response)
      case 'GET /_mock/view':
        return sendText(request, response, JSON.stringify(this.#views()), { 'content-type': 'application/json' })
      case 'GET /_mock/events':
        return this.#events.open(response)
      case 'POST /_mock/reset':
      case 'POST /_mock/seed':
      case 'GET /_mock/requests':
      case 'GET /_mock/snapshot':
      case 'PUT /_mock/snapshot':
        return sendText(request, response, 'No web page may do this.\n', { 'content-type': 'text/plain' }, 403)
      case 'GET /_docs':
        return sendReference(request, response)
      case 'GET /_docs/openapi.json':
        return sendText(request, response, JSON.stringify(description), { 'content-type': 'application/json' })
      default:
        return sendText(request, response, 'There is nothing here.\n', { 'content-type': 'text/plain' }, 404)
    }
  }

  close(): void {
    this.#events.close()
  }

  #sendPage(request: IncomingMessage, response: ServerResponse): void {
    const page = documentOf(this.#views(), this.#token, this.#parts.world === undefined)
    sendText(request, response, page, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': pagePolicy,
    })
  }

  /** The sections of the page as HTML, by their ids. */
  #views(): Record<string, string> {
    const { world, log } = this.#parts
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

  /** The page itself and programs may, but no other page that happens to be open in a browser. */
  #mayControl(headers: IncomingMessage['headers']): boolean {
    return isFromProgram(headers) || this.principal(headers.authorization) !== undefined
  }
}

function sendControlled(request: IncomingMessage, response: ServerResponse, { status, body }: Controlled): void {
  if (body === undefined) response.writeHead(status).end()
  else sendText(request, response, JSON.stringify(body), { 'content-type': 'application/json' }, status)
}

async function sendReference(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': referencePolicy }
  sendText(request, response, await readReference(), headers)
}

function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  headers: OutgoingHttpHeaders,
  status = 200,
): void {
  const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }
  response.writeHead(status, { ...common, ...headers, 'content-length': Buffer.byteLength(text) })
  response.end(request.method === 'HEAD' ? undefined : text)
}
