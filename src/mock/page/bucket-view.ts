import { entriesOf } from '../handlers/locations.ts'
import type { Bucket } from '../store/rows.ts'
import { fileView, type Scene, sizeOf } from './file-view.ts'
import { type Html, html } from './html.ts'
import { uploadControl } from './upload-control.ts'

/** So many entries of a folder are shown. */
const entriesShown = 100

export function bucketsView(scene: Scene): Html {
  const buckets = scene.world.store.buckets.all()
  if (buckets.length === 0) return html`<p class="empty">No buckets yet.</p>`
  return html`${buckets.map((bucket) => bucketView(bucket, scene))}`
}

function bucketView(bucket: Bucket, scene: Scene): Html {
  const { bucket_id, name, description, organization_id } = bucket
  const files = scene.world.store.bucketFiles.group(bucket_id)
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  const ids = [organization_id, bucket_id].map(encodeURIComponent)
  const upload = `/organizations/${ids[0]}/buckets/${ids[1]}/files`
  return html`<article class="card" data-drop="bucket" data-url="${upload}" data-name="${name}">
    <h3>${name} ${bucket.archived && html`<span class="badge">archived</span>`}</h3>
    <p class="facts"><code>${bucket_id}</code>${description !== '' && ` · ${description}`}</p>
    <p class="facts">${files.length} ${files.length === 1 ? 'file' : 'files'}, ${sizeOf(bytes)}</p>
    ${folderView(
      bucket,
      '',
      files.map(({ location }) => location),
      scene,
    )}
    ${uploadControl(`bucket-${bucket_id}`, `bucket ${name}`)}
  </article>`
}

function folderView(bucket: Bucket, prefix: string, locations: readonly string[], scene: Scene): Html {
  const entries = entriesOf(locations, prefix)
  const shown = entries.slice(0, entriesShown)
  return html`<ul class="files">
    ${shown.map((entry) => entryView(bucket, entry, locations, scene))}
    ${entries.length > shown.length && html`<li class="facts">and ${entries.length - shown.length} more</li>`}
  </ul>`
}

function entryView(bucket: Bucket, entry: string, locations: readonly string[], scene: Scene): Html {
  const { bucket_id } = bucket
  const name = entry.replace(/\/$/, '').split('/').at(-1) ?? entry
  const file = scene.world.store.bucketFiles.get(bucket_id, entry)
  if (file) return fileView(file, name, { kind: 'buckets', container: bucket_id, file: entry }, scene)
  const folder = entry.slice(0, -1)
  const below = locations.filter((location) => location.startsWith(entry))
  return html`<li>
    <details id="folder-${bucket_id}/${folder}" open>
      <summary>${name}/ <span class="facts">${below.length}</span></summary>
      ${folderView(bucket, entry, below, scene)}
    </details>
  </li>`
}
