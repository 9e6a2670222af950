import { entriesIn } from '../handlers/bucket-entries.ts'
import type { MockState } from '../mock-state.ts'
import type { Bucket, BucketFile } from '../store/rows.ts'
import type { Order } from '../store/sorted-rows.ts'
import { fileCell, fileColumns } from './file-view.ts'
import { type Html, html } from './html.ts'
import { type Column, filtered, pageOf, tableView } from './table-view.ts'
import { linkTo, type ViewQuery } from './view-query.ts'

/** A file, or a folder by its name with a slash behind. */
type Entry = BucketFile | string

/** A bucket that is open: what is directly in a folder, or all files below it that are searched for. */
export function bucketView(bucket: Bucket, view: ViewQuery, state: MockState): Html {
  const isFlat = view.search !== '' || view.sort !== ''
  const page = pageOf(
    isFlat ? filesBelow(bucket, view, state) : entriesIn(state.store, bucket.bucket_id, view.folder, ''),
    view.page,
  )
  const shownName = (entry: string) => (isFlat ? entry : entry.slice(view.folder.length))
  const columns: Column<Entry>[] = [
    {
      title: 'Name',
      sort: 'name',
      cell: (entry) =>
        typeof entry === 'string'
          ? html`<a data-nav href="${linkTo(view, { folder: entry })}">📁 <bdi>${shownName(entry)}</bdi></a>`
          : fileCell(entry, shownName(entry.location), targetOf(entry), state),
    },
    ...fileColumns.map((column) => ({
      ...column,
      cell: (entry: Entry) => typeof entry !== 'string' && column.cell(entry),
    })),
  ]
  return html`${breadcrumbs(view)}${tableView('Files', columns, page, view)}`
}

/** Each names all directories above it, so many of them would make a page that is too long to send. */
const mostBreadcrumbs = 12

function breadcrumbs(view: ViewQuery): Html | false {
  if (view.folder === '') return false
  const names = view.folder.split('/').slice(0, -1)
  const hidden = Math.max(0, names.length - mostBreadcrumbs)
  const links = names.slice(hidden).map((name, index) => {
    const folder = `${names.slice(0, hidden + index + 1).join('/')}/`
    return html` / <a data-nav href="${linkTo(view, { folder, search: '', sort: '' })}"><bdi>${name}</bdi></a>`
  })
  return html`<p class="path"><a data-nav href="${linkTo(view, { folder: '', search: '', sort: '' })}">root</a>${hidden > 0 && ' / …'}${links}</p>`
}

function filesBelow({ bucket_id }: Bucket, view: ViewQuery, { store }: MockState): Iterable<BucketFile> {
  const word = view.search.toLowerCase()
  const files = store.bucketFiles.sorted(bucket_id, orderOf(view.sort)).after(null)
  return filtered(files, ({ location, metadata }) => {
    const texts = [location, ...Object.values(metadata)]
    return location.startsWith(view.folder) && texts.some((text) => text.toLowerCase().includes(word))
  })
}

function targetOf({ bucket_id, location }: BucketFile) {
  return { kind: 'buckets', container: bucket_id, file: location } as const
}

function orderOf(sort: string): Order<BucketFile> {
  const sign = sort.startsWith('-') ? -1 : 1
  const value = columnOf(sort.replace(/^-/, ''))
  return {
    id: `page ${sort}`,
    keyOf: (file) => [value(file), file.location],
    compare: ([a = '', aName = ''], [b = '', bName = '']) => sign * (compare(a, b) || compare(aName, bName)),
  }
}

function columnOf(name: string): (file: BucketFile) => string | number {
  if (name === 'size') return (file) => file.size
  if (name === 'type') return (file) => file.content_type
  if (name === 'uploaded') return (file) => file.uploaded_at
  return (file) => file.location
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
