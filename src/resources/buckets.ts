import {
  archiveBucket,
  createBucket,
  getBucket,
  listBuckets,
  patchBucket,
  unarchiveBucket,
} from '../../generated/operations.ts'
import type { components } from '../../generated/schema.d.ts'
import { dataOf } from '../http/api-client.ts'
import { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/call.ts'
import { object, optional } from '../http/response-check.ts'
import { nextOffset } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import { BucketFiles } from './bucket-files.ts'
import type { JsonBodyOf, QueryOf, ResponseOf } from './operation-types.ts'
import { Resource } from './resource.ts'
import { isBucket, isPage } from './response-checks.ts'

export type Bucket = components['schemas']['Bucket']
export type CreateBucketParams = JsonBodyOf<'createBucket'>
export type UpdateBucketParams = JsonBodyOf<'patchBucket'>
export type ListBucketsParams = QueryOf<'listBuckets'>

const HAS_BUCKET = { check: object({ bucket: isBucket }) }
const MAY_HAVE_BUCKET = { check: object({ bucket: optional(isBucket) }), mayBeEmpty: true }
const IS_PAGE = { check: isPage('buckets', isBucket, nextOffset) }

/** Buckets, with their files. */
export class Buckets extends Resource {
  readonly files: BucketFiles = new BucketFiles(this.client())

  /**
   * Creates a bucket (`create_bucket`). Not retried when the request may have been processed.
   * @example
   * const bucket = await abeja.buckets.create({ name: 'models', description: 'weights' })
   */
  create(params: CreateBucketParams, options?: RequestOptions): ApiPromise<Bucket> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(createBucket, options, {}, HAS_BUCKET)
      return (await dataOf(this.api().POST(createBucket.path, { ...init, body: params }))).bucket
    })
  }

  /**
   * Lists the organization's buckets (`list_buckets`).
   * @example
   * for await (const bucket of abeja.buckets.list()) console.log(bucket.name)
   */
  list(params: ListBucketsParams = {}, options?: RequestOptions): Paged<Bucket, ResponseOf<'listBuckets'>> {
    return new Paged(
      this.client(),
      {
        fetch: (cursor, pageOptions) => {
          const query = cursor === undefined ? params : { ...params, offset: Number(cursor) }
          const init = this.client().init(listBuckets, pageOptions, { query }, IS_PAGE)
          return dataOf(this.api().GET(listBuckets.path, init))
        },
        items: ({ buckets }) => buckets,
        id: ({ bucket_id }) => bucket_id,
        next: nextOffset,
      },
      options,
    )
  }

  /**
   * Gets a bucket (`get_bucket`).
   * @example
   * const { name } = await abeja.buckets.get('1230000000000')
   */
  get(bucketId: string, options?: RequestOptions): ApiPromise<Bucket> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(getBucket, options, pathOf(bucketId), HAS_BUCKET)
      return (await dataOf(this.api().GET(getBucket.path, init))).bucket
    })
  }

  /**
   * Changes a bucket's name or description (`patch_bucket`). An empty description clears it.
   * @example
   * await abeja.buckets.update('1230000000000', { name: 'weights' })
   */
  update(bucketId: string, params: UpdateBucketParams, options?: RequestOptions): ApiPromise<Bucket> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(patchBucket, options, pathOf(bucketId), HAS_BUCKET)
      return (await dataOf(this.api().PATCH(patchBucket.path, { ...init, body: params }))).bucket
    })
  }

  /**
   * Archives a bucket (`archive_bucket`).
   * @example
   * await abeja.buckets.archive('1230000000000')
   */
  archive(bucketId: string, options?: RequestOptions): ApiPromise<Bucket | undefined> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(archiveBucket, options, pathOf(bucketId), MAY_HAVE_BUCKET)
      return (await this.api().POST(archiveBucket.path, init)).data?.bucket ?? undefined
    })
  }

  /**
   * Unarchives a bucket (`unarchive_bucket`).
   * @example
   * await abeja.buckets.unarchive('1230000000000')
   */
  unarchive(bucketId: string, options?: RequestOptions): ApiPromise<Bucket | undefined> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(unarchiveBucket, options, pathOf(bucketId), MAY_HAVE_BUCKET)
      return (await this.api().POST(unarchiveBucket.path, init)).data?.bucket ?? undefined
    })
  }
}

function pathOf(bucketId: string) {
  return { path: { bucket_id: bucketId } }
}
