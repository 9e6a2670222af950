import { notFound } from '../api/http-error.ts'
import { resourceTime } from '../clock.ts'
import type { Schemas } from '../description.ts'
import { resourceId } from '../ids.ts'
import type { Channel } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { type Call, type Handler, pathParameter } from './call.ts'
import { pageByOffset } from './offset-page.ts'
import { organizationOf } from './organizations.ts'

export const listChannels: Handler<'listChannels'> = ({ store, path, query }) => {
  const organization = organizationOf(store, pathParameter(path, 'organization_id'))
  const withArchived = query.text('filter_archived') === 'include_archived'
  const isListed = ({ organization_id, archived }: Channel) =>
    organization_id === organization.organization_id && (withArchived || !archived)
  const { items, ...page } = pageByOffset(store.channels.each(''), isListed, query)
  return { ...organization, channels: items.map(listed), ...page }
}

export const createChannel: Handler<'createChannel'> = ({ store, path, json, now }) => {
  const channel = store.channels.put({
    channel_id: resourceId(),
    organization_id: pathParameter(path, 'organization_id'),
    name: json.name,
    description: json.description,
    storage_type: json.storage_type ?? 'datalake',
    archived: false,
    created_at: resourceTime(now),
    updated_at: resourceTime(now),
  })
  return envelope(store, channel, shown(channel))
}

export const getChannel: Handler<'getChannel'> = (call) => {
  const channel = ownChannel(call)
  return envelope(call.store, channel, listed(channel))
}

export const patchChannel: Handler<'patchChannel'> = (call) => {
  const { name, description } = call.json
  const changes = { ...(name !== undefined && { name }), ...(description !== undefined && { description }) }
  const channel = change(call, changes)
  return envelope(call.store, channel, shown(channel))
}

export const archiveChannel: Handler<'archiveChannel'> = (call) => setArchived(call, true)

export const unarchiveChannel: Handler<'unarchiveChannel'> = (call) => setArchived(call, false)

/** The channel that a path names, within the organization that it names. */
export function ownChannel({ store, path }: Pick<Call<'getChannel'>, 'store' | 'path'>): Channel {
  const channel = store.channels.get('', pathParameter(path, 'channel_id'))
  if (channel?.organization_id !== pathParameter(path, 'organization_id')) throw notFound('channel')
  return channel
}

type ChannelCall = Pick<Call<'getChannel'>, 'store' | 'path' | 'now'>

function setArchived(call: ChannelCall, archived: boolean): Schemas['ChannelEnvelope'] {
  const channel = change(call, { archived })
  return envelope(call.store, channel, { ...listed(channel), security_method: 'organization' })
}

function change(call: ChannelCall, changes: Partial<Channel>): Channel {
  return call.store.channels.put({ ...ownChannel(call), ...changes, updated_at: resourceTime(call.now) })
}

/** A channel as the responses to creating and changing one show it. */
function shown({ organization_id: _, archived: __, ...channel }: Channel): Schemas['Channel'] {
  return { ...channel, display_name: channel.name }
}

/** A channel as all other responses show it. */
function listed(channel: Channel): Schemas['Channel'] {
  return { ...shown(channel), archived: channel.archived }
}

function envelope(store: Store, { organization_id }: Channel, channel: Schemas['Channel']): Schemas['ChannelEnvelope'] {
  return { ...organizationOf(store, organization_id), channel }
}
