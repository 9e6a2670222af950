import type { OperationId } from '../../../generated/operations.ts'
import type { BucketEntry, ChannelFile, Page } from '../../index.ts'
import type { CheckRun } from './check-run.ts'

const CONTENT = 'abeja-platform-client check\n'
const METADATA = { filename: '日本/a b.txt', label: 'check' }
/** Enough for a full page, another, and a last one that is not full. */
const NAMES = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt']
const PAGE = 2
/** The lists of an organization can be long. */
const MOST_PAGES = 5

/** Reads what exists, and changes nothing. */
export async function checkExisting(run: CheckRun): Promise<void> {
  const { abeja, anonymous } = run
  await run.rejected('no credential', 'listChannels', 401, () => anonymous.channels.list().toArray({ limit: 1 }))
  const channels = await run.pages('listChannels', abeja.channels.list(), MOST_PAGES)
  const channel = channels?.flatMap(({ items }) => items)[0]?.channel_id
  if (channel !== undefined) {
    await run.attempt('getChannel', () => abeja.channels.get(channel))
    await run.pages('listChannelDatasources', abeja.channels.datasources.list(channel), MOST_PAGES)
    const files = await run.pages('listChannelFiles', abeja.channels.files.list(channel), 1)
    const file = files?.[0]?.items[0]?.file_id
    if (file !== undefined) await run.attempt('getChannelFileDownload', () => abeja.channels.files.get(channel, file))
  }
  if (abeja.organizationId === undefined) return
  const buckets = await run.pages('listBuckets', abeja.buckets.list(), MOST_PAGES)
  const bucket = buckets?.flatMap(({ items }) => items)[0]?.bucket_id
  if (bucket === undefined) return
  await run.attempt('getBucket', () => abeja.buckets.get(bucket))
  const entries = await run.pages('listBucketFiles', abeja.buckets.files.list(bucket), 1)
  const entry = entries?.[0]?.items.find(({ is_file }) => is_file)?.file_id
  if (entry !== undefined) await run.attempt('getBucketFile', () => abeja.buckets.files.get(bucket, entry))
}

/** What a check of channels may use beside what it makes. */
export interface ChannelExtras {
  readonly datasourceId: string | undefined
  readonly deploymentId: string | undefined
  readonly modelVersionId: string | undefined
}

/** Makes a channel, uses it, and archives it. */
export async function checkChannel(run: CheckRun, extras: ChannelExtras): Promise<void> {
  const { channels } = run.abeja
  const params = { name: scratchName(), description: 'Can be archived', storage_type: 'datalake' as const }
  const made = await run.attempt('createChannel', () => channels.create(params))
  if (!made) return
  const id = made.channel_id
  try {
    await run.attempt('getChannel', () => channels.get(id))
    await run.attempt('patchChannel', () => channels.update(id, { description: 'Made by a check' }))
    await checkTrigger(run, id, extras)
    await checkDatasource(run, id, extras)
    await checkChannelFiles(run, id)
    await run.attempt('archiveChannel', () => channels.archive(id))
    await run.attempt('unarchiveChannel', () => channels.unarchive(id))
  } finally {
    const archived = (await channels.archive(id).catch(() => undefined)) !== undefined
    run.leftBehind.push({ kind: 'channel', id, archived })
  }
  const listed = await run.pages('listChannels', channels.list({ filter_archived: 'include_archived', limit: 1000 }))
  const last = listed?.at(-1)
  if (!last) return
  const isListed = listed?.some(({ items }) => items.some(({ channel_id }) => channel_id === id))
  run.observe('archived channels are listed on request', 'listChannels', 'yes', isListed ? 'yes' : 'no')
  const { has_next } = last.envelope
  run.observe('last page of channels', 'listChannels', 'has_next false', `has_next ${JSON.stringify(has_next)}`)
}

