import type { Client } from 'openapi-fetch'
import { operations } from '../generated/operations.ts'
import type { paths } from '../generated/schema.d.ts'
import { type ClientOptions, configure } from './client-options.ts'
import { InvalidRequestError } from './errors/errors.ts'
import { ApiClient } from './http/api-client.ts'
import { Buckets } from './resources/buckets.ts'
import { Channels } from './resources/channels.ts'
import { BucketHandle, ChannelHandle } from './resources/handles.ts'
import { Triggers } from './resources/triggers.ts'
import { knownKeys } from './validation/known-keys.ts'

/**
 * The client of the ABEJA Platform's Datalake and Trigger APIs. It holds no connection, so one instance can be kept.
 *
 * @example
 * const abeja = new AbejaClient({ organizationId: '1234567890123' }) // credential and base URL from the environment
 * for await (const channel of abeja.channels.list()) console.log(channel.name)
 */
export class AbejaClient {
  readonly channels: Channels
  readonly buckets: Buckets
  readonly triggers: Triggers
  readonly #client: ApiClient

  /** Throws `InvalidRequestError` for an invalid option. */
  constructor(options?: ClientOptions) {
    this.#client = new ApiClient(configure(options), Object.values(operations))
    // For `console.log` of Node.js. Not a method: bundlers keep an unused class with a computed name.
    Object.defineProperty(this, Symbol.for('nodejs.util.inspect.custom'), { value: () => this.#shown() })
    this.channels = new Channels(this.#client)
    this.buckets = new Buckets(this.#client)
    this.triggers = new Triggers(this.#client)
  }

  /**
   * Returns a handle of one channel: its methods do not need the id again, and `uploadDirectory` and `downloadDirectory` take
   * it.
   * @example
   * await abeja.channel(channelId).files.upload(bytes, { content_type: 'image/jpeg' })
   */
  channel(channelId: string): ChannelHandle {
    return new ChannelHandle(this.channels, channelId)
  }

  /**
   * Returns a handle of one bucket, or of a directory in it. `uploadDirectory` and `downloadDirectory` take it.
   * @param options.prefix a directory, such as `reports/2024`
   * @throws InvalidRequestError for a prefix with empty parts, `.` or `..`
   * @example
   * for await (const file of abeja.bucket(bucketId, { prefix: 'reports' }).files.files()) console.log(file.file_id)
   */
  bucket(bucketId: string, options?: { readonly prefix?: string | undefined }): BucketHandle {
    const { prefix } = knownKeys(options, ['prefix'], 'option', InvalidRequestError)
    return new BucketHandle(this.buckets, bucketId, prefix)
  }

  /** The base URL of the API, without a slash at its end. */
  get baseUrl(): string {
    return this.#client.transport.settings.baseUrl
  }

  get organizationId(): string | undefined {
    return this.#client.transport.settings.organizationId
  }

  /**
   * The openapi-fetch client that every method goes through: JSON in, JSON out, with the `Response` beside it. It has the
   * same credential, retries, timeouts and errors, and takes the options of a call in its init. A status that is not a
   * success throws; a success without a body has no `data`. Middleware sees the calls of every method. Upload files with
   * `files.upload`.
   * @example
   * const { data, response } = await abeja.api.GET('/channels/{channel_id}', { params: { path: { channel_id } } })
   */
  get api(): Client<paths> {
    return this.#client.api
  }

  /** Returns the settings that may be shown, without the credential. */
  toJSON(): Record<string, unknown> {
    return { baseUrl: this.baseUrl, organizationId: this.organizationId }
  }

  #shown(): string {
    return `AbejaClient ${JSON.stringify(this)}`
  }
}
