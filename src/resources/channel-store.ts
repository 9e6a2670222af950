import type { Download, DownloadOptions } from '../files/download.ts'
import type { UploadBody } from '../files/upload-body.ts'
import type { Pacing } from '../http/pacing.ts'
import type { RequestOptions } from '../options.ts'
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
  readonly #filesAt: (pacing?: Pacing) => ChannelFiles
  readonly #files: ChannelFiles

  /** @param filesAt makes the files of channels, at another pace when one is given */
  constructor(channelId: string, filesAt: (pacing?: Pacing) => ChannelFiles, pacing?: Pacing) {
    this.channelId = channelId
    this.#filesAt = filesAt
    this.#files = filesAt(pacing)
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

  /** The same channel, its calls at another pace: for whatever moves many files at once. */
  paced(pacing: Pacing): ChannelStore {
    return new ChannelStore(this.channelId, this.#filesAt, pacing)
  }
}
