import { InvalidResponseError } from '../errors/client-errors.ts'
import type { Transport } from '../http/transport.ts'
import type { RequestOptions } from '../options.ts'
import type { DownloadInfo, PresignedUrl } from './presigned-url.ts'
import type { ProgressMeter } from './progress.ts'

/** The file was replaced while it was read: what was read of it so far is of no use. */
export class FileChangedError extends InvalidResponseError {}

/** What a transfer works with. */
export interface TransferContext<Info extends DownloadInfo> {
  readonly transport: Transport
  readonly url: PresignedUrl<Info>
  /** The options of each request, with the time that is left. */
  readonly timed: () => RequestOptions
  readonly meter: ProgressMeter
  /** In bytes, when the platform has told it: some stores do not. */
  readonly size: number | undefined
}
