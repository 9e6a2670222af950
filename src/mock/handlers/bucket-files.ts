import { badBody, badQuery, badRequest, HttpError, notFound } from '../api/http-error.ts'
import { violation } from '../api/violation.ts'
import { fileTime } from '../clock.ts'
import type { Schemas } from '../description.ts'
import { expiryOf, isLifetime, lifetimes } from '../lifetimes.ts'
import { encodeMetadata } from '../metadata.ts'
import { withoutEndSlash } from '../server/public-url.ts'
import type { Target } from '../storage/signed-urls.ts'
import type { BucketFile } from '../store/rows.ts'
import { entriesIn } from './bucket-entries.ts'
import { ownBucket } from './buckets.ts'
import { type Call, type Handler, pathParameter, type Query } from './call.ts'
import type { DeprecatedUrl } from './channel-files.ts'
import { type Entry, entryFilter } from './entry-filter.ts'
import { faultOfLocation, withoutSlash } from './locations.ts'
import { pageSizeOf } from './page-size.ts'
import { takePage } from './page-token.ts'

/**
 * What is directly in a folder, by name. A folder exists as long as a file is below it.
 */
export const listBucketFiles: Handler<'listBucketFiles'> = (call) => {
  const { query } = call
  const { bucket_id } = ownBucket(call)
  const folder = withoutEndSlash(withoutSlash(query.text('target_dir') ?? '/'))
  const size = pageSizeOf(query)
  const after = withoutSlash(cursorOf(query))
  const position = { bucketId: bucket_id, folder: folder === '' ? '' : `${folder}/`, after, size }
  const { items, hasMore } = pageOf(position, call)
  const files = items.map((entry) => withUrls(entry, bucket_id, call))
  const last = files.at(-1)?.file_id ?? null
  const page = {
    files,
    last_file_id: hasMore ? last : null,
    // The platform's command line asks on until a page is empty, and would begin again without a cursor.
    next_start_after: last,
  }
  return page
}

/** The cursor of the documents, or the one of the platform's command line. */
function cursorOf(query: Query): string {
  const [documented, other] = [query.text('last_file_id'), query.text('start_after')]
  if (documented !== undefined && other !== undefined && documented !== other) {
    throw badQuery('start_after', 'must not differ from last_file_id')
  }
  return documented ?? other ?? ''
}

/** A second upload to the same location takes the place of the first. */
export const uploadBucketFile: Handler<'uploadBucketFile'> = (call) => {
  const { state, store, now, upload, form, metadata, principal } = call
  const { bucket_id } = ownBucket(call)
  if (principal.kind === 'datasource') throw new HttpError(403, 'a datasource may upload to its channels only')
  if (upload === undefined || form === undefined) throw badRequest([violation(['body', 'file'], 'is required')])
  const fault = faultOfLocation(form.location)
  if (fault !== undefined) throw badBody('file', `the location "${form.location}" ${fault}`)
  const { lifetime } = form
  if (lifetime !== undefined && !isLifetime(lifetime)) {
    throw badBody('parameters.lifetime', `must be one of ${lifetimes.join(', ')}`)
  }
  const former = store.bucketFiles.get(bucket_id, form.location)
  const file = store.bucketFiles.put({
    ...upload.take(),
    bucket_id,
    location: form.location,
    content_type: form.contentType,
    metadata,
    uploaded_at: now,
    lifetime: lifetime ?? null,
    expires_at: expiryOf(lifetime ?? null, now),
  })
  if (former) state.release(former)
  const { expires } = state.urls.sign(call.publicUrl, downloadOf(file))
  const uploaded = {
    // Unlike every other response, this one names the file without a leading slash.
    file_id: file.location,
    content_type: file.content_type,
    metadata: responseMetadata(file, call),
    lifetime: file.lifetime,
    uploaded_at: null,
    url_expires_on: fileTime(expires),
  }
  return uploaded
}

export const getBucketFile: Handler<'getBucketFile'> = (call) => {
  const { bucket_id } = ownBucket(call)
  const file = call.store.bucketFiles.get(bucket_id, withoutSlash(pathParameter(call.path, 'file_id')))
  if (file === undefined) throw notFound('file')
  return shown(file, call)
}

type BucketCall = Pick<Call<'getBucketFile'>, 'store' | 'state' | 'publicUrl'>

/** A page of the entries of a folder after a position, without their URLs: of those that `q` selects, if there is one. */
function pageOf(
  { bucketId, folder, after, size }: { bucketId: string; folder: string; after: string; size: number },
  call: Pick<Call<'listBucketFiles'>, 'store' | 'query'>,
): { items: Entry[]; hasMore: boolean } {
  const q = call.query.text('q')
  if (q === undefined) return takePage(entriesOf(bucketId, folder, after, call), size)
  try {
    const filter = entryFilter(q)
    const entries = filter.select(entriesOf(bucketId, folder, filter.isAboutList ? '' : after, call))
    return takePage(laterThan(after, entries), size)
  } catch (error) {
    throw badQuery('q', `cannot be evaluated as JMESPath: ${error instanceof Error ? error.message : error}`)
  }
}

function* laterThan(after: string, entries: Iterable<Entry>): Generator<Entry> {
  for (const entry of entries) if (withoutSlash(entry.file_id) > after) yield entry
}

function* entriesOf(
  bucketId: string,
  folder: string,
  after: string,
  call: Pick<BucketCall, 'store'>,
): Generator<Entry> {
  for (const entry of entriesIn(call.store, bucketId, folder, after)) {
    if (typeof entry === 'string') yield { file_id: `/${entry}`, is_file: false }
    else yield factsOf(entry, call)
  }
}

function withUrls(entry: Entry, bucketId: string, call: BucketCall): Schemas['BucketEntry'] & Partial<DeprecatedUrl> {
  const file = call.store.bucketFiles.get(bucketId, withoutSlash(entry.file_id))
  return entry.is_file && file ? shown(file, call) : { file_id: entry.file_id, is_file: false }
}

function shown(file: BucketFile, call: BucketCall): Schemas['BucketFile'] & DeprecatedUrl {
  const { url, expires } = call.state.urls.sign(call.publicUrl, downloadOf(file))
  return { ...factsOf(file, call), download_uri: url, download_url: url, url_expires_on: fileTime(expires) }
}

/** What is known of a file, without the URLs, whose signatures take time. */
function factsOf(file: BucketFile, call: Pick<BucketCall, 'store'>) {
  return {
    file_id: `/${file.location}`,
    is_file: true,
    size: file.size,
    etag: file.md5,
    metadata: responseMetadata(file, call),
    last_modified: fileTime(file.uploaded_at),
    uploaded_at: fileTime(file.uploaded_at),
  }
}

function downloadOf({ bucket_id, location }: BucketFile): Target {
  return { purpose: 'download', kind: 'buckets', container: bucket_id, file: location }
}

function responseMetadata(file: BucketFile, { store }: Pick<BucketCall, 'store'>): Record<string, string> {
  const organization = store.buckets.get('', file.bucket_id)?.organization_id
  return encodeMetadata(file.metadata, organization === undefined ? {} : { organizationid: organization })
}
