import type { Download, DownloadOptions } from '../files/download.ts'
import type { UploadBody } from '../files/upload-body.ts'
import type { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/request-options.ts'
import type { Metadata } from '../metadata/metadata-codec.ts'
import type { Paged } from '../pagination/paged.ts'
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
import type { ChannelFiles } from './channel-files.ts'
import type { AnswerOf } from './operation-types.ts'

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
  list(params?: ListChannelFilesParams, options?: RequestOptions): Paged<ChannelFile, AnswerOf<'listChannelFiles'>> {
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
