import type { OperationId } from '../../generated/operations.ts'
import type { AbejaClient, RequestOptions } from '../../src/index.ts'

/** How the client calls an operation with valid arguments, and what of the answer it hands out. */
export interface Contract {
  /** The field of the answer that is handed out; undefined when it is the whole answer. */
  readonly unwraps?: string
  readonly call: (abeja: AbejaClient, options: RequestOptions) => Promise<unknown>
}

const CHANNEL = '1230000000000'
const FILE = '20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9'
const BUCKET = '1240000000000'
const DATASOURCE = '1442132811920'
const DEPLOYMENT = '1111111111111'
const TRIGGER = 'tri-3333333333333333'
const BYTES = new Uint8Array([0xff, 0xd8, 0xff, 0xe0])

// One line an operation. Prism takes no plain slash in the id of a bucket file, so that one has none here.
// biome-ignore format: one line an operation
export const contracts: Readonly<Record<OperationId, Contract>> = {
  createChannel: { unwraps: 'channel', call: (abeja, options) => abeja.channels.create({ name: 'cats', description: '', storage_type: 'datalake' }, options) },
  listChannels: { unwraps: 'channels', call: (abeja, options) => abeja.channels.list({ limit: 50, filter_archived: 'include_archived' }, options).toArray() },
  getChannel: { unwraps: 'channel', call: (abeja, options) => abeja.channels.get(CHANNEL, options) },
  patchChannel: { unwraps: 'channel', call: (abeja, options) => abeja.channels.update(CHANNEL, { description: '' }, options) },
  archiveChannel: { unwraps: 'channel', call: (abeja, options) => abeja.channels.archive(CHANNEL, options) },
  unarchiveChannel: { unwraps: 'channel', call: (abeja, options) => abeja.channels.unarchive(CHANNEL, options) },
  putChannelDatasource: { unwraps: 'datasource', call: (abeja, options) => abeja.channels.datasources.connect(CHANNEL, DATASOURCE, options) },
  listChannelDatasources: { unwraps: 'datasources', call: (abeja, options) => abeja.channels.datasources.list(CHANNEL, options).toArray() },
  deleteChannelDatasource: { unwraps: 'datasource', call: (abeja, options) => abeja.channels.datasources.disconnect(CHANNEL, DATASOURCE, options) },
  getChannelFileUpload: { call: (abeja, options) => abeja.channels.files.requestUpload(CHANNEL, { content_type: 'image/jpeg', metadata: { filename: '猫.jpg' } }, options) },
  postChannelFileUpload: { call: (abeja, options) => abeja.channels.files.upload(CHANNEL, BYTES, { content_type: 'image/jpeg', metadata: { filename: '猫.jpg' }, lifetime: '1day', conflict_target: 'filename' }, options) },
  listChannelFiles: { unwraps: 'files', call: (abeja, options) => abeja.channels.files.list(CHANNEL, { start: '20240101', timezone: 'Asia/Tokyo', sort: ['-uploaded_at'], q: 'x-abeja-meta-filename:cat.jpg' }, options).toArray() },
  getChannelFileDownload: { call: (abeja, options) => abeja.channels.files.get(CHANNEL, FILE, options) },
  putChannelFileMetadata: { call: (abeja, options) => abeja.channels.files.updateMetadata(CHANNEL, FILE, { filename: '猫.jpg' }, options) },
  putChannelFileLifetime: { call: (abeja, options) => abeja.channels.files.updateLifetime(CHANNEL, FILE, '1week', options) },
  deleteChannelFile: { call: (abeja, options) => abeja.channels.files.delete(CHANNEL, FILE, options) },
  createBucket: { unwraps: 'bucket', call: (abeja, options) => abeja.buckets.create({ name: 'models', description: 'weights' }, options) },
  listBuckets: { unwraps: 'buckets', call: (abeja, options) => abeja.buckets.list({ limit: 50, offset: 0 }, options).toArray() },
  getBucket: { unwraps: 'bucket', call: (abeja, options) => abeja.buckets.get(BUCKET, options) },
  patchBucket: { unwraps: 'bucket', call: (abeja, options) => abeja.buckets.update(BUCKET, { name: 'weights' }, options) },
  archiveBucket: { unwraps: 'bucket', call: (abeja, options) => abeja.buckets.archive(BUCKET, options) },
  unarchiveBucket: { unwraps: 'bucket', call: (abeja, options) => abeja.buckets.unarchive(BUCKET, options) },
  uploadBucketFile: { call: (abeja, options) => abeja.buckets.files.upload(BUCKET, 'cats/猫.jpg', BYTES, { metadata: { filename: '猫.jpg' }, lifetime: '1day' }, options) },
  listBucketFiles: { unwraps: 'files', call: (abeja, options) => abeja.buckets.files.list(BUCKET, { target_dir: '/cats', items_per_page: 10 }, options).toArray() },
  getBucketFile: { call: (abeja, options) => abeja.buckets.files.get(BUCKET, '猫.jpg', options) },
  createTrigger: { call: (abeja, options) => abeja.triggers.create(DEPLOYMENT, { version_id: 'ver-1111111111111111', input_service_name: 'datalake', input_service_id: CHANNEL }, options) },
  getTriggers: { unwraps: 'entries', call: (abeja, options) => abeja.triggers.list(DEPLOYMENT, options).toArray() },
  getTrigger: { call: (abeja, options) => abeja.triggers.get(DEPLOYMENT, TRIGGER, options) },
  deleteTrigger: { call: (abeja, options) => abeja.triggers.delete(DEPLOYMENT, TRIGGER, options) },
  getTriggerRuns: { unwraps: 'entries', call: (abeja, options) => abeja.triggers.runs.list(DEPLOYMENT, TRIGGER, { scan_forward: true }, options).toArray() },
}

/** The contract of an operation of the description. Throws when it has none. */
export function contractOf(id: string): Contract {
  const contract = new Map(Object.entries(contracts)).get(id)
  if (contract === undefined) throw new Error(`${id} has no contract test: add its line to contracts.ts`)
  return contract
}
