import type { OperationId } from '../description.ts'
import * as bucketFiles from './bucket-files.ts'
import * as buckets from './buckets.ts'
import type { Handler } from './call.ts'
import * as channelDatasources from './channel-datasources.ts'
import * as channelFiles from './channel-files.ts'
import * as channels from './channels.ts'
import * as triggerRuns from './trigger-runs.ts'
import * as triggers from './triggers.ts'

/** The handler of each operation. An operation without state is `undefined`, and its response is the example. */
export const handlers: { readonly [K in OperationId]: Handler<K> | undefined } = {
  listChannels: channels.listChannels,
  createChannel: channels.createChannel,
  getChannel: channels.getChannel,
  patchChannel: channels.patchChannel,
  archiveChannel: channels.archiveChannel,
  unarchiveChannel: channels.unarchiveChannel,
  listChannelDatasources: channelDatasources.listChannelDatasources,
  putChannelDatasource: channelDatasources.putChannelDatasource,
  deleteChannelDatasource: channelDatasources.deleteChannelDatasource,
  listChannelFiles: channelFiles.listChannelFiles,
  postChannelFileUpload: channelFiles.postChannelFileUpload,
  getChannelFileUpload: channelFiles.getChannelFileUpload,
  getChannelFileDownload: channelFiles.getChannelFileDownload,
  deleteChannelFile: channelFiles.deleteChannelFile,
  putChannelFileMetadata: channelFiles.putChannelFileMetadata,
  putChannelFileLifetime: channelFiles.putChannelFileLifetime,
  listBuckets: buckets.listBuckets,
  createBucket: buckets.createBucket,
  getBucket: buckets.getBucket,
  patchBucket: buckets.patchBucket,
  archiveBucket: buckets.archiveBucket,
  unarchiveBucket: buckets.unarchiveBucket,
  listBucketFiles: bucketFiles.listBucketFiles,
  uploadBucketFile: bucketFiles.uploadBucketFile,
  getBucketFile: bucketFiles.getBucketFile,
  getTriggers: triggers.getTriggers,
  createTrigger: triggers.createTrigger,
  getTrigger: triggers.getTrigger,
  deleteTrigger: triggers.deleteTrigger,
  getTriggerRuns: triggerRuns.getTriggerRuns,
}
