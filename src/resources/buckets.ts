import {
  archiveBucket,
  createBucket,
  getBucket,
  listBuckets,
  patchBucket,
  unarchiveBucket,
} from '../../generated/operations.ts'
import type { components } from '../../generated/schema.d.ts'
import type { AnswerOf, JsonBodyOf, QueryOf } from '../http/operation-types.ts'
import { object, optional } from '../http/response-check.ts'
import type { RequestOptions } from '../options.ts'
import { nextOffset } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import { BucketFiles } from './bucket-files.ts'
import { Resource } from './resource.ts'
import { isBucket, isPage } from './response-checks.ts'

export type Bucket = components['schemas']['Bucket']
export type CreateBucketParams = JsonBodyOf<'createBucket'>
export type UpdateBucketParams = JsonBodyOf<'patchBucket'>
export type ListBucketsParams = QueryOf<'listBuckets'>

const HAS_BUCKET = object({ bucket: isBucket })
const MAY_HAVE_BUCKET = object({ bucket: optional(isBucket) })
const IS_PAGE = isPage('buckets', isBucket, nextOffset)

/** Buckets: files in folders, under names of your own. */
export class Buckets extends Resource {
  readonly files = new BucketFiles(this.client())

  /**
   * Creates a bucket (`create_bucket`). Not made again when the server may have acted: it would make a second one.
   * @example
   * const bucket = await abeja.buckets.create({ name: 'models', description: 'weights' })
   */
  async create(params: CreateBucketParams, options?: RequestOptions): Promise<Bucket> {
    return (await this.client().send(createBucket, { json: params }, options, HAS_BUCKET)).bucket
  }

  /**
   * Lists the organization's buckets (`list_buckets`).
   * @example
   * for await (const bucket of abeja.buckets.list()) console.log(bucket.name)
   */
  list(params: ListBucketsParams = {}, options?: RequestOptions): Paged<Bucket, AnswerOf<'listBuckets'>> {
    return new Paged(
      this.client(),
      {
        fetch: (cursor, pageOptions) => {
          const query = cursor === undefined ? params : { ...params, offset: Number(cursor) }
          return this.client().send(listBuckets, { query }, pageOptions, IS_PAGE)
        },
        items: ({ buckets }) => buckets,
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
  async get(bucketId: string, options?: RequestOptions): Promise<Bucket> {
    return (await this.client().send(getBucket, pathOf(bucketId), options, HAS_BUCKET)).bucket
  }

  /**
   * Changes a bucket's name or description (`patch_bucket`). An empty description clears it.
   * @example
   * await abeja.buckets.update('1230000000000', { name: 'weights' })
   */
  async update(bucketId: string, params: UpdateBucketParams, options?: RequestOptions): Promise<Bucket> {
    return (await this.client().send(patchBucket, { ...pathOf(bucketId), json: params }, options, HAS_BUCKET)).bucket
  }

  /**
   * Archives a bucket (`archive_bucket`).
   * @example
   * await abeja.buckets.archive('1230000000000')
   */
  async archive(bucketId: string, options?: RequestOptions): Promise<Bucket | undefined> {
    return (
      (await this.client().sendAction(archiveBucket, pathOf(bucketId), options, MAY_HAVE_BUCKET))?.bucket ?? undefined
    )
  }

  /**
   * Takes a bucket out of the archive (`unarchive_bucket`).
   * @example
   * await abeja.buckets.unarchive('1230000000000')
   */
  async unarchive(bucketId: string, options?: RequestOptions): Promise<Bucket | undefined> {
    return (
      (await this.client().sendAction(unarchiveBucket, pathOf(bucketId), options, MAY_HAVE_BUCKET))?.bucket ?? undefined
    )
  }
}

function pathOf(bucketId: string): { path: { bucket_id: string } } {
  return { path: { bucket_id: bucketId } }
}
