import type { ChecksumSource } from '../../index.ts'
import type { KeysOf } from '../../validation/known-keys.ts'
import type { PathFilter } from '../disk/walk-directory.ts'
import { TRANSFER_OPTIONS, type TransferOptions } from '../engine/transfer-options.ts'
import type { NamingPolicy, StoredOptions } from '../report/report.ts'

/** The options of `downloadDirectory`. */
export interface DownloadDirectoryOptions extends TransferOptions {
  /**
   * Whether a file is taken, by its name on the platform: the metadata `filename` in a channel, the path below the prefix in
   * a bucket. The name is in Unicode's composed form (NFC). When the filter throws or rejects, that file fails.
   */
  readonly filter?: PathFilter | undefined
  /**
   * Which checksum the files are compared with: the MD5 that the `ETag` of most stores is, or `none` for a store whose ETags
   * look like one and are not. With `none` no file counts as unchanged.
   * @default 'etag'
   */
  readonly checksum?: ChecksumSource | undefined
  /**
   * Whether a file that exists may be replaced. Otherwise it is skipped.
   * @default false
   */
  readonly overwrite?: boolean | undefined
  /**
   * How the files of a channel are named, where several can have one `filename`. `filename`: of those with one name the
   * newest is taken. `numbered`: all are, as `cat.jpg`, `cat (2).jpg`, the oldest first, and no existing file is touched.
   * `id`: each is named by its id.
   * @default 'filename'
   */
  readonly naming?: NamingPolicy | undefined
}

export const DOWNLOAD_DIRECTORY_OPTIONS: KeysOf<DownloadDirectoryOptions> = {
  ...TRANSFER_OPTIONS,
  checksum: true,
  filter: true,
  naming: true,
  overwrite: true,
}

/** The options that a report keeps for a retry. */
export function storedDownloadOptions(options: DownloadDirectoryOptions): StoredOptions {
  const { checksum, filter, naming, overwrite, skipUnchanged } = options
  return {
    ...(checksum && { checksum }),
    ...(filter && { filter: true }),
    ...(naming && { naming }),
    ...(overwrite && { overwrite }),
    ...(skipUnchanged && { skipUnchanged }),
  }
}
