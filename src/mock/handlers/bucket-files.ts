import { badBody, badQuery, badRequest, notFound, Refusal } from '../api/answer.ts'
import { violation } from '../api/violation.ts'
import { fileTime } from '../clock.ts'
import type { Schemas } from '../description.ts'
import { expiryOf, isLifetime, lifetimes } from '../lifetimes.ts'
import { encodeMetadata } from '../metadata.ts'
import type { Target } from '../storage/signed-urls.ts'
import type { BucketFile } from '../store/rows.ts'
import { ownBucket } from './buckets.ts'
import { type Call, type Handler, pathParameter, type Query } from './call.ts'
import type { DeprecatedUrl } from './channel-files.ts'
import { entriesOf, faultOfLocation, withoutSlash } from './locations.ts'
import { pickEntries } from './pick-entries.ts'

const defaultPageSize = 100

/**
 * What stands directly in a folder, by name. A folder is there as long as a file is below it.
 */
export const listBucketFiles: Handler<'listBucketFiles'> = (call) => {
  const { store, query } = call
  const { bucket_id } = ownBucket(call)
  const folder = withoutSlash(query.text('target_dir') ?? '/').replace(/\/+$/, '')
  const size = query.integer('items_per_page') ?? defaultPageSize
  const after = withoutSlash(cursorOf(query))
  const shownAt = (location: string) => entryAt(location, bucket_id, call)
  const locations = store.bucketFiles.group(bucket_id).map((file) => file.location)
  const names = entriesOf(locations, folder === '' ? '' : `${folder}/`).filter((location) => location > after)
  const q = query.text('q')
  const left = q === undefined ? names : picked(names.map(shownAt), q)
  const files = left.slice(0, size).map(shownAt)
  const last = files.at(-1)?.file_id ?? null
  const page = {
    files,
    last_file_id: left.length > size ? last : null,
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
  const { world, store, now, upload, form, metadata, principal } = call
  const { bucket_id } = ownBucket(call)
  if (principal.kind === 'datasource') throw new Refusal(403, 'a datasource may upload to its channels only')
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
  if (former) world.release(former)
  const { expires } = world.urls.sign(call.publicUrl, downloadOf(file))
  const uploaded = {
    // Unlike every other response, this one names the file without a leading slash.
    file_id: file.location,
    content_type: file.content_type,
    metadata: answeredMetadata(file, call),
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

type BucketCall = Pick<Call<'getBucketFile'>, 'store' | 'world' | 'publicUrl'>

/** The locations of the entries that `q` picks. */
function picked(entries: readonly Schemas['BucketEntry'][], q: string): string[] {
  try {
    return pickEntries(entries, q).map(({ file_id }) => withoutSlash(file_id))
  } catch (error) {
    throw badQuery('q', `is not a JMESPath expression: ${error instanceof Error ? error.message : error}`)
  }
}

function entryAt(location: string, bucketId: string, call: BucketCall): Schemas['BucketEntry'] {
  const file = call.store.bucketFiles.get(bucketId, location)
  return file ? shown(file, call) : { file_id: `/${location}`, is_file: false }
}

function shown(file: BucketFile, call: BucketCall): Schemas['BucketFile'] & DeprecatedUrl {
  const { url, expires } = call.world.urls.sign(call.publicUrl, downloadOf(file))
  return {
    file_id: `/${file.location}`,
    is_file: true,
    size: file.size,
    etag: file.md5,
    metadata: answeredMetadata(file, call),
    last_modified: fileTime(file.uploaded_at),
    uploaded_at: fileTime(file.uploaded_at),
    download_uri: url,
    download_url: url,
    url_expires_on: fileTime(expires),
  }
}

function downloadOf({ bucket_id, location }: BucketFile): Target {
  return { purpose: 'download', kind: 'buckets', container: bucket_id, file: location }
}

function answeredMetadata(file: BucketFile, { store }: Pick<BucketCall, 'store'>): Record<string, string> {
  const organization = store.buckets.get('', file.bucket_id)?.organization_id
  return encodeMetadata(file.metadata, organization === undefined ? {} : { organizationid: organization })
}
