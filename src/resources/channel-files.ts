import {
  deleteChannelFile,
  getChannelFileDownload,
  getChannelFileUpload,
  listChannelFiles,
  putChannelFileLifetime,
  putChannelFileMetadata,
} from '../../generated/operations.ts'
import { InvalidRequestError } from '../errors/errors.ts'
import { type Download, type DownloadOptions, startDownload } from '../files/download.ts'
import { requireSafeUrl } from '../files/presigned-url.ts'
import type { UploadBody } from '../files/upload-body.ts'
import { dataOf } from '../http/api-client.ts'
import { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/call.ts'
import { requireHeaderValue } from '../http/headers.ts'
import { decodeMetadata, type Metadata, metadataBody, metadataHeaders } from '../metadata/metadata-codec.ts'
import { nextToken, tokenQuery } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import { knownKeys } from '../validation/known-keys.ts'
import type {
  ChannelFile,
  ChannelFileLifetime,
  ChannelFileUploadTicket,
  DeletedChannelFile,
  Lifetime,
  ListChannelFilesParams,
  RequestUploadParams,
  UpdateChannelFileParams,
  UploadChannelFileParams,
  UploadedFile,
  UploadOptions,
} from './channel-file-types.ts'
import type { QueryOf, ResponseOf } from './operation-types.ts'
import { fileIdOf, Resource } from './resource.ts'
import { isChannelFile, isPage, isUploadTicket, mayBeChannelFile } from './response-checks.ts'
import { updateChannelFile } from './update-channel-file.ts'
import { uploadChannelFile } from './upload-channel-file.ts'

const IS_FILE = { check: isChannelFile }
const MAY_BE_FILE = { check: mayBeChannelFile, mayBeEmpty: true }
const IS_PAGE = { check: isPage('files', isChannelFile, nextToken) }

/** The files of channels. */
export class ChannelFiles extends Resource {
  /**
   * Uploads a file (`post_channel_file_upload`). Its content type is the given one, else that of the body, else the one of
   * its name's extension. The name of a `File` becomes the metadata `filename`, unless another is given.
   *
   * Retried only when the server certainly has not stored the file, or when its metadata contain the `conflict_target`,
   * which makes a second copy impossible: then a conflict with an earlier attempt of the same call counts as success.
   *
   * @throws ConflictError when `conflict_target` names a key whose value is taken
   * @example
   * const { file_id } = await abeja.channels.files.upload(channelId, bytes, {
   *   content_type: 'image/jpeg', metadata: { filename: 'cat.jpg' }, lifetime: '1week',
   * })
   */
  upload(
    channelId: string,
    body: UploadBody,
    params?: UploadChannelFileParams,
    options?: UploadOptions,
  ): ApiPromise<UploadedFile> {
    return ApiPromise.of(options, async (options) => {
      const newestFirst = (lookup: RequestOptions) => this.list(channelId, { sort: ['-uploaded_at'] }, lookup)
      return uploadChannelFile(this.client(), channelId, body, params, options, newestFirst)
    })
  }

  /**
   * Reserves a file and returns an `upload_url` for its bytes (`get_channel_file_upload`). The request to that URL is not
   * documented; prefer `upload`.
   * @example
   * const { upload_url } = await abeja.channels.files.requestUpload(channelId, { content_type: 'image/jpeg' })
   */
  requestUpload(
    channelId: string,
    params: RequestUploadParams,
    options?: RequestOptions,
  ): ApiPromise<ChannelFileUploadTicket> {
    return ApiPromise.of(options, async (options) => {
      const { content_type, metadata } = knownKeys(
        params,
        ['content_type', 'metadata'],
        'parameter',
        InvalidRequestError,
      )
      const type = requireHeaderValue('content_type', content_type)
      const headers = { ...metadataHeaders(metadata ?? {}), 'content-type': type }
      const path = { channel_id: channelId }
      const init = this.client().init(getChannelFileUpload, options, { path }, { check: isUploadTicket, headers })
      const ticket = await dataOf(this.api().POST(getChannelFileUpload.path, init))
      requireSafeUrl(ticket.upload_url, 'upload_url', getChannelFileUpload.id, this.client().transport.settings)
      return decodeMetadata(ticket)
    })
  }

  /**
   * Lists the files of a channel (`list_channel_files`), by default the oldest first.
   * @throws InvalidRequestError when `next_page_token` is given together with another parameter
   * @example
   * for await (const file of abeja.channels.files.list(channelId, { start: '20240101', timezone: 'Asia/Tokyo' })) {
   *   console.log(file.file_id, file.metadata.filename)
   * }
   */
  list(
    channelId: string,
    params?: ListChannelFilesParams,
    options?: RequestOptions,
  ): Paged<ChannelFile, ResponseOf<'listChannelFiles'>> {
    const path = { channel_id: channelId }
    const wireParams = withJoinedSort(params ?? {})
    return new Paged(
      this.client(),
      {
        fetch: (cursor, pageOptions) => {
          const query = tokenQuery(wireParams, cursor)
          const init = this.client().init(listChannelFiles, pageOptions, { path, query }, IS_PAGE)
          return dataOf(this.api().GET(listChannelFiles.path, init))
        },
        items: ({ files }) => files.map(decodeMetadata),
        id: ({ file_id }) => file_id,
        next: nextToken,
      },
      options,
    )
  }

  /**
   * Gets the description of a file, with a `download_uri` for its bytes (`get_channel_file_download`).
   * @example
   * const { metadata } = await abeja.channels.files.get(channelId, fileId)
   */
  get(channelId: string, fileId: string, options?: RequestOptions): ApiPromise<ChannelFile> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(getChannelFileDownload, options, pathOf(channelId, fileId), IS_FILE)
      return decodeMetadata(await dataOf(this.api().GET(getChannelFileDownload.path, init)))
    })
  }

  /**
   * Downloads a file from its `download_uri`, and resumes when the connection breaks.
   * @param file its id, or the file as a list returned it, which saves a request
   * @example
   * const photo = await (await abeja.channels.files.download(channelId, fileId)).bytes()
   */
  download(
    channelId: string,
    file: string | ChannelFile,
    options?: DownloadOptions,
  ): ApiPromise<Download<ChannelFile>> {
    return ApiPromise.of(options, async (options) => {
      const fileId = fileIdOf(file)
      const known = typeof file === 'string' ? undefined : file
      const info = (pageOptions: RequestOptions) => this.get(channelId, fileId, pageOptions)
      return startDownload(this.client().transport, { operationId: 'getChannelFileDownload', info }, options, known)
    })
  }

  /**
   * Replaces the metadata of a file (`put_channel_file_metadata`).
   * @example
   * await abeja.channels.files.updateMetadata(channelId, fileId, { filename: '日本.jpg' })
   */
  updateMetadata(
    channelId: string,
    fileId: string,
    metadata: Metadata,
    options?: RequestOptions,
  ): ApiPromise<ChannelFile | undefined> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(putChannelFileMetadata, options, pathOf(channelId, fileId), MAY_BE_FILE)
      const body = metadataBody(metadata)
      const { data: updated } = await this.api().PUT(putChannelFileMetadata.path, { ...init, body })
      return updated?.file_id === undefined ? undefined : decodeMetadata(updated)
    })
  }

  /**
   * Sets how long a file is kept, from now on (`put_channel_file_lifetime`).
   * @example
   * await abeja.channels.files.updateLifetime(channelId, fileId, '1month')
   */
  updateLifetime(
    channelId: string,
    fileId: string,
    lifetime: Lifetime,
    options?: RequestOptions,
  ): ApiPromise<ChannelFileLifetime | undefined> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(putChannelFileLifetime, options, pathOf(channelId, fileId), { mayBeEmpty: true })
      return (await this.api().PUT(putChannelFileLifetime.path, { ...init, body: { lifetime } })).data
    })
  }

  /**
   * Replaces the metadata and sets the lifetime of a file, or one of the two. When setting the lifetime fails, the previous
   * metadata are restored.
   * @throws PartialUpdateError when setting the lifetime failed; `restored` says whether the metadata were restored
   * @example
   * await abeja.channels.files.update(channelId, fileId, { metadata: { label: 'cat' }, lifetime: '1month' })
   */
  update(
    channelId: string,
    fileId: string,
    params: UpdateChannelFileParams,
    options?: RequestOptions,
  ): ApiPromise<ChannelFile> {
    return ApiPromise.of(options, (options) => updateChannelFile(this, channelId, fileId, params, options))
  }

  /**
   * Deletes a file (`delete_channel_file`).
   * @throws NotFoundError when the file does not exist. When one of its `attempts` has `mayHaveBeenProcessed`, that attempt
   * deleted the file and its response was lost
   * @example
   * await abeja.channels.files.delete(channelId, fileId)
   */
  delete(channelId: string, fileId: string, options?: RequestOptions): ApiPromise<DeletedChannelFile | undefined> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(deleteChannelFile, options, pathOf(channelId, fileId), { mayBeEmpty: true })
      return (await this.api().DELETE(deleteChannelFile.path, init)).data
    })
  }

  /**
   * Returns the files of one channel.
   * @deprecated Use `abeja.channel(…)`.
   * @example
   * await uploadDirectory(abeja.channels.files.in(channelId), './photos')
   */
  in(channelId: string): ChannelStore {
    return new ChannelStore(channelId, this)
  }
}

