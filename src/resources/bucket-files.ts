import { getBucketFile, listBucketFiles, uploadBucketFile } from '../../generated/operations.ts'
import { InvalidRequestError } from '../errors/errors.ts'
import { type Download, type DownloadOptions, startDownload } from '../files/download.ts'
import { trackedUpload } from '../files/file-upload.ts'
import { multipartUpload, requireLocation } from '../files/multipart-upload.ts'
import type { UploadBody } from '../files/upload-body.ts'
import { dataOf } from '../http/api-client.ts'
import { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/call.ts'
import { every } from '../http/response-check.ts'
import { decodeMetadata } from '../metadata/metadata-codec.ts'
import { bucketFileCursor, nextBucketFile } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import { knownKeys } from '../validation/known-keys.ts'
import {
  type BucketEntry,
  type BucketFile,
  type ListBucketFilesParams,
  UPLOAD_BUCKET_FILE_PARAMS,
  type UploadBucketFileParams,
} from './bucket-file-types.ts'
import { UPLOAD_OPTIONS, type UploadedFile, type UploadOptions } from './channel-file-types.ts'
import type { ResponseOf } from './operation-types.ts'
import { fileIdOf, Resource } from './resource.ts'
import { isBucketEntry, isBucketFile, isNamed, isPage, isStoredAt } from './response-checks.ts'
import { walkBucket } from './walk-bucket.ts'

/** The files of buckets. Their ids are paths such as `reports/2024.csv`, with or without a leading slash. */
export class BucketFiles extends Resource {
  /**
   * Uploads a file to a location (`upload_bucket_file`). Its content type is the given one; else the body's; else
   * what the location ends in. The name of a `File` becomes the metadata `filename`, unless another is given.
   *
   * @param location a path such as `reports/2024.csv`
   * @throws InvalidRequestError for a location with a slash at either end, empty parts, `.` or `..`
   * @example
   * await abeja.buckets.files.upload(bucketId, 'reports/2024.csv', 'a,b\n1,2\n', { lifetime: '1year' })
   */
  upload(
    bucketId: string,
    location: string,
    body: UploadBody,
    params?: UploadBucketFileParams,
    options?: UploadOptions,
  ): ApiPromise<UploadedFile> {
    return ApiPromise.of(options, async (options) => {
      const { lifetime, ...file } = knownKeys(params, UPLOAD_BUCKET_FILE_PARAMS, 'parameter', InvalidRequestError)
      const { onProgress, ...request } = knownKeys(options, UPLOAD_OPTIONS, 'option', InvalidRequestError)
      const parameters = { ...(lifetime && { lifetime }) }
      const { body: upload, finish } = trackedUpload(multipartUpload(location, body, file, parameters), onProgress)
      const details = { upload, check: every(isBucketFile, isStoredAt(location)) }
      const init = this.client().init(uploadBucketFile, request, { path: { bucket_id: bucketId } }, details)
      // The form in the description's terms: `upload` writes it, and opens the file for each attempt.
      const form = { file: location, parameters: JSON.stringify(parameters) }
      const uploaded = await dataOf(this.api().POST(uploadBucketFile.path, { ...init, body: form }))
      finish()
      return decodeMetadata(uploaded)
    })
  }

  /**
   * Lists a directory of a bucket (`list_bucket_files`): the root, or `target_dir`.
   * @example
   * for await (const entry of abeja.buckets.files.list(bucketId, { target_dir: '/reports' })) console.log(entry.file_id)
   */
  list(
    bucketId: string,
    params?: ListBucketFilesParams,
    options?: RequestOptions,
  ): Paged<BucketEntry, ResponseOf<'listBucketFiles'>> {
    const path = { bucket_id: bucketId }
    const next = nextBucketFile(params?.items_per_page)
    const check = isPage('files', isBucketEntry, next)
    return new Paged(
      this.client(),
      {
        fetch: (cursor, pageOptions) => {
          const query = { target_dir: '/', ...params, ...bucketFileCursor(cursor) }
          const details = { check, undocumented: ['start_after'] }
          const init = this.client().init(listBucketFiles, pageOptions, { path, query }, details)
          return dataOf(this.api().GET(listBucketFiles.path, init))
        },
        items: ({ files }) => files.map(decodeMetadata),
        id: ({ file_id }) => file_id,
        next,
      },
      options,
    )
  }

  /**
   * Gets the description of a file, with a `download_uri` for its bytes (`get_bucket_file`).
   * @example
   * const { size, metadata } = await abeja.buckets.files.get(bucketId, 'reports/2024.csv')
   */
  get(bucketId: string, fileId: string, options?: RequestOptions): ApiPromise<BucketFile> {
    return ApiPromise.of(options, async (options) => {
      const path = { bucket_id: bucketId, file_id: fileId }
      const details = { check: every(isBucketFile, isNamed(fileId)) }
      const init = this.client().init(getBucketFile, options, { path }, details)
      return decodeMetadata(await dataOf(this.api().GET(getBucketFile.path, init)))
    })
  }

  /**
   * Downloads a file from its `download_uri`, and resumes when the connection breaks.
   * @param file its id, or the file as a list returned it, which saves a request
   * @example
   * const csv = await (await abeja.buckets.files.download(bucketId, 'reports/2024.csv')).text()
   */
  download(bucketId: string, file: string | BucketEntry, options?: DownloadOptions): ApiPromise<Download<BucketFile>> {
    return ApiPromise.of(options, async (options) => {
      const fileId = fileIdOf(file)
      const known = typeof file !== 'string' && isDownloadable(file) ? file : undefined
      const info = (pageOptions: RequestOptions) => this.get(bucketId, fileId, pageOptions)
      return startDownload(this.client().transport, { operationId: 'getBucketFile', info }, options, known)
    })
  }

  /**
   * Returns the files of one bucket, or of a directory in it.
   * @param prefix a directory, such as `reports/2024`
   * @throws InvalidRequestError for a prefix with empty parts, `.` or `..`
   * @deprecated Use `abeja.bucket(…)`.
   * @example
   * await downloadDirectory(abeja.buckets.files.in(bucketId, 'reports'), './reports')
   */
  in(bucketId: string, prefix?: string): BucketStore {
    return new BucketStore(bucketId, prefix ?? '', this)
  }
}

/**
 * The files of one bucket, or of a directory in it: `abeja.bucket(id, { prefix }).files`. Its methods are those of
 * `abeja.buckets.files` without the id; paths are relative to the prefix.
 */
export class BucketStore {
  readonly kind = 'bucket'
  readonly bucketId: string
  /** The directory, without a slash at either end; empty for the whole bucket. */
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

  /** As `buckets.files.list`. `target_dir` is a directory below the prefix; by default the prefix itself. */
  list(params?: ListBucketFilesParams, options?: RequestOptions): Paged<BucketEntry, ResponseOf<'listBucketFiles'>> {
    const below = params?.target_dir?.replace(/^\//, '') ?? ''
    const target_dir = `/${[this.prefix, below].filter(Boolean).join('/')}`
    return this.#files.list(this.bucketId, { ...params, target_dir }, options)
  }

  /**
   * Iterates over every file below the prefix, directory by directory. A page is requested when it is read.
   * @example
   * const { files } = abeja.bucket(bucketId, { prefix: 'reports' })
   * for await (const file of files.files()) console.log(file.file_id, file.size)
   */
  files(options?: RequestOptions): AsyncGenerator<BucketEntry, void, undefined> {
    return walkBucket((target_dir) => this.#files.list(this.bucketId, { target_dir }, options), this.prefix)
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

/** Whether an entry of a list has everything that a download needs. */
function isDownloadable(entry: BucketEntry): entry is BucketFile {
  const { is_file, size, etag, download_uri, download_url } = entry
  return is_file !== false && size !== undefined && etag !== undefined && Boolean(download_uri || download_url)
}
