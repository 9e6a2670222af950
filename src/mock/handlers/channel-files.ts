import { badBody, badRequest, HttpError, notFound } from '../api/http-error.ts'
import { violation } from '../api/violation.ts'
import { fileTime } from '../clock.ts'
import type { Schemas } from '../description.ts'
import { channelFileId } from '../ids.ts'
import { expiryOf, isLifetime } from '../lifetimes.ts'
import { encodeMetadata, foreignKeys, keyOf, metadataOfJson, metadataValue } from '../metadata.ts'
import type { MockState } from '../mock-state.ts'
import { startRuns } from '../runs.ts'
import type { Channel, ChannelFile, Content } from '../store/rows.ts'
import { type Call, type Handler, pathParameter } from './call.ts'
import { pageOfFiles } from './channel-file-list.ts'
import { metadataOrder } from './sort.ts'

export const listChannelFiles: Handler<'listChannelFiles'> = (call) => {
  const { channel_id } = namedChannel(call)
  const { files, token } = pageOfFiles(call.store, channel_id, call.query)
  return { files: files.map((file) => shown(file, call)), next_page_token: token }
}

export const postChannelFileUpload: Handler<'postChannelFileUpload'> = (call) => {
  const { store, now, upload, query, metadata, contentType } = call
  const { channel_id } = namedChannel(call)
  checkMayDeliver(call)
  checkConflict(call)
  if (upload === undefined) throw badRequest([violation(['body'], 'is required')])
  const lifetime = query.text('lifetime')
  const file = store.channelFiles.put({
    ...upload.take(),
    channel_id,
    file_id: channelFileId(now),
    content_type: contentType,
    metadata,
    uploaded_at: now,
    lifetime: isLifetime(lifetime) ? lifetime : null,
    expires_at: expiryOf(isLifetime(lifetime) ? lifetime : null, now),
  })
  startRuns(store, file, now)
  return {
    file_id: file.file_id,
    content_type: file.content_type,
    metadata: responseMetadata(file, call),
    lifetime: file.lifetime,
    uploaded_at: null,
  }
}

export const getChannelFileUpload: Handler<'getChannelFileUpload'> = (call) => {
  const { state, store, now, publicUrl, metadata, contentType } = call
  const { channel_id } = namedChannel(call)
  checkMayDeliver(call)
  const file_id = channelFileId(now)
  const target = { purpose: 'upload', kind: 'channels', container: channel_id, file: file_id } as const
  const { url, expires } = state.urls.sign(publicUrl, target)
  const ticket = store.tickets.put({ channel_id, file_id, content_type: contentType, metadata, expires_at: expires })
  return {
    file_id,
    content_type: ticket.content_type,
    metadata: responseMetadata(ticket, call),
    uploaded_at: null,
    upload_url: url,
    url_expires_on: fileTime(expires),
  }
}

export const getChannelFileDownload: Handler<'getChannelFileDownload'> = (call) => shown(ownFile(call), call)

export const deleteChannelFile: Handler<'deleteChannelFile'> = (call) => {
  const file = ownFile(call)
  call.store.channelFiles.remove(file)
  call.state.release(file)
  return { message: `deleted file (${file.file_id})` }
}

/** The metadata given here take the place of those that were. */
export const putChannelFileMetadata: Handler<'putChannelFileMetadata'> = (call) => {
  const [foreign] = foreignKeys(call.json)
  if (foreign !== undefined) throw badBody(foreign, 'is not metadata: keys must begin with x-abeja-meta-')
  const file = call.store.channelFiles.put({ ...ownFile(call), metadata: metadataOfJson(call.json) })
  return shown(file, call)
}

/** A new lifetime counts from now. */
export const putChannelFileLifetime: Handler<'putChannelFileLifetime'> = (call) => {
  const { lifetime } = call.json
  const { channel_id, file_id } = call.store.channelFiles.put({
    ...ownFile(call),
    lifetime,
    expires_at: expiryOf(lifetime, call.now),
  })
  return { channel_id, file_id, lifetime }
}

