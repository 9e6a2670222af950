import type { components } from '../../generated/schema.d.ts'
import { type Download, type DownloadOptions, startDownload } from '../files/download.ts'
import type { OnProgress } from '../files/progress.ts'
import { type FileDescription, rawUpload } from '../files/raw-upload.ts'
import { trackedUpload } from '../files/tracked-upload.ts'
import type { UploadBody } from '../files/upload-body.ts'
import { requireHeaderValue } from '../http/headers.ts'
import type { OperationClient } from '../http/operation-client.ts'
import type { AnswerOf, QueryOf } from '../http/operation-types.ts'
import {
  decodeMetadata,
  type Metadata,
  metadataBody,
  metadataHeaders,
  type WithMetadata,
  withoutPrefix,
} from '../metadata/metadata-codec.ts'
import type { RequestOptions } from '../options.ts'
import { nextToken, tokenQuery } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import { findOwnUpload, mayBeOwnEcho } from './own-upload.ts'

type Schemas = components['schemas']
export type Lifetime = Schemas['Lifetime']
export type ChannelFile = WithMetadata<Schemas['ChannelFile']>
export type UploadedFile = WithMetadata<Schemas['UploadedFile']>
export type ChannelFileUploadTicket = WithMetadata<Schemas['ChannelFileUploadTicket']>
export type ChannelFileLifetime = Schemas['ChannelFileLifetime']
export type DeletedChannelFile = Schemas['DeletedChannelFile']
export type ListChannelFilesParams = QueryOf<'listChannelFiles'>

/** What goes with a file that is uploaded into a channel. */
export interface UploadChannelFileParams extends FileDescription {
  /** How long the platform keeps the file. Left out, it is kept. */
  readonly lifetime?: Lifetime | undefined
  /** A metadata key: the upload ends in `ConflictError` when the channel has a file with the same value of it. */
  readonly conflict_target?: string | undefined
}

/** What is known of a file before its bytes are. */
export interface RequestUploadParams {
  readonly content_type: string
  readonly metadata?: Metadata | undefined
}

/** The options of an upload. */
export interface UploadOptions extends RequestOptions {
  /** Told how far the upload is, at most some 20 times a second. */
  onProgress?: OnProgress | undefined
}

/** The files of channels. */
export class ChannelFiles {
  readonly #client: OperationClient

  constructor(client: OperationClient) {
    this.#client = client
  }

