import { deleteChannelDatasource, listChannelDatasources, putChannelDatasource } from '../../generated/operations.ts'
import type { components } from '../../generated/schema.d.ts'
import { InvalidResponseError } from '../errors/errors.ts'
import { dataOf } from '../http/api-client.ts'
import { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/call.ts'
import { object, optional } from '../http/response-check.ts'
import { nextOffset } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import type { ResponseOf } from './operation-types.ts'
import { Resource } from './resource.ts'
import { isDatasource, isPage } from './response-checks.ts'

/** It holds the datasource's `secret`: keep it out of logs. */
export type Datasource = components['schemas']['Datasource']

const MAY_HAVE_DATASOURCE = { check: object({ datasource: optional(isDatasource) }), mayBeEmpty: true }
const IS_PAGE = { check: isPage('datasources', isDatasource, nextOffset) }

/** The datasources of a channel: what may upload into it. */
export class ChannelDatasources extends Resource {
  /**
   * Connects a datasource with a channel (`put_channel_datasource`).
   * @example
   * await abeja.channels.datasources.connect('1230000000000', '1442132811920')
   */
  connect(channelId: string, datasourceId: string, options?: RequestOptions): ApiPromise<Datasource | undefined> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(
        putChannelDatasource,
        options,
        pathOf(channelId, datasourceId),
        MAY_HAVE_DATASOURCE,
      )
      return (await this.api().PUT(putChannelDatasource.path, init)).data?.datasource ?? undefined
    })
  }

  /**
   * Lists the datasources of a channel (`list_channel_datasources`). The API documents no way to request a second page: if
   * a response announces one, the iteration throws `InvalidResponseError` after the first.
   * @example
   * for await (const { datasource_id } of abeja.channels.datasources.list('1230000000000')) console.log(datasource_id)
   */
  list(channelId: string, options?: RequestOptions): Paged<Datasource, ResponseOf<'listChannelDatasources'>> {
    const path = { channel_id: channelId }
    return new Paged(
      this.client(),
      {
        fetch: (cursor, pageOptions) => {
          if (cursor !== undefined) throw beyondTheFirstPage()
          const init = this.client().init(listChannelDatasources, pageOptions, { path }, IS_PAGE)
          return dataOf(this.api().GET(listChannelDatasources.path, init))
        },
        items: ({ datasources }) => datasources,
        id: ({ datasource_id }) => datasource_id,
        next: nextOffset,
      },
      options,
    )
  }

  /**
   * Disconnects a datasource from a channel (`delete_channel_datasource`).
   * @throws NotFoundError when it is not connected. When one of its `attempts` has `mayHaveBeenProcessed`, that attempt
   * disconnected it and its response was lost
   * @example
   * await abeja.channels.datasources.disconnect('1230000000000', '1442132811920')
   */
  disconnect(channelId: string, datasourceId: string, options?: RequestOptions): ApiPromise<Datasource | undefined> {
    return ApiPromise.of(options, async (options) => {
      const path = pathOf(channelId, datasourceId)
      const init = this.client().init(deleteChannelDatasource, options, path, MAY_HAVE_DATASOURCE)
      return (await this.api().DELETE(deleteChannelDatasource.path, init)).data?.datasource ?? undefined
    })
  }
}

function pathOf(channelId: string, datasourceId: string) {
  return { path: { channel_id: channelId, datasource_id: datasourceId } }
}

function beyondTheFirstPage(): InvalidResponseError {
  return new InvalidResponseError(
    'The API says that the channel has more datasources, and documents no way to request them.',
    { operationId: 'listChannelDatasources' },
  )
}
