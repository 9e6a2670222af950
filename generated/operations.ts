// Generated from spec/. Do not edit; run `npm run generate`.

/** Every operation: its method, its path, and when it may be sent again (`x-retry` in the description). */
export const operations = {
  archiveBucket: { method: 'POST', path: '/organizations/{organization_id}/buckets/{bucket_id}/archive', retry: 'always' },
  archiveChannel: { method: 'POST', path: '/organizations/{organization_id}/channels/{channel_id}/archive', retry: 'always' },
  createBucket: { method: 'POST', path: '/organizations/{organization_id}/buckets', retry: 'not-acted' },
  createChannel: { method: 'POST', path: '/organizations/{organization_id}/channels', retry: 'not-acted' },
  createTrigger: { method: 'POST', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers', retry: 'not-acted' },
  deleteChannelDatasource: { method: 'DELETE', path: '/organizations/{organization_id}/channels/{channel_id}/datasources/{datasource_id}', retry: 'always' },
  deleteChannelFile: { method: 'DELETE', path: '/channels/{channel_id}/{file_id}', retry: 'always' },
  deleteTrigger: { method: 'DELETE', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers/{trigger_id}', retry: 'always' },
  getBucket: { method: 'GET', path: '/organizations/{organization_id}/buckets/{bucket_id}', retry: 'always' },
  getBucketFile: { method: 'GET', path: '/organizations/{organization_id}/buckets/{bucket_id}/files/{file_id}', retry: 'always' },
  getChannel: { method: 'GET', path: '/organizations/{organization_id}/channels/{channel_id}', retry: 'always' },
  getChannelFileDownload: { method: 'GET', path: '/channels/{channel_id}/{file_id}', retry: 'always' },
  getChannelFileUpload: { method: 'POST', path: '/channels/{channel_id}', retry: 'not-acted' },
  getTrigger: { method: 'GET', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers/{trigger_id}', retry: 'always' },
  getTriggerRuns: { method: 'GET', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers/{trigger_id}/runs', retry: 'always' },
  getTriggers: { method: 'GET', path: '/organizations/{organization_id}/deployments/{deployment_id}/triggers', retry: 'always' },
  listBucketFiles: { method: 'GET', path: '/organizations/{organization_id}/buckets/{bucket_id}/files', retry: 'always' },
  listBuckets: { method: 'GET', path: '/organizations/{organization_id}/buckets', retry: 'always' },
  listChannelDatasources: { method: 'GET', path: '/organizations/{organization_id}/channels/{channel_id}/datasources', retry: 'always' },
  listChannelFiles: { method: 'GET', path: '/channels/{channel_id}', retry: 'always' },
  listChannels: { method: 'GET', path: '/organizations/{organization_id}/channels', retry: 'always' },
  patchBucket: { method: 'PATCH', path: '/organizations/{organization_id}/buckets/{bucket_id}', retry: 'always' },
  patchChannel: { method: 'PATCH', path: '/organizations/{organization_id}/channels/{channel_id}', retry: 'always' },
  postChannelFileUpload: { method: 'POST', path: '/channels/{channel_id}/upload', retry: 'not-acted' },
  putChannelDatasource: { method: 'PUT', path: '/organizations/{organization_id}/channels/{channel_id}/datasources/{datasource_id}', retry: 'always' },
  putChannelFileLifetime: { method: 'PUT', path: '/channels/{channel_id}/{file_id}/lifetime', retry: 'always' },
  putChannelFileMetadata: { method: 'PUT', path: '/channels/{channel_id}/{file_id}/metadata', retry: 'always' },
  unarchiveBucket: { method: 'POST', path: '/organizations/{organization_id}/buckets/{bucket_id}/unarchive', retry: 'always' },
  unarchiveChannel: { method: 'POST', path: '/organizations/{organization_id}/channels/{channel_id}/unarchive', retry: 'always' },
  uploadBucketFile: { method: 'POST', path: '/organizations/{organization_id}/buckets/{bucket_id}/files', retry: 'not-acted' },
} as const

export type OperationId = keyof typeof operations

export type RetryClass = (typeof operations)[OperationId]['retry']
