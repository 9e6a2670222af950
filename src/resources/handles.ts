import type { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/call.ts'
import type { Paged } from '../pagination/paged.ts'
import type { BucketStore } from './bucket-files.ts'
import type { Bucket, Buckets, UpdateBucketParams } from './buckets.ts'
import type { Datasource } from './channel-datasources.ts'
import type { ChannelStore } from './channel-files.ts'
import type { Channel, Channels, UpdateChannelParams } from './channels.ts'
import type { ResponseOf } from './operation-types.ts'

/** One channel. Made by `abeja.channel(id)`; its methods are those of `abeja.channels`, without the id. */
export class ChannelHandle {
  readonly id: string
  /** The files of the channel. */
  readonly files: ChannelStore
  readonly #channels: Channels

  /** @internal */
  constructor(channels: Channels, id: string) {
    this.#channels = channels
    this.id = id
    this.files = channels.files.in(id)
  }

  /** The datasources of the channel. */
  get datasources(): ChannelDatasourcesHandle {
    return new ChannelDatasourcesHandle(this.#channels, this.id)
  }

  get(options?: RequestOptions): ApiPromise<Channel> {
    return this.#channels.get(this.id, options)
  }

  update(params: UpdateChannelParams, options?: RequestOptions): ApiPromise<Channel> {
    return this.#channels.update(this.id, params, options)
  }

  archive(options?: RequestOptions): ApiPromise<Channel | undefined> {
    return this.#channels.archive(this.id, options)
  }

  unarchive(options?: RequestOptions): ApiPromise<Channel | undefined> {
    return this.#channels.unarchive(this.id, options)
  }
}

/** The datasources of one channel. */
export class ChannelDatasourcesHandle {
  readonly #channels: Channels
  readonly #id: string

  /** @internal */
  constructor(channels: Channels, id: string) {
    this.#channels = channels
    this.#id = id
  }

  connect(datasourceId: string, options?: RequestOptions): ApiPromise<Datasource | undefined> {
    return this.#channels.datasources.connect(this.#id, datasourceId, options)
  }

  list(options?: RequestOptions): Paged<Datasource, ResponseOf<'listChannelDatasources'>> {
    return this.#channels.datasources.list(this.#id, options)
  }

  disconnect(datasourceId: string, options?: RequestOptions): ApiPromise<Datasource | undefined> {
    return this.#channels.datasources.disconnect(this.#id, datasourceId, options)
  }
}

/** One bucket, or a directory in it. Made by `abeja.bucket(id, { prefix })`. */
export class BucketHandle {
  readonly id: string
  /** The files of the bucket below the prefix. */
  readonly files: BucketStore
  readonly #buckets: Buckets

  /** @internal */
  constructor(buckets: Buckets, id: string, prefix: string | undefined) {
    this.#buckets = buckets
    this.id = id
    this.files = buckets.files.in(id, prefix)
  }

  get(options?: RequestOptions): ApiPromise<Bucket> {
    return this.#buckets.get(this.id, options)
  }

  update(params: UpdateBucketParams, options?: RequestOptions): ApiPromise<Bucket> {
    return this.#buckets.update(this.id, params, options)
  }

  archive(options?: RequestOptions): ApiPromise<Bucket | undefined> {
    return this.#buckets.archive(this.id, options)
  }

  unarchive(options?: RequestOptions): ApiPromise<Bucket | undefined> {
    return this.#buckets.unarchive(this.id, options)
  }
}
