import type { MockState } from '../mock-state.ts'
import type { Bucket, Channel, Trigger } from '../store/rows.ts'
import { bucketView } from './bucket-view.ts'
import { channelView } from './channel-view.ts'
import { type Html, html } from './html.ts'
import { type Column, filtered, pageOf, tableView } from './table-view.ts'
import { triggerView } from './trigger-view.ts'
import { linkTo, linkToContainer, type ViewQuery } from './view-query.ts'

/** What is stored: an overview of the containers, or one of them open. */
export function contentView(view: ViewQuery, state: MockState): Html {
  const { store } = state
  const { kind, id = '' } = view.open ?? {}
  const channel = kind === 'channel' ? store.channels.get('', id) : undefined
  if (channel) return opened(channel, 'channel', id, view, channelView(channel, view, state))
  const bucket = kind === 'bucket' ? store.buckets.get('', id) : undefined
  if (bucket) return opened(bucket, 'bucket', id, view, bucketView(bucket, view, state))
  const trigger = kind === 'trigger' ? store.triggers.all().find(({ trigger_id }) => trigger_id === id) : undefined
  if (trigger) return opened({ name: id, description: '' }, 'trigger', id, view, triggerView(trigger, view, state))
  return overview(view.open ? { ...view, open: undefined, search: '' } : view, state)
}

function overview(view: ViewQuery, { store }: MockState): Html {
  const word = view.search.toLowerCase()
  const isFound = (...texts: readonly string[]) => texts.some((text) => text.toLowerCase().includes(word))
  const channels = filtered(store.channels.each(''), ({ name, channel_id }) => isFound(name, channel_id))
  const buckets = filtered(store.buckets.each(''), ({ name, bucket_id }) => isFound(name, bucket_id))
  const triggers = filtered(store.triggers.all(), ({ trigger_id, deployment_id }) => isFound(trigger_id, deployment_id))
  const channelColumns: Column<Channel>[] = [
    { title: 'Channel', cell: (channel) => containerCell('channel', channel.channel_id, channel) },
    { title: 'Files', cell: ({ channel_id }) => store.channelFiles.count(channel_id) },
    { title: 'Id', isWide: true, cell: ({ channel_id }) => html`<code>${channel_id}</code>` },
  ]
  const bucketColumns: Column<Bucket>[] = [
    { title: 'Bucket', cell: (bucket) => containerCell('bucket', bucket.bucket_id, bucket) },
    { title: 'Files', cell: ({ bucket_id }) => store.bucketFiles.count(bucket_id) },
    { title: 'Id', isWide: true, cell: ({ bucket_id }) => html`<code>${bucket_id}</code>` },
  ]
  const triggerColumns: Column<Trigger>[] = [
    {
      title: 'Trigger',
      cell: ({ trigger_id }) => html`<a data-nav href="${linkToContainer('trigger', trigger_id)}">${trigger_id}</a>`,
    },
    { title: 'Runs', cell: ({ trigger_id }) => store.runs.count(trigger_id) },
    { title: 'Channel', isWide: true, cell: ({ input_service_id }) => html`<code>${input_service_id}</code>` },
  ]
  return html`${searchBox(view, 'Search channels, buckets and triggers')}
    <div class="columns">
    <section><h2>Channels</h2>${tableView('Channels', channelColumns, pageOf(channels, view.page), view, (channel) =>
      dropTarget('channel', channel.name, uploadPathOfChannel(channel)),
    )}</section>
    <section><h2>Buckets</h2>${tableView('Buckets', bucketColumns, pageOf(buckets, view.page), view, (bucket) =>
      dropTarget('bucket', bucket.name, uploadPathOfBucket(bucket)),
    )}</section>
    <section><h2>Triggers and their runs</h2>${tableView('Triggers', triggerColumns, pageOf(triggers, view.page), view)}</section>
    </div>`
}

function containerCell(kind: 'channel' | 'bucket', id: string, container: Channel | Bucket): Html {
  const { name, description, archived } = container
  return html`<a data-nav href="${linkToContainer(kind, id)}"><bdi>${name === '' ? id : name}</bdi></a>
    ${archived && html`<span class="badge">archived</span>`}
    ${description !== '' && html`<p class="facts"><bdi>${description}</bdi></p>`}`
}

function opened(
  container: Pick<Channel, 'name' | 'description'> & Partial<Channel> & Partial<Bucket>,
  kind: 'channel' | 'bucket' | 'trigger',
  id: string,
  view: ViewQuery,
  content: Html,
): Html {
  const { name, description, channel_id, bucket_id, organization_id = '' } = container
  const path =
    channel_id !== undefined
      ? uploadPathOfChannel({ channel_id })
      : bucket_id !== undefined && uploadPathOfBucket({ bucket_id, organization_id })
  const target = path !== false && kind !== 'trigger' && dropTarget(kind, name, path, view.folder)
  return html`<p><a id="overview" data-nav href="${linkTo(view, { open: undefined, folder: '', search: '', sort: '' })}">← Overview</a></p>
    <article class="card" ${target}>
    <h2><bdi>${name === '' ? id : name}</bdi> ${container.archived && html`<span class="badge">archived</span>`}</h2>
    <p class="facts">${kind} <code>${id}</code>${description !== '' && html` · <bdi>${description}</bdi>`}</p>
    ${target && uploadControl(kind, name)}
    ${searchBox(view, `Search ${kind === 'trigger' ? 'runs' : 'files'}`)}
    ${content}
    </article>`
}

/** A place to drop files, and a button for those who do not drag. */
function uploadControl(kind: string, name: string): Html {
  return html`<p class="drop">
    <button id="upload" class="primary" data-pick>Upload<span class="hidden"> to ${kind} ${name}</span></button>
    <span class="facts">or drop files here</span>
  </p>`
}

function searchBox({ search }: ViewQuery, label: string): Html {
  return html`<p><input type="search" id="search" aria-label="${label}" placeholder="${label}" value="${search}"></p>`
}

/** The attributes by which the script of the page finds a place for files. */
function dropTarget(kind: 'channel' | 'bucket', name: string, path: string, folder = ''): Html {
  return html`data-drop="${kind}" data-url="${path}" data-name="${name}" data-folder="${folder}"`
}

function uploadPathOfChannel({ channel_id }: Pick<Channel, 'channel_id'>): string {
  return `/channels/${encodeURIComponent(channel_id)}/upload`
}

function uploadPathOfBucket({ organization_id, bucket_id }: Pick<Bucket, 'organization_id' | 'bucket_id'>): string {
  return `/organizations/${encodeURIComponent(organization_id)}/buckets/${encodeURIComponent(bucket_id)}/files`
}
