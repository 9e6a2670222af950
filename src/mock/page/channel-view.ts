import type { MockState } from '../mock-state.ts'
import type { Channel, ChannelFile } from '../store/rows.ts'
import type { Order } from '../store/sorted-rows.ts'
import { fileCell, fileColumns } from './file-view.ts'
import { type Html, html } from './html.ts'
import { filtered, pageOf, tableView } from './table-view.ts'
import type { ViewQuery } from './view-query.ts'

/** A channel that is open: a table of its files. */
export function channelView(channel: Channel, view: ViewQuery, state: MockState): Html {
  const { store } = state
  const { channel_id } = channel
  const files = store.channelFiles.sorted(channel_id, orderOf(view.sort)).after(null)
  const word = view.search.toLowerCase()
  const isFound = (file: ChannelFile) =>
    [file.file_id, ...Object.values(file.metadata)].some((text) => text.toLowerCase().includes(word))
  const page =
    word === ''
      ? pageOf(files, view.page, store.channelFiles.count(channel_id))
      : pageOf(filtered(files, isFound), view.page)
  const datasources = store.connections.group(channel_id).map(({ datasource_id }) => datasource_id)
  const name = { title: 'Name', sort: 'name', cell: (file: ChannelFile) => nameCell(file, state) }
  return html`${datasources.length > 0 && html`<p class="facts">Datasources: ${datasources.join(', ')}</p>`}
    ${tableView('Files', [name, ...fileColumns], page, view)}`
}

function nameCell(file: ChannelFile, state: MockState): Html {
  const target = { kind: 'channels', container: file.channel_id, file: file.file_id } as const
  return fileCell(file, file.metadata.filename ?? file.file_id, target, state)
}

/** The newest first, unless another column is asked for. */
function orderOf(sort: string): Order<ChannelFile> {
  const name = sort === '' ? '-uploaded' : sort
  const sign = name.startsWith('-') ? -1 : 1
  const value = columnOf(name.replace(/^-/, ''))
  return {
    id: `page ${name}`,
    keyOf: (file) => [value(file), file.file_id],
    compare: ([a = '', aId = ''], [b = '', bId = '']) => sign * (compare(a, b) || compare(aId, bId)),
  }
}

function columnOf(name: string): (file: ChannelFile) => string | number {
  if (name === 'name') return (file) => file.metadata.filename ?? file.file_id
  if (name === 'size') return (file) => file.size
  if (name === 'type') return (file) => file.content_type
  return (file) => file.uploaded_at
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
