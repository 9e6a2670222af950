/** Files and folders on disk. Runs on Node.js. */

export type { FilesClient } from './node/address.ts'
export { type UploadBucketFilesResult, uploadBucketFilesResult } from './node/documented-result.ts'
export { type DownloadDirectoryOptions, downloadDirectory } from './node/download-directory.ts'
export { type DownloadToOptions, downloadTo, type SavedFile } from './node/download-to.ts'
export type { FileStore } from './node/file-store.ts'
export { type FromPathOptions, fromPath } from './node/from-path.ts'
export { LocalFileError, UnsafePathError } from './node/local-file-error.ts'
export { type ProgressStream, type ProgressView, progressView } from './node/progress-view.ts'
export type {
  EarlierRecord,
  FailedRecord,
  FileRecord,
  NamePolicy,
  SkippedRecord,
  SkipReason,
  StoredOptions,
  TransferReport,
  TransferredFiles,
  UnfinishedRecord,
} from './node/report.ts'
export { retry } from './node/retry.ts'
export { safeLocalPath } from './node/safe-path.ts'
export { TransferError } from './node/transfer-error.ts'
export type { OnTransferEvent, TransferEvent } from './node/transfer-events.ts'
export type { TransferOptions } from './node/transfer-options.ts'
export { type UploadDirectoryOptions, uploadDirectory } from './node/upload-directory.ts'
export type { WalkOptions } from './node/walk-directory.ts'
