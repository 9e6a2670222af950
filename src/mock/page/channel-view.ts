import type { Channel, ChannelFile } from '../store/rows.ts'
import { fileView, type Scene, sizeOf } from './file-view.ts'
import { type Html, html } from './html.ts'
import { uploadControl } from './upload-control.ts'

/** So many files of a channel are shown, the newest first. */
const filesShown = 30

export function channelsView(scene: Scene): Html {
  const channels = scene.world.store.channels.all()
  if (channels.length === 0) return html`<p class="empty">No channels yet.</p>`
  return html`${channels.map((channel) => channelView(channel, scene))}`
}

function channelView(channel: Channel, scene: Scene): Html {
  const { store } = scene.world
  const { channel_id, name, description } = channel
  const files = store.channelFiles.group(channel_id)
  const newest = files.toSorted((a, b) => b.uploaded_at - a.uploaded_at).slice(0, filesShown)
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  const datasources = store.connections.group(channel_id).map(({ datasource_id }) => datasource_id)
  const upload = `/channels/${encodeURIComponent(channel_id)}/upload`
  return html`<article class="card" data-drop="channel" data-url="${upload}" data-name="${name}">
    <h3>${name} ${channel.archived && html`<span class="badge">archived</span>`}</h3>
    <p class="facts"><code>${channel_id}</code>${description !== '' && ` · ${description}`}</p>
    ${datasources.length > 0 && html`<p class="facts">Datasources: ${datasources.join(', ')}</p>`}
    <p class="facts">${files.length} ${files.length === 1 ? 'file' : 'files'}, ${sizeOf(bytes)}</p>
    <ul class="files">${newest.map((file) => channelFileView(file, scene))}</ul>
    ${files.length > newest.length && html`<p class="facts">and ${files.length - newest.length} older ones</p>`}
    ${uploadControl(`channel-${channel_id}`, `channel ${name}`)}
  </article>`
}

function channelFileView(file: ChannelFile, scene: Scene): Html {
  const name = file.metadata.filename ?? file.file_id
  return fileView(file, name, { kind: 'channels', container: file.channel_id, file: file.file_id }, scene)
}