/** The name that several of the platform's samples read in the place of `download_uri`. */
export interface DeprecatedUrl {
  readonly download_url: string
}

type FileCall = Pick<Call<'getChannelFileDownload'>, 'store' | 'path' | 'state' | 'publicUrl'>

/** Bytes have arrived at the URL that `getChannelFileUpload` gave out. */
export function completeTicket(state: MockState, channelId: string, fileId: string, take: () => Content): boolean {
  const { store } = state
  return store.transaction(() => {
    const now = state.clock()
    const ticket = store.tickets.get(channelId, fileId)
    const former = store.channelFiles.get(channelId, fileId)
    const announced = former ?? ticket
    if (announced === undefined) return false
    const { channel_id, file_id, content_type, metadata } = announced
    const kept = { lifetime: former?.lifetime ?? null, expires_at: former?.expires_at ?? null }
    const file = { ...take(), channel_id, file_id, content_type, metadata, uploaded_at: now, ...kept }
    store.channelFiles.put(file)
    if (ticket) store.tickets.remove(ticket)
    // The URL can be used again until it expires, and then it replaces the bytes.
    if (former) state.release(former)
    else startRuns(store, file, now)
    return true
  })
}

function namedChannel({ store, path }: Pick<FileCall, 'store' | 'path'>): Channel {
  const channel = store.channels.get('', pathParameter(path, 'channel_id'))
  if (channel === undefined) throw notFound('channel')
  return channel
}

function ownFile(call: Pick<FileCall, 'store' | 'path'>): ChannelFile {
  const { channel_id } = namedChannel(call)
  const file = call.store.channelFiles.get(channel_id, pathParameter(call.path, 'file_id'))
  if (file === undefined) throw notFound('file')
  return file
}

/** A datasource delivers to the channels that it is connected to, and to no other. */
function checkMayDeliver({
  principal,
  store,
  path,
}: Pick<Call<'postChannelFileUpload'>, 'principal' | 'store' | 'path'>) {
  if (principal.kind !== 'datasource') return
  if (store.connections.get(pathParameter(path, 'channel_id'), principal.id) === undefined) {
    throw new HttpError(403, `datasource ${principal.id} is not connected to this channel`)
  }
}

function checkConflict({ store, path, query, metadata }: Call<'postChannelFileUpload'>): void {
  const target = query.text('conflict_target')
  if (target === undefined) return
  const key = keyOf(target)
  const value = metadataValue(metadata, key)
  if (value === undefined) return
  const files = store.channelFiles.sorted(pathParameter(path, 'channel_id'), metadataOrder(key))
  const candidate = files.firstFrom([1, value, ''])
  if (candidate && metadataValue(candidate.metadata, key) === value) {
    throw new HttpError(409, `a file with the same ${key} already exists`)
  }
}

function shown(file: ChannelFile, call: FileCall): Schemas['ChannelFile'] & DeprecatedUrl {
  const { channel_id, file_id, content_type, uploaded_at } = file
  const target = { purpose: 'download', kind: 'channels', container: channel_id, file: file_id } as const
  const { url, expires } = call.state.urls.sign(call.publicUrl, target)
  return {
    file_id,
    content_type,
    metadata: responseMetadata(file, call),
    uploaded_at: fileTime(uploaded_at),
    download_uri: url,
    download_url: url,
    url_expires_on: fileTime(expires),
  }
}

function responseMetadata(
  { channel_id, metadata }: Pick<ChannelFile, 'channel_id' | 'metadata'>,
  { store }: Pick<FileCall, 'store'>,
): Record<string, string> {
  const organization = store.channels.get('', channel_id)?.organization_id
  return encodeMetadata(metadata, organization === undefined ? {} : { organizationid: organization })
}