/** The files of one channel: `abeja.channel(id).files`. Its methods are those of `abeja.channels.files`, without the id. */
export class ChannelStore {
  readonly kind = 'channel'
  readonly channelId: string
  readonly #files: ChannelFiles

  constructor(channelId: string, files: ChannelFiles) {
    this.channelId = channelId
    this.#files = files
  }

  /** `datalake://<channel>`, as the platform's own command line writes it. */
  get address(): string {
    return `datalake://${this.channelId}`
  }

  /** As `channels.files.upload`. */
  upload(body: UploadBody, params?: UploadChannelFileParams, options?: UploadOptions): ApiPromise<UploadedFile> {
    return this.#files.upload(this.channelId, body, params, options)
  }

  /** As `channels.files.requestUpload`. */
  requestUpload(params: RequestUploadParams, options?: RequestOptions): ApiPromise<ChannelFileUploadTicket> {
    return this.#files.requestUpload(this.channelId, params, options)
  }

  /** As `channels.files.list`. */
  list(params?: ListChannelFilesParams, options?: RequestOptions): Paged<ChannelFile, ResponseOf<'listChannelFiles'>> {
    return this.#files.list(this.channelId, params, options)
  }

  /** As `channels.files.get`. */
  get(fileId: string, options?: RequestOptions): ApiPromise<ChannelFile> {
    return this.#files.get(this.channelId, fileId, options)
  }