  /**
   * Uploads a file (`post_channel_file_upload`). Its content type is the given one; else the body's; else what its name
   * ends in. The name of a `File` becomes the metadata `filename`, unless another is given.
   *
   * Sent again after a failure only when the server surely has not stored it, or with `conflict_target`, which makes
   * a second copy impossible: then a conflict with this call's own earlier attempt counts as success.
   *
   * @throws ConflictError when `conflict_target` names a key whose value is taken
   * @example
   * const { file_id } = await abeja.channels.files.upload(channelId, bytes, {
   *   content_type: 'image/jpeg', metadata: { filename: 'cat.jpg' }, lifetime: '1week',
   * })
   */
  async upload(
    channelId: string,
    body: UploadBody,
    params: UploadChannelFileParams = {},
    { onProgress, ...options }: UploadOptions = {},
  ): Promise<UploadedFile> {
    const { lifetime, conflict_target } = params
    const { input, finish, metadata } = trackedUpload(rawUpload(body, params), onProgress)
    const query = { ...(lifetime && { lifetime }), ...(conflict_target && { conflict_target }) }
    const retry = conflict_target ? 'always' : undefined
    try {
      const path = { channel_id: channelId }
      const uploaded = await this.#client.send(
        'postChannelFileUpload',
        { path, query, retry, ...input },
        options,
        'file_id',
      )
      finish()
      return decodeMetadata(uploaded)
    } catch (error) {
      if (!conflict_target || !mayBeOwnEcho(error)) throw error
      const key = withoutPrefix(conflict_target)
      const newestFirst = this.list(channelId, { sort: ['-uploaded_at'] }, options)
      const own = await findOwnUpload(error, newestFirst, key, metadata()[key])
      if (!own) throw error
      finish()
      const { file_id, content_type, metadata: stored, system_metadata, uploaded_at } = own
      return { file_id, content_type, metadata: stored, system_metadata, uploaded_at, ...(lifetime && { lifetime }) }
    }
  }

  /**
   * Reserves a file and asks where to upload its bytes (`get_channel_file_upload`). How the request that uses the
   * `upload_url` looks is documented nowhere: `upload` is the way that is.
   * @example
   * const { upload_url } = await abeja.channels.files.requestUpload(channelId, { content_type: 'image/jpeg' })
   */
  async requestUpload(
    channelId: string,
    { content_type, metadata = {} }: RequestUploadParams,
    options?: RequestOptions,
  ): Promise<ChannelFileUploadTicket> {
    const type = requireHeaderValue('content_type', content_type)
    const input = { path: { channel_id: channelId }, headers: { ...metadataHeaders(metadata), 'content-type': type } }
    return decodeMetadata(await this.#client.send('getChannelFileUpload', input, options, 'upload_url'))
  }

  /**
   * Lists the files of a channel (`list_channel_files`), the oldest first unless `sort` says otherwise.
   * @throws InvalidRequestError when `next_page_token` is given together with another parameter
   * @example
   * for await (const file of abeja.channels.files.list(channelId, { start: '20240101', timezone: 'Asia/Tokyo' })) {
   *   console.log(file.file_id, file.metadata.filename)
   * }
   */
  list(
    channelId: string,
    params: ListChannelFilesParams = {},
    options?: RequestOptions,
  ): Paged<ChannelFile, AnswerOf<'listChannelFiles'>> {
    const path = { channel_id: channelId }
    return new Paged(
      this.#client,
      {
        fetch: (cursor, pageOptions) =>
          this.#client.send('listChannelFiles', { path, query: tokenQuery(params, cursor) }, pageOptions, 'files'),
        items: ({ files }) => files.map(decodeMetadata),
        next: (envelope) => nextToken(envelope),
      },
      options,
    )
  }

  /**
   * Gets what is known of a file, with a `download_uri` for its bytes (`get_channel_file_download`).
   * @example
   * const { metadata } = await abeja.channels.files.get(channelId, fileId)
   */
  async get(channelId: string, fileId: string, options?: RequestOptions): Promise<ChannelFile> {
    const input = pathOf(channelId, fileId)
    return decodeMetadata(await this.#client.send('getChannelFileDownload', input, options, 'file_id'))
  }

  /**
   * Downloads a file: asks for its `download_uri` and reads it, again and from where it ended when it breaks.
   * @example
   * const photo = await (await abeja.channels.files.download(channelId, fileId)).bytes()
   */
  download(channelId: string, fileId: string, options?: DownloadOptions): Promise<Download<ChannelFile>> {
    const info = (pageOptions: RequestOptions) => this.get(channelId, fileId, pageOptions)
    return startDownload(this.#client, { operationId: 'getChannelFileDownload', info }, options)
  }

  /**
   * Replaces the metadata of a file (`put_channel_file_metadata`).
   * @example
   * await abeja.channels.files.updateMetadata(channelId, fileId, { filename: '日本.jpg' })
   */
  async updateMetadata(
    channelId: string,
    fileId: string,
    metadata: Metadata,
    options?: RequestOptions,
  ): Promise<ChannelFile> {
    const input = { ...pathOf(channelId, fileId), json: metadataBody(metadata) }
    return decodeMetadata(await this.#client.send('putChannelFileMetadata', input, options, 'file_id'))
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
  ): Promise<ChannelFileLifetime> {
    const input = { ...pathOf(channelId, fileId), json: { lifetime } }
    return this.#client.send('putChannelFileLifetime', input, options)
  }

  /**
   * Deletes a file (`delete_channel_file`).
   * @example
   * await abeja.channels.files.delete(channelId, fileId)
   */
  delete(channelId: string, fileId: string, options?: RequestOptions): Promise<DeletedChannelFile> {
    return this.#client.send('deleteChannelFile', pathOf(channelId, fileId), options)
  }
}

function pathOf(channelId: string, fileId: string): { path: { channel_id: string; file_id: string } } {
  return { path: { channel_id: channelId, file_id: fileId } }
}
