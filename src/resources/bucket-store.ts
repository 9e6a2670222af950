import type { Download, DownloadOptions } from '../files/download.ts'
import { requireLocation } from '../files/multipart-upload.ts'
import type { UploadBody } from '../files/upload-body.ts'
import type { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/request-options.ts'
import type { Paged } from '../pagination/paged.ts'
import type { BucketEntry, BucketFile, ListBucketFilesParams, UploadBucketFileParams } from './bucket-file-types.ts'
import type { BucketFiles } from './bucket-files.ts'
import type { UploadedFile, UploadOptions } from './channel-file-types.ts'
import type { AnswerOf } from './operation-types.ts'
import { walkBucket } from './walk-bucket.ts'

/**
 * The files of one bucket, or of a folder of it: `abeja.bucket(id, { prefix }).files`. Its methods are those of
 * `abeja.buckets.files`, without the id; paths are relative to the prefix.
 */
export class BucketStore {
  readonly kind = 'bucket'
  readonly bucketId: string
  /** The folder, without a slash at either end; empty for the whole bucket. */
  readonly prefix: string
  readonly #files: BucketFiles

  /** @throws InvalidRequestError for a prefix with empty parts, `.` or `..` */
  constructor(bucketId: string, prefix: string, files: BucketFiles) {
    this.bucketId = bucketId
    this.prefix = typeof prefix === 'string' ? prefix.replace(/^\//, '').replace(/\/$/, '') : prefix
    if (this.prefix !== '') requireLocation(this.prefix)
    this.#files = files
  }

  /** `bucket://<bucket>/<prefix>`. */
  get address(): string {
    return `bucket://${[this.bucketId, this.prefix].filter(Boolean).join('/')}`
  }

  /** The location in the bucket of a path below the prefix. */
  locationOf(path: string): string {
    return this.prefix === '' ? path : `${this.prefix}/${path}`
  }

  /** The path below the prefix of a file's id; undefined when the file is not below it. */
  pathOf(fileId: string): string | undefined {
    const location = fileId.replace(/^\//, '')
    if (this.prefix === '') return location
    return location.startsWith(`${this.prefix}/`) ? location.slice(this.prefix.length + 1) : undefined
  }

  /** As `buckets.files.upload`, to a path below the prefix. */
  upload(
    path: string,
    body: UploadBody,
    params?: UploadBucketFileParams,
    options?: UploadOptions,
  ): ApiPromise<UploadedFile> {
    return this.#files.upload(this.bucketId, this.locationOf(path), body, params, options)
  }

  /** As `buckets.files.list`. `target_dir` is a folder below the prefix, the prefix itself when it is omitted. */
  list(params?: ListBucketFilesParams, options?: RequestOptions): Paged<BucketEntry, AnswerOf<'listBucketFiles'>> {
    const below = params?.target_dir?.replace(/^\//, '') ?? ''
    const target_dir = `/${[this.prefix, below].filter(Boolean).join('/')}`
    return this.#files.list(this.bucketId, { ...params, target_dir }, options)
  }

  /**
   * Every file below the prefix, folder by folder. Nothing is requested before it is read.
   * @example
   * const { files } = abeja.bucket(bucketId, { prefix: 'reports' })
   * for await (const file of files.files()) console.log(file.file_id, file.size)
   */
  files(options?: RequestOptions): AsyncGenerator<BucketEntry, void, undefined> {
    return walkBucket((folder) => this.#files.list(this.bucketId, { target_dir: folder }, options), this.prefix)
  }

  /** As `buckets.files.get`, of a path below the prefix. */
  get(path: string, options?: RequestOptions): ApiPromise<BucketFile> {
    return this.#files.get(this.bucketId, this.locationOf(path), options)
  }

  /** As `buckets.files.download`, of a path below the prefix, or a file that `list` or `files` returned. */
  download(file: string | BucketEntry, options?: DownloadOptions): ApiPromise<Download<BucketFile>> {
    const found = typeof file === 'string' ? this.locationOf(file) : file
    return this.#files.download(this.bucketId, found, options)
  }
}
