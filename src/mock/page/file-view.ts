import type { Target } from '../storage/signed-urls.ts'
import type { StoredFile } from '../store/rows.ts'
import type { World } from '../world.ts'
import { type Html, html } from './html.ts'

/** What a view needs. */
export interface Scene {
  readonly world: World
}

/** A file in a list: a picture if it is one, its name as a link to its bytes, and what is known of it. */
export function fileView(file: StoredFile, name: string, target: Omit<Target, 'purpose'>, scene: Scene): Html {
  const url = scene.world.urls.signForPage({ purpose: 'download', ...target })
  const facts = [file.content_type, sizeOf(file.size), timeOf(file.uploaded_at)]
  return html`<li class="file">
    ${thumbnail(file, name, url)}
    <div>
      <a href="${url}" target="_blank" rel="noreferrer">${name}</a>
      <p class="facts">${facts.join(' · ')}${file.expires_at !== null && ` · goes ${timeOf(file.expires_at)}`}</p>
      ${otherMetadata(file)}
    </div>
  </li>`
}

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
  return html`<img class="thumb" src="${url}" alt="" loading="lazy" width="48" height="48">`
}

function otherMetadata({ metadata }: StoredFile): Html | undefined {
  const pairs = Object.entries(metadata).filter(([key]) => key !== 'filename')
  return pairs.length === 0
    ? undefined
    : html`<p class="facts">${pairs.map(([key, value]) => `${key}: ${value}`).join(' · ')}</p>`
}
