import { notFound } from '../api/http-error.ts'
import { resourceTime } from '../clock.ts'
import type { Schemas } from '../description.ts'
import { resourceId } from '../ids.ts'
import type { Bucket } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { type Call, type Handler, pathParameter } from './call.ts'
import { pageByOffset } from './offset-page.ts'
import { organizationOf } from './organizations.ts'

/** Archived buckets are listed too: there is no parameter to ask for them. */
export const listBuckets: Handler<'listBuckets'> = ({ store, path, query }) => {
  const organization = organizationOf(store, pathParameter(path, 'organization_id'))
  const isListed = ({ organization_id }: Bucket) => organization_id === organization.organization_id
  const { items, ...page } = pageByOffset(store.buckets.each(''), isListed, query)
  return { ...organization, buckets: items.map(shown), ...page }
}

export const createBucket: Handler<'createBucket'> = ({ store, path, json, now }) => {
  const bucket = store.buckets.put({
    bucket_id: resourceId(),
    organization_id: pathParameter(path, 'organization_id'),
    name: json.name ?? '',
    description: json.description ?? '',
    archived: false,
    created_at: resourceTime(now),
    updated_at: resourceTime(now),
  })
  return envelope(store, bucket, shown(bucket))
}

export const getBucket: Handler<'getBucket'> = (call) => {
  const bucket = ownBucket(call)
  return envelope(call.store, bucket, shown(bucket))
}

export const patchBucket: Handler<'patchBucket'> = (call) => {
  const { name, description } = call.json
  const changes = { ...(name !== undefined && { name }), ...(description !== undefined && { description }) }
  const bucket = change(call, changes)
  return envelope(call.store, bucket, shown(bucket))
}

export const archiveBucket: Handler<'archiveBucket'> = (call) => setArchived(call, true)

export const unarchiveBucket: Handler<'unarchiveBucket'> = (call) => setArchived(call, false)

/** The bucket that a path names, within the organization that it names. */
export function ownBucket({ store, path }: Pick<Call<'getBucket'>, 'store' | 'path'>): Bucket {
  const bucket = store.buckets.get('', pathParameter(path, 'bucket_id'))
  if (bucket?.organization_id !== pathParameter(path, 'organization_id')) throw notFound('bucket')
  return bucket
}

type BucketCall = Pick<Call<'getBucket'>, 'store' | 'path' | 'now'>

function setArchived(call: BucketCall, archived: boolean): Schemas['BucketEnvelope'] {
  const bucket = change(call, { archived })
  return envelope(call.store, bucket, { ...shown(bucket), archived, security_method: 'organization' })
}

function change(call: BucketCall, changes: Partial<Bucket>): Bucket {
  return call.store.buckets.put({ ...ownBucket(call), ...changes, updated_at: resourceTime(call.now) })
}

function shown({ organization_id: _, archived: __, ...bucket }: Bucket): Schemas['Bucket'] {
  return { ...bucket, display_name: bucket.name }
}

function envelope(store: Store, { organization_id }: Bucket, bucket: Schemas['Bucket']): Schemas['BucketEnvelope'] {
  return { ...organizationOf(store, organization_id), bucket }
}
