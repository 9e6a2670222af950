import type { Download, DownloadOptions } from '../files/download.ts'
import type { UploadBody } from '../files/upload-body.ts'
import type { RequestOptions } from '../http/request-options.ts'
import type { Paged } from '../pagination/paged.ts'
import type {
  ChannelFile,
  ListChannelFilesParams,
  UploadChannelFileParams,
  UploadedFile,
  UploadOptions,
} from './channel-file-types.ts'
import type { ChannelFiles } from './channel-files.ts'

/** One channel as a place for files. Made by `abeja.channels.files.in(channelId)`. */
export class ChannelStore {
  readonly kind = 'channel'
  readonly channelId: string
  readonly #files: ChannelFiles

  constructor(channelId: string, files: ChannelFiles) {
    this.channelId = channelId
    this.#files = files
  }

  /** As the platform writes it: `datalake://<channel>`. */
  get address(): string {
    return `datalake://${this.channelId}`
  }

  /** As `channels.files.upload`. */
  upload(body: UploadBody, params?: UploadChannelFileParams, options?: UploadOptions): Promise<UploadedFile> {
    return this.#files.upload(this.channelId, body, params, options)
  }

  /** As `channels.files.list`. */
  list(params?: ListChannelFilesParams, options?: RequestOptions): Paged<ChannelFile> {
    return this.#files.list(this.channelId, params, options)
  }

  /** As `channels.files.get`. */
  get(fileId: string, options?: RequestOptions): Promise<ChannelFile> {
    return this.#files.get(this.channelId, fileId, options)
  }

  /** As `channels.files.download`. */
  download(file: string | ChannelFile, options?: DownloadOptions): Promise<Download<ChannelFile>> {
    return this.#files.download(this.channelId, file, options)
  }
}
