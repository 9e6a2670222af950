import type { OperationId } from '../../generated/operations.ts'
import { ApiError, InvalidResponseError } from '../errors/errors.ts'
import type { AttemptTimer } from '../http/attempt-timer.ts'
import type { Call, ClientSettings, RequestOptions } from '../http/call.ts'
import { UnusableResponse } from '../http/read-response.ts'
import type { Transport } from '../http/transport.ts'

/** The members of a file that a download uses. */
export interface DownloadInfo {
  readonly download_uri?: string | null
  /** The same, under the name that some responses have alone. */
  readonly download_url?: string | null
  readonly url_expires_on?: string | null
}

type RangeHeaders = { readonly range?: string; readonly 'if-range'?: string }

/** The operation that returns a presigned URL. */
export interface DownloadTarget<Info extends DownloadInfo> {
  readonly operationId: OperationId
  info(options: RequestOptions): Promise<Info>
}

/** A response whose body is being read. Its reader stops the timer. */
export interface Connection {
  readonly call: Call
  readonly timer: AttemptTimer
  readonly response: Response
}

/** The presigned URL of a file: requested when needed, and again when it has expired. */
export class PresignedUrl<Info extends DownloadInfo> {
  readonly #transport: Transport
  readonly #target: DownloadTarget<Info>
  #info: Info | undefined
  /** Whether it was just requested: then it is used even if it has expired by the clock of this machine, which may be fast. */
  #isFresh = false

  constructor(transport: Transport, target: DownloadTarget<Info>, known?: Info) {
    this.#transport = transport
    this.#target = target
    this.#info = known
  }

  /** Returns the latest description of the file. */
  async info(options: RequestOptions): Promise<Info> {
    if (this.#info && (this.#isFresh || !isPast(this.#info.url_expires_on))) return this.#info
    return this.#request(options)
  }

  /** Starts to fetch the file. A URL that the store rejects as expired is requested again, once. */
  async open(range: RangeHeaders, options: RequestOptions): Promise<Connection> {
    const known = await this.info(options)
    this.#isFresh = false
    try {
      return await this.#open(known, range, options)
    } catch (error) {
      if (!isExpired(error)) throw error
      const renewed = await this.#request(options)
      this.#isFresh = false
      return this.#open(renewed, range, options)
    }
  }

  /** Forgets the URL: the next one is requested. */
  forget(): void {
    this.#info = undefined
  }

  async #request(options: RequestOptions): Promise<Info> {
    const info = await this.#target.info(options)
    this.#info = info
    this.#isFresh = true
    return info
  }

  async #open(info: Info, range: RangeHeaders, options: RequestOptions): Promise<Connection> {
    const { operationId } = this.#target
    const url = this.#urlIn(info)
    // Byte for byte, and without the headers of the client. A body that is compressed on its way has another length than
    // the file, and no ranges.
    const headers = { 'accept-encoding': 'identity', ...range }
    const sent = { operationId, method: 'GET', url, headers, body: undefined, authorized: false } as const
    const request = { ...sent, redirect: 'follow', idempotent: true } as const
    const { call, response, value } = await this.#transport.request(request, options, true, async (head, timer) => {
      requireContent(head, range.range !== undefined)
      this.#requireSafeRedirect(head)
      return { value: timer, bytes: 0, keepsTimer: true }
    })
    return { call, response, timer: value }
  }

  /** The URL of a response is the last of its redirects, which the runtime has followed already. */
  #requireSafeRedirect(response: Response): void {
    if (!response.redirected || !URL.canParse(response.url) || isSafe(response.url, this.#transport.settings)) return
    const message = 'the store redirected to an unencrypted http: URL. Set allowInsecureHttp to allow it'
    throw new UnusableResponse(message, { response })
  }

  #urlIn({ download_uri, download_url }: Info): string {
    const { operationId } = this.#target
    const url = download_uri || download_url
    if (!url) throw new InvalidResponseError('Unexpected response: the file has no download_uri.', { operationId })
    requireSafeUrl(url, 'download_uri', operationId, this.#transport.settings)
    return url
  }
}

const LOOPBACK = /^(localhost|\[::1\]|127(\.\d+){3})$/

/**
 * Throws `InvalidResponseError` for a URL of a response that is not `https:`, unless it is `http:` to this machine or
 * `allowInsecureHttp` is set.
 */
export function requireSafeUrl(
  url: string,
  member: string,
  operationId: OperationId,
  settings: Pick<ClientSettings, 'allowInsecureHttp'>,
): void {
  // Not shown: it may be a presigned URL with a single wrong character.
  if (!URL.canParse(url)) {
    throw new InvalidResponseError(`Unexpected response: ${member} is not a URL.`, { operationId })
  }
  if (isSafe(url, settings)) return
  throw new InvalidResponseError(
    `Unexpected response: ${member} must be an https: URL (received ${new URL(url).protocol}). Set allowInsecureHttp to allow http: to another machine.`,
    { operationId },
  )
}

function isSafe(url: string, { allowInsecureHttp }: Pick<ClientSettings, 'allowInsecureHttp'>): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && (allowInsecureHttp || LOOPBACK.test(hostname)))
}

/** Throws for a success without the requested bytes, such as a 204. */
function requireContent(response: Response, isRange: boolean): void {
  const { status, headers } = response
  if (status === 200 || (status === 206 && isRange)) return
  const what = status === 206 ? `a part of the file (${headers.get('content-range')})` : 'no file'
  throw new UnusableResponse(`the store sent status ${status} with ${what} where the complete file is expected`, {
    response,
  })
}

/** Whether a store rejects a URL because it, or the credential behind it, has expired. */
function isExpired(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  const { status, body } = error
  return status === 401 || status === 403 || (status === 400 && (JSON.stringify(body) ?? '').includes('ExpiredToken'))
}

function isPast(expiry: string | null | undefined): boolean {
  return typeof expiry === 'string' && Date.parse(expiry) <= Date.now()
}