async function checkChannelFiles(run: CheckRun, id: string): Promise<void> {
  const { files } = run.abeja.channels
  const upload = (name: string, conflict_target?: string) =>
    files.upload(id, CONTENT, {
      ...{ content_type: 'text/plain', lifetime: '1day', conflict_target },
      metadata: { ...METADATA, filename: name },
    })
  await run.attempt('getChannelFileUpload', () =>
    files.requestUpload(id, { content_type: 'text/plain', metadata: METADATA }),
  )
  const uploaded = await Promise.all(NAMES.map((name) => run.attempt('postChannelFileUpload', () => upload(name))))
  const first = uploaded[0]?.file_id
  if (first === undefined) return
  await run.rejected('conflict_target of an existing file', 'postChannelFileUpload', 409, () =>
    run.abeja.channels.files.upload(id, CONTENT, {
      ...{ content_type: 'text/plain', lifetime: '1day', conflict_target: 'filename' },
      metadata: { filename: NAMES[0] ?? '' },
    }),
  )
  const pages = await run.pages('listChannelFiles', files.list(id, { items_per_page: PAGE }))
  if (pages) {
    observeListed(
      run,
      'listChannelFiles',
      pages,
      uploaded.flatMap((file) => file?.file_id ?? []),
    )
    const token = pages.at(-1)?.envelope.next_page_token
    run.observe(
      'last page of channel files',
      'listChannelFiles',
      'no next_page_token',
      token ? 'a token' : 'no next_page_token',
    )
  }
  await checkChannelFile(run, id, first)
  for (const file of uploaded.slice(1)) {
    if (file) await run.attempt('deleteChannelFile', () => files.delete(id, file.file_id))
  }
}

async function checkChannelFile(run: CheckRun, id: string, file: string): Promise<void> {
  const { files } = run.abeja.channels
  const content = await run.attempt('getChannelFileDownload', async () => (await files.download(id, file)).text())
  if (content !== undefined) {
    run.observe(
      'downloaded bytes',
      'getChannelFileDownload',
      'as uploaded',
      content === CONTENT ? 'as uploaded' : 'different',
    )
  }
  await run.attempt('putChannelFileMetadata', () => files.updateMetadata(id, file, METADATA))
  await run.attempt('putChannelFileMetadata', () => files.updateMetadata(id, file, { filename: METADATA.filename }))
  const changed = await run.attempt('getChannelFileDownload', () => files.get(id, file))
  if (changed) {
    const { label, filename } = changed.metadata
    run.observe(
      'PUT metadata without a key',
      'putChannelFileMetadata',
      'removes it',
      label === undefined ? 'removes it' : 'keeps it',
    )
    const isSame = filename === METADATA.filename
    run.observe(
      'metadata with spaces, slashes and Japanese',
      'getChannelFileDownload',
      'as sent',
      isSame ? 'as sent' : 'different',
    )
  }
  await run.attempt('putChannelFileLifetime', () => files.updateLifetime(id, file, '1week'))
  await run.attempt('deleteChannelFile', () => files.delete(id, file))
  await run.rejected('a deleted file', 'getChannelFileDownload', 404, () => files.get(id, file))
}

/** Before any file arrives, so that no run starts. */
async function checkTrigger(run: CheckRun, channel: string, extras: ChannelExtras): Promise<void> {
  const { deploymentId, modelVersionId } = extras
  const { triggers } = run.abeja
  if (deploymentId === undefined || modelVersionId === undefined) return
  const made = await run.attempt('createTrigger', () =>
    triggers.create(deploymentId, {
      ...{ version_id: modelVersionId, input_service_name: 'datalake', input_service_id: channel, environment: null },
    }),
  )
  if (!made) return
  await run.attempt('getTrigger', () => triggers.get(deploymentId, made.trigger_id))
  await run.pages('getTriggerRuns', triggers.runs.list(deploymentId, made.trigger_id))
  await run.attempt('deleteTrigger', () => triggers.delete(deploymentId, made.trigger_id))
}

async function checkDatasource(run: CheckRun, id: string, { datasourceId }: ChannelExtras): Promise<void> {
  const { datasources } = run.abeja.channels
  if (datasourceId !== undefined) {
    await run.attempt('putChannelDatasource', () => datasources.connect(id, datasourceId))
  }
  await run.pages('listChannelDatasources', datasources.list(id))
  if (datasourceId !== undefined) {
    await run.attempt('deleteChannelDatasource', () => datasources.disconnect(id, datasourceId))
  }
}

/** Makes a bucket, uses it, and archives it. */
export async function checkBucket(run: CheckRun): Promise<void> {
  const { buckets } = run.abeja
  if (run.abeja.organizationId === undefined) return
  const params = { name: scratchName(), description: 'Can be archived' }
  const made = await run.attempt('createBucket', () => buckets.create(params))
  if (!made) return
  const id = made.bucket_id
  try {
    await run.attempt('getBucket', () => buckets.get(id))
    await run.attempt('patchBucket', () => buckets.update(id, { description: 'Made by a check' }))
    await checkBucketFiles(run, id)
    await run.attempt('archiveBucket', () => buckets.archive(id))
    await run.attempt('unarchiveBucket', () => buckets.unarchive(id))
  } finally {
    const archived = (await buckets.archive(id).catch(() => undefined)) !== undefined
    run.leftBehind.push({ kind: 'bucket', id, archived })
  }
  const listed = await run.pages('listBuckets', buckets.list({ limit: 1000 }))
  const last = listed?.at(-1)
  if (!last) return
  const { has_next } = last.envelope
  run.observe('last page of buckets', 'listBuckets', 'has_next false', `has_next ${JSON.stringify(has_next)}`)
}

