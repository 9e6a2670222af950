import type { MockState } from '../mock-state.ts'
import type { Target } from '../storage/signed-urls.ts'
import type { StoredFile } from '../store/rows.ts'
import { type Html, html } from './html.ts'
import type { Column } from './table-view.ts'

/** A file in a table: a picture if it is one, and its name as a link to its bytes. */
export function fileCell(file: StoredFile, name: string, target: Omit<Target, 'purpose'>, { urls }: MockState): Html {
  const url = urls.signForPage({ purpose: 'download', ...target })
  const facts = [file.content_type, sizeOf(file.size), timeOf(file.uploaded_at)]
  return html`<div class="file">${thumbnail(file, name, url)}<div>
    <a href="${url}" target="_blank" rel="noreferrer"><bdi>${name}</bdi></a>
    <p class="facts narrow">${facts.join(' · ')}</p>
    ${otherMetadata(file)}</div></div>`
}

/** What is known of a file beside its name. */
export const fileColumns: readonly Column<StoredFile>[] = [
  { title: 'Type', sort: 'type', isWide: true, cell: ({ content_type }) => html`<bdi>${content_type}</bdi>` },
  { title: 'Size', sort: 'size', isWide: true, cell: ({ size }) => sizeOf(size) },
  { title: 'Uploaded', sort: 'uploaded', isWide: true, cell: ({ uploaded_at }) => timeOf(uploaded_at) },
  {
    title: 'Expires',
    isWide: true,
    cell: ({ expires_at }) => (expires_at === null ? html`<span class="facts">never</span>` : timeOf(expires_at)),
  },
]

/** `2.4 MB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length)
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`
}

/** `2018-05-10 11:02:08`, in UTC as the API has it. */
export function timeOf(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ')
}

function thumbnail({ content_type }: StoredFile, name: string, url: string): Html {
  const suffix = /\.(\w{1,4})$/.exec(name)?.[1] ?? 'file'
  if (!content_type.startsWith('image/')) return html`<span class="thumb" aria-hidden="true">${suffix}</span>`
  // The name beside it says what it is.
  return html`<img class="thumb" src="${url}" alt="" loading="lazy" width="40" height="40">`
}

function otherMetadata({ metadata }: StoredFile): Html | undefined {
  const pairs = Object.entries(metadata).filter(([key]) => key !== 'filename')
  return pairs.length === 0
    ? undefined
    : html`<p class="facts"><bdi>${pairs.map(([key, value]) => `${key}: ${value}`).join(' · ')}</bdi></p>`
}
