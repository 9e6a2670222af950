export type { OperationId } from '../generated/operations.ts'
export type { components, operations, paths } from '../generated/schema.d.ts'
export { version } from '../generated/version.ts'
export { AbejaClient } from './client.ts'
export type { ClientOptions } from './client-options.ts'
export {
  AbejaError,
  AbortedError,
  ApiError,
  type Attempt,
  BadRequestError,
  ConflictError,
  ConnectionError,
  type ErrorContext,
  ForbiddenError,
  InternalServerError,
  InvalidRequestError,
  InvalidResponseError,
  isAbejaError,
  NotFoundError,
  PaginationLoopError,
  RateLimitError,
  TimeoutError,
  type TimeoutKind,
  UnauthorizedError,
} from './errors/errors.ts'
export { isApiError } from './errors/is-api-error.ts'
export type { Download, DownloadableFile, DownloadOptions } from './files/download.ts'
export type { OnProgress, Progress } from './files/progress.ts'
export type { ChecksumSource } from './files/stored-object.ts'
export type { FileLike, UploadBody, UploadContent } from './files/upload-body.ts'
export { ApiPromise, type WithResponse } from './http/api-promise.ts'
export type { Fetch, RequestOptions, RetryMode } from './http/call.ts'
export type { ClientCredential, CredentialProvider } from './http/credential.ts'
export type { AbejaEvent, FailureEvent, RequestEvent, ResponseEvent, RetryEvent } from './http/events.ts'
export type { ExtraHeaders, HeaderValue } from './http/headers.ts'
export type { Metadata, WithMetadata } from './metadata/metadata-codec.ts'
export type { Page, Paged } from './pagination/paged.ts'
export type {
  BucketEntry,
  BucketFile,
  ListBucketFilesParams,
  UploadBucketFileParams,
} from './resources/bucket-file-types.ts'
export type { BucketStore } from './resources/bucket-files.ts'
export { BucketFiles } from './resources/bucket-files.ts'
export {
  type Bucket,
  Buckets,
  type CreateBucketParams,
  type ListBucketsParams,
  type UpdateBucketParams,
} from './resources/buckets.ts'
export { ChannelDatasources, type Datasource } from './resources/channel-datasources.ts'
export type {
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
} from './resources/channel-file-types.ts'
export type { ChannelStore } from './resources/channel-files.ts'
export { ChannelFiles } from './resources/channel-files.ts'
export {
  type Channel,
  Channels,
  type CreateChannelParams,
  type ListChannelsParams,
  type UpdateChannelParams,
} from './resources/channels.ts'
export type { BucketHandle, ChannelDatasourcesHandle, ChannelHandle } from './resources/handles.ts'
export { PartialUpdateError } from './resources/partial-update-error.ts'
export type { Resource } from './resources/resource.ts'
export { type ListTriggerRunsParams, TriggerRuns } from './resources/trigger-runs.ts'
export { type CreateTriggerParams, type DeletedTrigger, type Trigger, Triggers } from './resources/triggers.ts'
export type { EndedRuns, TriggerRun, WaitForRunsParams } from './resources/wait-for-runs.ts'
