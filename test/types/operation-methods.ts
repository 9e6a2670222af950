import type { OperationId } from '../../generated/operations.ts'
import type { AbejaClient } from '../../src/index.ts'

/** The members of the client that are not resources. */
type OwnMembers = 'api' | 'baseUrl' | 'bucket' | 'channel' | 'organizationId' | 'toJSON'

/** The path of every public method of every resource, such as `channels.files.list`. */
export type MethodPath = PathsOf<Omit<AbejaClient, OwnMembers>>

type PathsOf<Resource> = {
  [Name in keyof Resource & string]: Resource[Name] extends (...args: never[]) => unknown
    ? Name
    : `${Name}.${PathsOf<Resource[Name]>}`
}[keyof Resource & string]

/** The method of the client for each operation of the description. */
export const operationMethods = {
  createChannel: 'channels.create',
  listChannels: 'channels.list',
  getChannel: 'channels.get',
  patchChannel: 'channels.update',
  archiveChannel: 'channels.archive',
  unarchiveChannel: 'channels.unarchive',
  putChannelDatasource: 'channels.datasources.connect',
  listChannelDatasources: 'channels.datasources.list',
  deleteChannelDatasource: 'channels.datasources.disconnect',
  getChannelFileUpload: 'channels.files.requestUpload',
  postChannelFileUpload: 'channels.files.upload',
  listChannelFiles: 'channels.files.list',
  getChannelFileDownload: 'channels.files.get',
  putChannelFileMetadata: 'channels.files.updateMetadata',
  putChannelFileLifetime: 'channels.files.updateLifetime',
  deleteChannelFile: 'channels.files.delete',
  createBucket: 'buckets.create',
  listBuckets: 'buckets.list',
  getBucket: 'buckets.get',
  patchBucket: 'buckets.update',
  archiveBucket: 'buckets.archive',
  unarchiveBucket: 'buckets.unarchive',
  uploadBucketFile: 'buckets.files.upload',
  listBucketFiles: 'buckets.files.list',
  getBucketFile: 'buckets.files.get',
  createTrigger: 'triggers.create',
  getTriggers: 'triggers.list',
  getTrigger: 'triggers.get',
  deleteTrigger: 'triggers.delete',
  getTriggerRuns: 'triggers.runs.list',
} as const satisfies Record<OperationId, MethodPath>

/** The methods without an operation of their own, with the reason for each. */
export const helperMethods = {
  'channels.files.download': 'asks getChannelFileDownload for the presigned URL and reads the bytes behind it',
  'channels.files.update': 'putChannelFileMetadata and putChannelFileLifetime together, undone when the second fails',
  'channels.files.in': 'one channel as a place for whole folders of files',
  'buckets.files.in': 'one bucket, or a folder of it, as a place for whole folders of files',
  'buckets.files.download': 'asks getBucketFile for the presigned URL and reads the bytes behind it',
  'triggers.runs.waitFor': 'reads getTriggerRuns until runs have ended',
} as const satisfies Partial<Record<MethodPath, string>>