async function checkBucketFiles(run: CheckRun, id: string): Promise<void> {
  const { files } = run.abeja.buckets
  const locations = NAMES.map((name) => `check/${name}`)
  const uploaded = await Promise.all(
    locations.map((location) =>
      run.attempt('uploadBucketFile', () =>
        files.upload(id, location, CONTENT, { content_type: 'text/plain', lifetime: '1day', metadata: METADATA }),
      ),
    ),
  )
  if (!uploaded.some((file) => file !== undefined)) return
  await run.pages('listBucketFiles', files.list(id))
  const pages = await run.pages('listBucketFiles', files.list(id, { target_dir: '/check', items_per_page: PAGE }))
  if (pages) {
    const ids = locations.filter((_, index) => uploaded[index] !== undefined)
    observeListed(run, 'listBucketFiles', pages, ids)
    observeCursors(run, pages)
  }
  const [location = ''] = locations
  const content = await run.attempt('getBucketFile', async () => (await files.download(id, location)).text())
  if (content !== undefined) {
    run.observe('downloaded bytes', 'getBucketFile', 'as uploaded', content === CONTENT ? 'as uploaded' : 'different')
  }
}

/** Which member of a page leads to the next, and what the last page shows. */
function observeCursors(run: CheckRun, pages: readonly Page<BucketEntry, object>[]): void {
  const cursors = ['last_file_id', 'next_start_after'] as const
  const of = (page: Page<BucketEntry, object> | undefined) =>
    cursors.filter((name) => typeof new Map(Object.entries(page?.envelope ?? {})).get(name) === 'string')
  const [first, last] = [of(pages[0]), of(pages.at(-1))]
  const observed = first.includes('last_file_id') ? 'last_file_id' : (first[0] ?? 'none')
  run.observe('cursor of a bucket list', 'listBucketFiles', 'last_file_id', observed)
  const isEnd = !last.includes('last_file_id') || pages.at(-1)?.items.length === 0
  run.observe(
    'last page of bucket files',
    'listBucketFiles',
    'no last_file_id',
    isEnd ? 'no last_file_id' : 'last_file_id',
  )
}

/** That the pages hold every file once. */
function observeListed(
  run: CheckRun,
  operationId: OperationId,
  pages: readonly Page<ChannelFile | BucketEntry, unknown>[],
  ids: readonly string[],
): void {
  const plain = (id: string) => id.replace(/^\//, '')
  const listed = pages.flatMap(({ items }) => items.map(({ file_id }) => plain(file_id)))
  const missing = ids.filter((id) => !listed.includes(plain(id))).length
  const twice = listed.length - new Set(listed).size
  const observed = missing + twice === 0 ? 'every file once' : `${missing} missing, ${twice} twice`
  run.observe('files of all pages', operationId, 'every file once', observed)
}

/** Reads the triggers of a deployment. */
export async function checkTriggers(run: CheckRun, deploymentId: string): Promise<void> {
  const { triggers } = run.abeja
  const listed = await run.pages('getTriggers', triggers.list(deploymentId), MOST_PAGES)
  const trigger = listed?.flatMap(({ items }) => items)[0]?.trigger_id
  if (trigger === undefined) return
  await run.attempt('getTrigger', () => triggers.get(deploymentId, trigger))
  const forward = () =>
    run.pages('getTriggerRuns', triggers.runs.list(deploymentId, trigger, { scan_forward: true }), MOST_PAGES)
  const runs = await forward()
  if (!runs) return
  const token = runs.at(-1)?.envelope.next_page_token
  if (runs.length < MOST_PAGES) {
    run.observe('last page of runs', 'getTriggerRuns', 'no next_page_token', token ? 'a token' : 'no next_page_token')
  }
  const capital = await run.recorder.rewriting(
    (url) => url.replace('scan_forward=true', 'scan_forward=True'),
    () =>
      triggers.runs
        .list(deploymentId, trigger, { scan_forward: true })
        .toArray({ limit: 1 })
        .then(
          () => 'accepted',
          () => 'rejected',
        ),
  )
  run.observe('scan_forward=True', 'getTriggerRuns', 'accepted', capital)
}

function scratchName(): string {
  return `abeja-platform-client-check-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`
}
