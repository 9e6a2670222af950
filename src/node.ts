/** Files and directories on disk. Runs on Node.js. */

export type { DifferenceKind } from './contract/contract.ts'
export { type FromPathOptions, fromPath } from './node/disk/disk-file.ts'
export { LocalFileError, UnsafePathError } from './node/disk/local-file-error.ts'
export { safeLocalPath } from './node/disk/safe-path.ts'
export type { PathFilter, WalkOptions } from './node/disk/walk-directory.ts'
export { downloadDirectory } from './node/download/download-directory.ts'
export type { DownloadDirectoryOptions } from './node/download/download-options.ts'
export { type DownloadToOptions, downloadTo, type SavedFile } from './node/download/download-to.ts'
export { TransferError } from './node/engine/transfer-error.ts'
export type { OnTransferEvent, TransferEvent, TransferOptions } from './node/engine/transfer-options.ts'
export { type HttpFetch, type HttpFetchOptions, httpFetch } from './node/http-fetch/http-fetch.ts'
export type { HttpFetchInit } from './node/http-fetch/outgoing-request.ts'
export type { PlanOptions } from './node/plan/divide.ts'
export type { PartError, PartFile, PartSkipReason, TransferPart } from './node/plan/part.ts'
export { type PlanDownloadOptions, planDownload } from './node/plan/plan-download.ts'
export { type PlanUploadOptions, planUpload } from './node/plan/plan-upload.ts'
export { type RunPartOptions, runPart } from './node/plan/run-part.ts'
export { type CheckPlatformOptions, checkPlatform } from './node/platform/check.ts'
export { type PlatformConfig, type PlatformConfigOptions, readPlatformConfig } from './node/platform/config.ts'
export type { PlatformBehavior, PlatformDifference, PlatformReport } from './node/platform/report.ts'
export { type ProgressStream, type ProgressView, progressView } from './node/progress/progress-view.ts'
export type { FilePlace, FileStore } from './node/remote/remote-files.ts'
export { type UploadBucketFilesResult, uploadBucketFilesResult } from './node/report/documented-result.ts'
export { mergeReports } from './node/report/merge-reports.ts'
export type {
  FailedRecord,
  FileRecord,
  NamingPolicy,
  PreviousRecord,
  ReportParts,
  SkippedRecord,
  SkipReason,
  StoredOptions,
  TransferReport,
  TransferredFiles,
  UnfinishedRecord,
} from './node/report/report.ts'
export { retryTransfer } from './node/retry-transfer.ts'
export { uploadDirectory } from './node/upload/upload-directory.ts'
export type { PathSet, UploadDirectoryOptions } from './node/upload/upload-options.ts'
