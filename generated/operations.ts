// Generated from spec/. Do not edit; run `npm run generate`.

/** One operation of the description. */
export interface Operation<Id extends OperationId = OperationId> {
  readonly id: Id
  readonly method: string
  readonly path: string
  /** Whether sending it twice is the same as sending it once: `x-idempotent` in the description. */
  readonly idempotent: boolean
  /** The names of its query parameters. */
  readonly query?: readonly string[]
  /** The names of the fields of its JSON body: `any` where they are open. */
  readonly body?: readonly string[] | 'any'
}

export const archiveBucket = { id: 'archiveBucket', method: 'POST', path: '/organizations/{organization_id}/buckets/{bucket_id}/archive', idempotent: true } as const
export const archiveChannel = { id: 'archiveChannel', method: 'POST', path: '/organizations/{organization_id}/channels/{channel_id}/archive', idempotent: true } as const
export const createBucket = { id: 'createBucket', method: 'POST', path: '/organizations/{organization_id}/buckets', idempotent: false, body: ['name', 'description'] } as const
export const createChannel = { id: 'createChannel', method: 'POST', path: '/organizations/{organization_id}/channels', idempotent: false, body: ['name', 'description', 'storage_type'] } as const
export const createTrigger = { id: 'createTrigger', method: 'POST', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers', idempotent: false, body: ['version_id', 'input_service_name', 'input_service_id', 'output_service_name', 'output_service_id', 'models', 'distribution', 'retry_count', 'environment'] } as const
export const deleteChannelDatasource = { id: 'deleteChannelDatasource', method: 'DELETE', path: '/organizations/{organization_id}/channels/{channel_id}/datasources/{datasource_id}', idempotent: true } as const
export const deleteChannelFile = { id: 'deleteChannelFile', method: 'DELETE', path: '/channels/{channel_id}/{file_id}', idempotent: true } as const
export const deleteTrigger = { id: 'deleteTrigger', method: 'DELETE', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers/{trigger_id}', idempotent: true } as const
export const getBucket = { id: 'getBucket', method: 'GET', path: '/organizations/{organization_id}/buckets/{bucket_id}', idempotent: true } as const
export const getBucketFile = { id: 'getBucketFile', method: 'GET', path: '/organizations/{organization_id}/buckets/{bucket_id}/files/{file_id}', idempotent: true } as const
export const getChannel = { id: 'getChannel', method: 'GET', path: '/organizations/{organization_id}/channels/{channel_id}', idempotent: true } as const
export const getChannelFileDownload = { id: 'getChannelFileDownload', method: 'GET', path: '/channels/{channel_id}/{file_id}', idempotent: true } as const
export const getChannelFileUpload = { id: 'getChannelFileUpload', method: 'POST', path: '/channels/{channel_id}', idempotent: false } as const
export const getTrigger = { id: 'getTrigger', method: 'GET', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers/{trigger_id}', idempotent: true } as const
export const getTriggerRuns = { id: 'getTriggerRuns', method: 'GET', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers/{trigger_id}/runs', idempotent: true, query: ['next_page_token', 'scan_forward'] } as const
export const getTriggers = { id: 'getTriggers', method: 'GET', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers', idempotent: true } as const
export const listBucketFiles = { id: 'listBucketFiles', method: 'GET', path: '/organizations/{organization_id}/buckets/{bucket_id}/files', idempotent: true, query: ['target_dir', 'items_per_page', 'last_file_id', 'start_after', 'q'] } as const
export const listBuckets = { id: 'listBuckets', method: 'GET', path: '/organizations/{organization_id}/buckets', idempotent: true, query: ['limit', 'offset'] } as const
export const listChannelDatasources = { id: 'listChannelDatasources', method: 'GET', path: '/organizations/{organization_id}/channels/{channel_id}/datasources', idempotent: true } as const
export const listChannelFiles = { id: 'listChannelFiles', method: 'GET', path: '/channels/{channel_id}', idempotent: true, query: ['start', 'end', 'timezone', 'items_per_page', 'sort', 'next_page_token', 'q'] } as const
export const listChannels = { id: 'listChannels', method: 'GET', path: '/organizations/{organization_id}/channels', idempotent: true, query: ['limit', 'offset', 'filter_archived'] } as const
export const patchBucket = { id: 'patchBucket', method: 'PATCH', path: '/organizations/{organization_id}/buckets/{bucket_id}', idempotent: true, body: ['name', 'description'] } as const
export const patchChannel = { id: 'patchChannel', method: 'PATCH', path: '/organizations/{organization_id}/channels/{channel_id}', idempotent: true, body: ['name', 'description'] } as const
export const postChannelFileUpload = { id: 'postChannelFileUpload', method: 'POST', path: '/channels/{channel_id}/upload', idempotent: false, query: ['lifetime', 'conflict_target'] } as const
export const putChannelDatasource = { id: 'putChannelDatasource', method: 'PUT', path: '/organizations/{organization_id}/channels/{channel_id}/datasources/{datasource_id}', idempotent: true } as const
export const putChannelFileLifetime = { id: 'putChannelFileLifetime', method: 'PUT', path: '/channels/{channel_id}/{file_id}/lifetime', idempotent: true, body: ['lifetime'] } as const
export const putChannelFileMetadata = { id: 'putChannelFileMetadata', method: 'PUT', path: '/channels/{channel_id}/{file_id}/metadata', idempotent: true, body: 'any' } as const
export const unarchiveBucket = { id: 'unarchiveBucket', method: 'POST', path: '/organizations/{organization_id}/buckets/{bucket_id}/unarchive', idempotent: true } as const
export const unarchiveChannel = { id: 'unarchiveChannel', method: 'POST', path: '/organizations/{organization_id}/channels/{channel_id}/unarchive', idempotent: true } as const
export const uploadBucketFile = { id: 'uploadBucketFile', method: 'POST', path: '/organizations/{organization_id}/buckets/{bucket_id}/files', idempotent: false } as const

/** All of them, by their operationId. */
export const operations = {
  archiveBucket,
  archiveChannel,
  createBucket,
  createChannel,
  createTrigger,
  deleteChannelDatasource,
  deleteChannelFile,
  deleteTrigger,
  getBucket,
  getBucketFile,
  getChannel,
  getChannelFileDownload,
  getChannelFileUpload,
  getTrigger,
  getTriggerRuns,
  getTriggers,
  listBucketFiles,
  listBuckets,
  listChannelDatasources,
  listChannelFiles,
  listChannels,
  patchBucket,
  patchChannel,
  postChannelFileUpload,
  putChannelDatasource,
  putChannelFileLifetime,
  putChannelFileMetadata,
  unarchiveBucket,
  unarchiveChannel,
  uploadBucketFile,
} as const

export type OperationId = keyof typeof operations
