import type { OperationId } from '../../generated/operations.ts'
import type { AbejaClient, Page, Paged, RequestOptions } from '../../src/index.ts'

/** Calls one operation through the client's method for it; of a list, one page. */
export type OperationCall = (abeja: AbejaClient, options?: RequestOptions) => Promise<unknown>

const CHANNEL = '1230000000000'
const BUCKET = '1240000000000'
const DATASOURCE = '1442132811920'
const DEPLOYMENT = '1111111111111'
const TRIGGER = 'tri-3333333333333333'
const CHANNEL_FILE = '20180515T180605-f4acc798-9afa-40a1-b500-ebce42a4fa3f'
const LOCATION = 'folder/日本 1.csv'

/** What the two uploads send: every byte there is. */
export const UPLOADED = Uint8Array.from({ length: 256 }, (_, byte) => byte)

const file = { content_type: 'image/jpeg', metadata: { filename: '日本.jpg' } }
const named = { name: 'a name', description: 'a description' }

/** The lists of the API, and what a page of each says when another page follows. */
export const lists: Readonly<Record<ListId, List>> = {
  getTriggerRuns: {
    list: (abeja, options) => abeja.triggers.runs.list(DEPLOYMENT, TRIGGER, {}, options),
    more: { next_page_token: 'more' },
  },
  getTriggers: { list: (abeja, options) => abeja.triggers.list(DEPLOYMENT, options), more: undefined },
  listBucketFiles: {
    list: (abeja, options) => abeja.buckets.files.list(BUCKET, {}, options),
    more: { last_file_id: '/more' },
  },
  listBuckets: { list: (abeja, options) => abeja.buckets.list({}, options), more: { has_next: true } },
  listChannelDatasources: {
    list: (abeja, options) => abeja.channels.datasources.list(CHANNEL, options),
    more: undefined,
  },
  listChannelFiles: {
    list: (abeja, options) => abeja.channels.files.list(CHANNEL, {}, options),
    more: { next_page_token: 'more' },
  },
  listChannels: { list: (abeja, options) => abeja.channels.list({}, options), more: { has_next: true } },
}

type ListId = Extract<OperationId, `list${string}` | 'getTriggerRuns' | 'getTriggers'>

interface List {
  list(abeja: AbejaClient, options?: RequestOptions): Paged<unknown>
  /** Undefined for a list of one page. */
  readonly more: Readonly<Record<string, unknown>> | undefined
}

/** How each operation of the description is called. A new operation without a row here does not compile. */
export const operationCalls: Readonly<Record<OperationId, OperationCall>> = {
  archiveBucket: (abeja, options) => abeja.buckets.archive(BUCKET, options),
  archiveChannel: (abeja, options) => abeja.channels.archive(CHANNEL, options),
  createBucket: (abeja, options) => abeja.buckets.create(named, options),
  createChannel: (abeja, options) => abeja.channels.create({ ...named, storage_type: 'datalake' }, options),
  createTrigger: (abeja, options) =>
    abeja.triggers.create(
      DEPLOYMENT,
      { version_id: 'ver-1111111111111111', input_service_name: 'datalake', input_service_id: CHANNEL },
      options,
    ),
  deleteChannelDatasource: (abeja, options) => abeja.channels.datasources.disconnect(CHANNEL, DATASOURCE, options),
  deleteChannelFile: (abeja, options) => abeja.channels.files.delete(CHANNEL, CHANNEL_FILE, options),
  deleteTrigger: (abeja, options) => abeja.triggers.delete(DEPLOYMENT, TRIGGER, options),
  getBucket: (abeja, options) => abeja.buckets.get(BUCKET, options),
  getBucketFile: (abeja, options) => abeja.buckets.files.get(BUCKET, LOCATION, options),
  getChannel: (abeja, options) => abeja.channels.get(CHANNEL, options),
  getChannelFileDownload: (abeja, options) => abeja.channels.files.get(CHANNEL, CHANNEL_FILE, options),
  getChannelFileUpload: (abeja, options) => abeja.channels.files.requestUpload(CHANNEL, file, options),
  getTrigger: (abeja, options) => abeja.triggers.get(DEPLOYMENT, TRIGGER, options),
  getTriggerRuns: (abeja, options) => onePage(lists.getTriggerRuns.list(abeja, options)),
  getTriggers: (abeja, options) => onePage(lists.getTriggers.list(abeja, options)),
  listBucketFiles: (abeja, options) => onePage(lists.listBucketFiles.list(abeja, options)),
  listBuckets: (abeja, options) => onePage(lists.listBuckets.list(abeja, options)),
  listChannelDatasources: (abeja, options) => onePage(lists.listChannelDatasources.list(abeja, options)),
  listChannelFiles: (abeja, options) => onePage(lists.listChannelFiles.list(abeja, options)),
  listChannels: (abeja, options) => onePage(lists.listChannels.list(abeja, options)),
  patchBucket: (abeja, options) => abeja.buckets.update(BUCKET, { description: '' }, options),
  patchChannel: (abeja, options) => abeja.channels.update(CHANNEL, { description: '' }, options),
  postChannelFileUpload: (abeja, options) => abeja.channels.files.upload(CHANNEL, UPLOADED, file, options),
  putChannelDatasource: (abeja, options) => abeja.channels.datasources.connect(CHANNEL, DATASOURCE, options),
  putChannelFileLifetime: (abeja, options) =>
    abeja.channels.files.updateLifetime(CHANNEL, CHANNEL_FILE, '1week', options),
  putChannelFileMetadata: (abeja, options) =>
    abeja.channels.files.updateMetadata(CHANNEL, CHANNEL_FILE, { filename: '日本.jpg' }, options),
  unarchiveBucket: (abeja, options) => abeja.buckets.unarchive(BUCKET, options),
  unarchiveChannel: (abeja, options) => abeja.channels.unarchive(CHANNEL, options),
  uploadBucketFile: (abeja, options) =>
    abeja.buckets.files.upload(BUCKET, LOCATION, UPLOADED, { ...file, lifetime: '1year' }, options),
}

async function onePage<Item, Envelope>(list: Paged<Item, Envelope>): Promise<Page<Item, Envelope>> {
  for await (const page of list.byPage()) return page
  throw new Error('the list has no page')
}
