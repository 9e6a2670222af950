import { InvalidResponseError } from '../errors/client-errors.ts'
import type { RequestOptions } from '../http/request-options.ts'
import type { Transport } from '../http/transport.ts'
import type { DownloadInfo, PresignedUrl } from './presigned-url.ts'
import type { ProgressMeter } from './progress.ts'
import type { ChecksumSource } from './stored-object.ts'

/** The file must be read from its first byte again: it was replaced, or its download cannot be resumed. */
export class RestartError extends InvalidResponseError {}

/** What a download works with. */
export interface TransferContext<Info extends DownloadInfo> {
  readonly transport: Transport
  readonly url: PresignedUrl<Info>
  /** Returns the options of a request, with the time that is left. */
  readonly timed: () => RequestOptions
  readonly meter: ProgressMeter
  /** In bytes, when the platform states it: some stores do not. */
  readonly size: number | undefined
  readonly checksum: ChecksumSource
}
