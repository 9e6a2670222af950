import { fetchFailed } from './fetch-failed.ts'
import { type OutgoingBody, outgoingBody } from './outgoing-body.ts'

/** An init of `fetch`, with a member of its own. */
export interface HttpFetchInit extends Omit<RequestInit, 'body'> {
  /** Also an async iterable, as the runtime's `fetch` takes it. */
  readonly body?: RequestInit['body'] | AsyncIterable<Uint8Array> | null | undefined
  /** Called with the number of bytes of the body that the socket has taken since the last time. */
  readonly onBodySent?: ((bytes: number) => void) | undefined
}

/** A request as it is sent. */
export interface OutgoingRequest {
  readonly url: URL
  readonly method: string
  /** Names and values by turns. */
  readonly headers: readonly string[]
  readonly body: OutgoingBody | undefined
  readonly redirect: RequestRedirect
  readonly signal: AbortSignal | undefined
  readonly onBodySent: HttpFetchInit['onBodySent']
}

/** Headers that another origin must not receive. */
const OF_ORIGIN = ['authorization', 'cookie', 'proxy-authorization']
const OF_BODY = ['content-encoding', 'content-language', 'content-length', 'content-location', 'content-type']
const WITH_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/** Reads the arguments of `fetch`. Throws a `TypeError` for what cannot be sent. */
export function outgoingRequest(input: string | URL | Request, init: HttpFetchInit): OutgoingRequest {
  const given = typeof input === 'string' || input instanceof URL ? undefined : input
  const url = httpUrl(given?.url ?? String(input))
  const method = (init.method ?? given?.method ?? 'GET').toUpperCase()
  const body = outgoingBody(init.body === undefined ? given?.body : init.body)
  if (body && (method === 'GET' || method === 'HEAD')) {
    throw new TypeError('Request with GET/HEAD method cannot have body.')
  }
  const headers = headersOf(init.headers ?? given?.headers, method, body)
  return {
    url,
    method,
    headers,
    body: body && { ...body, length: body.length ?? statedLength(headers) },
    redirect: init.redirect ?? given?.redirect ?? 'follow',
    signal: init.signal ?? given?.signal ?? undefined,
    onBodySent: init.onBodySent,
  }
}

/** The request that follows a redirect. Throws a `TypeError` when its body was sent and cannot be sent again. */
export function redirectedRequest(request: OutgoingRequest, status: number, location: string): OutgoingRequest {
  const url = httpUrl(location, request.url)
  const isSameOrigin = url.origin === request.url.origin
  const { method, body } = request
  const becomesGet = status === 303 ? method !== 'HEAD' : status <= 302 && method === 'POST'
  if (body && !becomesGet && !(body.content instanceof Uint8Array)) {
    throw fetchFailed(new Error('a stream cannot be sent again to the target of a redirect'))
  }
  const dropped = [...(isSameOrigin ? [] : OF_ORIGIN), ...(becomesGet ? OF_BODY : [])]
  const headers = request.headers.filter((_, index, all) => !dropped.includes(all[index - (index % 2)] ?? ''))
  return { ...request, url, headers, ...(becomesGet && { method: 'GET', body: undefined }) }
}

function httpUrl(text: string, base?: URL): URL {
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw fetchFailed(new Error('unknown scheme'))
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('Request cannot be constructed from a URL that includes credentials')
  }
  return url
}

/** Lower-case names and their values, completed by what `fetch` adds. */
function headersOf(given: HeadersInit | undefined, method: string, body: OutgoingBody | undefined): string[] {
  const headers: string[] = []
  const names = new Set<string>()
  const add = (name: string, value: string) => {
    headers.push(name, value)
    names.add(name)
  }
  if (isIterable(given)) for (const [name = '', value = ''] of given) add(name.toLowerCase(), value)
  else if (given) for (const name in given) add(name.toLowerCase(), String(given[name]))
  if (!names.has('accept')) add('accept', '*/*')
  if (!names.has('accept-encoding')) add('accept-encoding', names.has('range') ? 'identity' : 'gzip, deflate, br')
  if (!names.has('user-agent')) add('user-agent', 'node')
  if (body?.type !== undefined && !names.has('content-type')) add('content-type', body.type)
  if (names.has('content-length')) return headers
  if (body?.length !== undefined) add('content-length', String(body.length))
  else if (body) add('transfer-encoding', 'chunked')
  else if (WITH_BODY.has(method)) add('content-length', '0')
  return headers
}

function statedLength(headers: readonly string[]): number | undefined {
  const index = headers.indexOf('content-length')
  return index < 0 ? undefined : Number(headers[index + 1])
}

function isIterable(headers: HeadersInit | undefined): headers is Headers | [string, string][] {
  return headers !== undefined && Symbol.iterator in headers
}
