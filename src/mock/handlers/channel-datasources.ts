import { randomBytes } from 'node:crypto'
import { notFound } from '../api/http-error.ts'
import { resourceTime } from '../clock.ts'
import type { Schemas } from '../description.ts'
import type { Datasource } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { type Handler, pathParameter } from './call.ts'
import { ownChannel } from './channels.ts'
import { defaultLimit } from './offset-page.ts'
import { organizationOf } from './organizations.ts'

export const listChannelDatasources: Handler<'listChannelDatasources'> = (call) => {
  const { store } = call
  const channel = ownChannel(call)
  const datasources = store.connections
    .group(channel.channel_id)
    .flatMap(({ datasource_id }) => store.datasources.get('', datasource_id) ?? [])
  return {
    ...organizationOf(store, channel.organization_id),
    datasources: datasources.map(shown),
    limit: Math.max(defaultLimit, datasources.length),
    offset: 0,
    has_next: false,
  }
}

/**
 * Connects a datasource. Nothing in this API creates one, so a datasource that is not known yet comes into being. Asking
 * twice succeeds twice, as the description says of this operation (`x-idempotent: true`).
 */
export const putChannelDatasource: Handler<'putChannelDatasource'> = (call) => {
  const { store, path, now } = call
  const { channel_id, organization_id } = ownChannel(call)
  const datasource_id = pathParameter(path, 'datasource_id')
  const datasource =
    store.datasources.get('', datasource_id) ??
    store.datasources.put({
      organization_id,
      datasource_id,
      display_name: `datasource ${datasource_id}`,
      secret: randomBytes(20).toString('hex'),
      created_at: resourceTime(now),
      updated_at: resourceTime(now),
    })
  if (datasource.organization_id !== organization_id) throw notFound('datasource')
  store.connections.put({ channel_id, datasource_id })
  return envelope(store, datasource)
}

export const deleteChannelDatasource: Handler<'deleteChannelDatasource'> = (call) => {
  const { store, path } = call
  const { channel_id } = ownChannel(call)
  const connection = store.connections.get(channel_id, pathParameter(path, 'datasource_id'))
  const datasource = connection && store.datasources.get('', connection.datasource_id)
  if (!connection || !datasource) throw notFound('datasource')
  store.connections.remove(connection)
  return envelope(store, datasource)
}

function shown({ organization_id: _, ...datasource }: Datasource): Schemas['Datasource'] {
  return datasource
}

function envelope(store: Store, datasource: Datasource): Schemas['DatasourceEnvelope'] {
  return { ...organizationOf(store, datasource.organization_id), datasource: shown(datasource) }
}
