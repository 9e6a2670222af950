import { getBucketFile, listBucketFiles, uploadBucketFile } from '../../generated/operations.ts'
import { InvalidRequestError } from '../errors/client-errors.ts'
import { type Download, type DownloadOptions, startDownload } from '../files/download.ts'
import { multipartUpload } from '../files/multipart-upload.ts'
import { trackedUpload } from '../files/tracked-upload.ts'
import type { UploadBody } from '../files/upload-body.ts'
import { dataOf } from '../http/api-client.ts'
import { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/request-options.ts'
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
import { BucketStore } from './bucket-store.ts'
import { UPLOAD_OPTIONS, type UploadedFile, type UploadOptions } from './channel-file-types.ts'
import type { AnswerOf } from './operation-types.ts'
import { fileIdOf, Resource } from './resource.ts'
import { isBucketEntry, isBucketFile, isNamed, isPage, isStoredAt } from './response-checks.ts'

/** The files of buckets. Their ids are paths, `folder/name.csv`; the slash in front that answers have may stay. */
export class BucketFiles extends Resource {
  /**
   * Uploads a file to a location (`upload_bucket_file`). Its content type is the given one; else the body's; else
   * what the location ends in. The name of a `File` becomes the metadata `filename`, unless another is given.
   *
   * @param location a path such as `folder/name.csv`
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
   * Lists a folder of a bucket, the root unless `target_dir` says otherwise (`list_bucket_files`).
   * @example
   * for await (const entry of abeja.buckets.files.list(bucketId, { target_dir: '/reports' })) console.log(entry.file_id)
   */
  list(
    bucketId: string,
    params?: ListBucketFilesParams,
    options?: RequestOptions,
  ): Paged<BucketEntry, AnswerOf<'listBucketFiles'>> {
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
   * Gets what is known of a file, with a `download_uri` for its bytes (`get_bucket_file`).
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
   * Downloads a file: asks for its `download_uri` and reads it, again and from where it ended when it breaks.
   * @param file its id, or the file as a list has answered it: that spares asking for it once more
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
   * One bucket, or a folder of it, as a place for files: what `uploadDirectory` and `downloadDirectory` of `./node`
   * work on.
   * @param prefix a folder, such as `reports/2024`
   * @throws InvalidRequestError for a prefix with empty parts, `.` or `..`
   * @deprecated Use `abeja.bucket(…)`.
   * @example
   * await downloadDirectory(abeja.buckets.files.in(bucketId, 'reports'), './reports')
   */
  in(bucketId: string, prefix?: string): BucketStore {
    return new BucketStore(bucketId, prefix ?? '', this)
  }
}

/** Whether a list has returned everything that a download needs. */
function isDownloadable(entry: BucketEntry): entry is BucketFile {
  const { is_file, size, etag, download_uri, download_url } = entry
  return is_file !== false && size !== undefined && etag !== undefined && Boolean(download_uri || download_url)
}
