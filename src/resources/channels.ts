import {
  archiveChannel,
  createChannel,
  getChannel,
  listChannels,
  patchChannel,
  unarchiveChannel,
} from '../../generated/operations.ts'
import type { components } from '../../generated/schema.d.ts'
import { dataOf } from '../http/api-client.ts'
import { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/call.ts'
import { object, optional } from '../http/response-check.ts'
import { nextOffset } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import { ChannelDatasources } from './channel-datasources.ts'
import { ChannelFiles } from './channel-files.ts'
import type { JsonBodyOf, QueryOf, ResponseOf } from './operation-types.ts'
import { Resource } from './resource.ts'
import { isChannel, isPage } from './response-checks.ts'

export type Channel = components['schemas']['Channel']
export type CreateChannelParams = JsonBodyOf<'createChannel'>
export type UpdateChannelParams = JsonBodyOf<'patchChannel'>
export type ListChannelsParams = QueryOf<'listChannels'>

const HAS_CHANNEL = { check: object({ channel: isChannel }) }
const MAY_HAVE_CHANNEL = { check: object({ channel: optional(isChannel) }), mayBeEmpty: true }
const IS_PAGE = { check: isPage('channels', isChannel, nextOffset) }

/** Channels, with their files and datasources. */
export class Channels extends Resource {
  readonly datasources: ChannelDatasources = new ChannelDatasources(this.client())
  readonly files: ChannelFiles = new ChannelFiles(this.client())

  /**
   * Creates a channel (`create_channel`). Not retried when the request may have been processed.
   * @example
   * const channel = await abeja.channels.create({ name: 'cats', description: 'photos', storage_type: 'datalake' })
   */
  create(params: CreateChannelParams, options?: RequestOptions): ApiPromise<Channel> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(createChannel, options, {}, HAS_CHANNEL)
      return (await dataOf(this.api().POST(createChannel.path, { ...init, body: params }))).channel
    })
  }

  /**
   * Lists the organization's channels (`list_channels`).
   * @example
   * for await (const channel of abeja.channels.list({ filter_archived: 'exclude_archived' })) console.log(channel.name)
   */
  list(params: ListChannelsParams = {}, options?: RequestOptions): Paged<Channel, ResponseOf<'listChannels'>> {
    return new Paged(
      this.client(),
      {
        fetch: (cursor, pageOptions) => {
          const query = cursor === undefined ? params : { ...params, offset: Number(cursor) }
          const init = this.client().init(listChannels, pageOptions, { query }, IS_PAGE)
          return dataOf(this.api().GET(listChannels.path, init))
        },
        items: ({ channels }) => channels,
        id: ({ channel_id }) => channel_id,
        next: nextOffset,
      },
      options,
    )
  }

  /**
   * Gets a channel (`get_channel`).
   * @example
   * const { name } = await abeja.channels.get('1230000000000')
   */
  get(channelId: string, options?: RequestOptions): ApiPromise<Channel> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(getChannel, options, pathOf(channelId), HAS_CHANNEL)
      return (await dataOf(this.api().GET(getChannel.path, init))).channel
    })
  }

  /**
   * Changes a channel's name or description (`patch_channel`). An empty description clears it.
   * @example
   * await abeja.channels.update('1230000000000', { description: '' })
   */
  update(channelId: string, params: UpdateChannelParams, options?: RequestOptions): ApiPromise<Channel> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(patchChannel, options, pathOf(channelId), HAS_CHANNEL)
      return (await dataOf(this.api().PATCH(patchChannel.path, { ...init, body: params }))).channel
    })
  }

  /**
   * Archives a channel (`archive_channel`).
   * @example
   * await abeja.channels.archive('1230000000000')
   */
  archive(channelId: string, options?: RequestOptions): ApiPromise<Channel | undefined> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(archiveChannel, options, pathOf(channelId), MAY_HAVE_CHANNEL)
      return (await this.api().POST(archiveChannel.path, init)).data?.channel ?? undefined
    })
  }

  /**
   * Unarchives a channel (`unarchive_channel`).
   * @example
   * await abeja.channels.unarchive('1230000000000')
   */
  unarchive(channelId: string, options?: RequestOptions): ApiPromise<Channel | undefined> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(unarchiveChannel, options, pathOf(channelId), MAY_HAVE_CHANNEL)
      return (await this.api().POST(unarchiveChannel.path, init)).data?.channel ?? undefined
    })
  }
}

function pathOf(channelId: string) {
  return { path: { channel_id: channelId } }
}
