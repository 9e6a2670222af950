import type { OperationId } from '../../generated/operations.ts'
import { ForbiddenError } from '../errors/api-error.ts'
import { InvalidResponseError } from '../errors/client-errors.ts'
import type { Call } from '../http/call.ts'
import type { Clock } from '../http/clock.ts'
import type { OperationClient } from '../http/operation-client.ts'
import type { RequestOptions } from '../options.ts'

/** What the platform answers about a file that can be downloaded. */
export interface DownloadInfo {
  readonly download_uri?: string
  readonly url_expires_on?: string
}

/** How to ask for it anew. */
export interface DownloadTarget<Info extends DownloadInfo> {
  readonly operationId: OperationId
  info(options: RequestOptions): Promise<Info>
}

/** An answer whose body is being read. Whoever has it stops the clock. */
export interface Connection {
  readonly call: Call
  readonly clock: Clock
  readonly response: Response
}

/** The presigned URL of a file: asked for when needed, and anew when it has expired. */
export class PresignedUrl<Info extends DownloadInfo> {
  readonly #client: OperationClient
  readonly #target: DownloadTarget<Info>
  #info: Info | undefined
  /** Just asked for: to be used whatever a clock says that runs ahead of the platform's. */
  #isFresh = false

  constructor(client: OperationClient, target: DownloadTarget<Info>, known?: Info) {
    this.#client = client
    this.#target = target
    this.#info = known
  }

  /** The newest that is known of the file. */
  async info(options: RequestOptions): Promise<Info> {
    if (this.#info && (this.#isFresh || !isPast(this.#info.url_expires_on))) return this.#info
    return this.#ask(options)
  }

  /** Starts to fetch the file. A URL that is refused is asked for anew, once. */
  async open(range: Readonly<Record<string, string>>, options: RequestOptions): Promise<Connection> {
    const { download_uri } = await this.info(options)
    this.#isFresh = false
    try {
      return await this.#open(download_uri, range, options)
    } catch (error) {
      if (!(error instanceof ForbiddenError)) throw error
      const anew = await this.#ask(options)
      this.#isFresh = false
      return this.#open(anew.download_uri, range, options)
    }
  }

  /** Forgets the URL: the next opening asks for a new one. */
  forget(): void {
    this.#info = undefined
  }

  async #ask(options: RequestOptions): Promise<Info> {
    const info = await this.#target.info(options)
    this.#info = info
    this.#isFresh = true
    return info
  }

  async #open(
    url: string | undefined,
    range: Readonly<Record<string, string>>,
    options: RequestOptions,
  ): Promise<Connection> {
    const { operationId } = this.#target
    if (!url) throw new InvalidResponseError('The answer about the file holds no download_uri.', { operationId })
    // Not shown: it may be a presigned URL with a single wrong character.
    if (!URL.canParse(url)) throw new InvalidResponseError('The download_uri of the file is no URL.', { operationId })
    // Byte for byte, and without any header of ours. A body that is packed on its way has another length than the file,
    // and no ranges.
    const headers = { 'accept-encoding': 'identity', ...range }
    const sent = { operationId, method: 'GET', url, headers, body: undefined, authorized: false } as const
    const call = this.#client.call({ ...sent, redirect: 'follow' }, options, true, true)
    const { value } = await this.#client.transport.exchange(call, async (response, clock) => ({
      value: { call, clock, response },
      bytes: 0,
      keepsClock: true,
    }))
    return value
  }
}

function isPast(expiry: string | undefined): boolean {
  return expiry !== undefined && Date.parse(expiry) <= Date.now()
}