  /** As `channels.files.download`. */
  download(file: string | ChannelFile, options?: DownloadOptions): ApiPromise<Download<ChannelFile>> {
    return this.#files.download(this.channelId, file, options)
  }

  /** As `channels.files.updateMetadata`. */
  updateMetadata(fileId: string, metadata: Metadata, options?: RequestOptions): ApiPromise<ChannelFile | undefined> {
    return this.#files.updateMetadata(this.channelId, fileId, metadata, options)
  }

  /** As `channels.files.updateLifetime`. */
  updateLifetime(
    fileId: string,
    lifetime: Lifetime,
    options?: RequestOptions,
  ): ApiPromise<ChannelFileLifetime | undefined> {
    return this.#files.updateLifetime(this.channelId, fileId, lifetime, options)
  }

  /** As `channels.files.update`. */
  update(fileId: string, params: UpdateChannelFileParams, options?: RequestOptions): ApiPromise<ChannelFile> {
    return this.#files.update(this.channelId, fileId, params, options)
  }

  /** As `channels.files.delete`. */
  delete(fileId: string, options?: RequestOptions): ApiPromise<DeletedChannelFile | undefined> {
    return this.#files.delete(this.channelId, fileId, options)
  }
}

/** The API takes the properties to sort by as one comma-separated string. */
function withJoinedSort({ sort, ...params }: ListChannelFilesParams): QueryOf<'listChannelFiles'> {
  if (sort === undefined || sort === null) return params
  if (!Array.isArray(sort)) {
    throw new InvalidRequestError(`sort must be an array of property names (received a ${typeof sort}).`)
  }
  return sort.length === 0 ? params : { ...params, sort: sort.join(',') }
}

function pathOf(channelId: string, fileId: string) {
  return { path: { channel_id: channelId, file_id: fileId } }
}
