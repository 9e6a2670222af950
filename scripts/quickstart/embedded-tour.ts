import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type AbejaClient, type ChannelFile, isApiError } from '../../src/index.ts'
import { downloadDirectory, type TransferReport, uploadDirectory } from '../../src/node.ts'
import { expect, type Narrator } from './narrator.ts'
import { makeSampleFolder } from './sample-folder.ts'

const DEPLOYMENT = '1111111111111'

/** Walks through the client against the embedded mock server, and checks each step. */
export async function embeddedTour(abeja: AbejaClient, narrator: Narrator): Promise<void> {
  const folder = await makeSampleFolder()
  try {
    const channelId = await channel(abeja, narrator)
    const triggerId = await trigger(abeja, narrator, channelId)
    await folderUp(abeja, narrator, channelId, folder)
    await files(abeja, narrator, channelId, folder)
    await runs(abeja, narrator, triggerId)
    await bucket(abeja, narrator, folder)
    await errors(abeja, narrator, channelId)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function channel(abeja: AbejaClient, narrator: Narrator): Promise<string> {
  narrator.say('\n— A channel —')
  const created = await narrator.step(
    "abeja.channels.create({ name: 'field', storage_type: 'datalake', … })",
    () => abeja.channels.create({ name: 'field', description: 'photos and readings', storage_type: 'datalake' }),
    ({ name, channel_id }) => `channel ${channel_id}, ${name}`,
  )
  await narrator.step(
    'for await (const channel of abeja.channels.list())',
    () => abeja.channels.list().toArray(),
    (channels) => {
      const names = channels.map(({ name }) => name)
      expect(names.includes('field'), 'the new channel in the list')
      return `${channels.length} channels: ${names.join(', ')}`
    },
  )
  return created?.channel_id ?? ''
}

async function trigger(abeja: AbejaClient, narrator: Narrator, channelId: string): Promise<string> {
  narrator.say('\n— A trigger: a model runs for each file that arrives —')
  const created = await narrator.step(
    "abeja.triggers.create(deploymentId, { input_service_name: 'datalake', … })",
    () =>
      abeja.triggers.create(DEPLOYMENT, {
        version_id: 'ver-1111111111111111',
        input_service_name: 'datalake',
        input_service_id: channelId,
      }),
    ({ trigger_id, input_service_id }) => `${trigger_id} on channel ${input_service_id}`,
  )
  return created?.trigger_id ?? ''
}

async function folderUp(abeja: AbejaClient, narrator: Narrator, channelId: string, folder: string): Promise<void> {
  narrator.say('\n— A folder into the channel —')
  await narrator.step(
    'uploadDirectory(abeja.channels.files.in(id), folder, { onEvent })',
    () =>
      uploadDirectory(abeja.channels.files.in(channelId), folder, {
        lifetime: '1week',
        onEvent: (event) => {
          if (event.type === 'succeeded') narrator.say(`    ${event.record.bytes} bytes  ${event.path}`)
        },
      }),
    (report) => summaryOf(report, 4),
  )
}

async function files(abeja: AbejaClient, narrator: Narrator, channelId: string, folder: string): Promise<void> {
  narrator.say('\n— Its files —')
  const listed = await narrator.step(
    "abeja.channels.files.list(id, { sort: ['-uploaded_at'] }).toArray()",
    () => abeja.channels.files.list(channelId, { sort: ['-uploaded_at'] }).toArray(),
    (found) => {
      expect(found.length === 4, 'four files')
      return found.map(({ metadata, content_type }) => `${metadata.filename} (${content_type})`).join(', ')
    },
  )
  const photo = listed?.find(({ metadata }) => metadata.filename === 'photos/夕焼け.png')
  if (photo) await onePhoto(abeja, narrator, channelId, photo, folder)
}

async function onePhoto(
  abeja: AbejaClient,
  narrator: Narrator,
  channelId: string,
  { file_id }: ChannelFile,
  folder: string,
): Promise<void> {
  await narrator.step(
    '(await abeja.channels.files.download(id, fileId)).bytes()',
    async () => (await abeja.channels.files.download(channelId, file_id)).bytes(),
    (bytes) => `${bytes.byteLength} bytes, SHA-256 ${sha256(bytes).slice(0, 16)}…`,
  )
  await narrator.step(
    'the same bytes as on disk',
    async () => {
      const download = await abeja.channels.files.download(channelId, file_id)
      return [sha256(await download.bytes()), sha256(await readFile(join(folder, 'photos/夕焼け.png')))]
    },
    ([remote, local]) => {
      expect(remote === local, 'equal checksums')
      return 'the checksums are equal'
    },
  )
  await narrator.step(
    "abeja.channels.files.update(id, fileId, { metadata, lifetime: '1year' })",
    () => abeja.channels.files.update(channelId, file_id, { metadata: { label: '夕焼け' }, lifetime: '1year' }),
    () => 'metadata and lifetime set',
  )
  await narrator.step(
    'abeja.channels.files.get(id, fileId)',
    () => abeja.channels.files.get(channelId, file_id),
    ({ metadata, url_expires_on }) => {
      expect(metadata.label === '夕焼け', 'the label')
      return `label ${metadata.label}, its URL is good until ${url_expires_on}`
    },
  )
}

async function runs(abeja: AbejaClient, narrator: Narrator, triggerId: string): Promise<void> {
  narrator.say('\n— The runs that the trigger started —')
  await narrator.step(
    'until all runs are SUCCEEDED: abeja.triggers.runs.list(deploymentId, triggerId)',
    async () => {
      const seen = new Set<string>()
      for (;;) {
        const found = await abeja.triggers.runs.list(DEPLOYMENT, triggerId).toArray()
        for (const { status } of found) seen.add(status)
        if (found.length === 4 && found.every(({ status }) => status === 'SUCCEEDED')) return [...seen]
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    (statuses) => `4 runs: ${statuses.join(' → ')}`,
  )
}

async function bucket(abeja: AbejaClient, narrator: Narrator, folder: string): Promise<void> {
  narrator.say('\n— A folder into a bucket and back —')
  const created = await narrator.step(
    "abeja.buckets.create({ name: 'archive', … })",
    () => abeja.buckets.create({ name: 'archive', description: 'kept' }),
    ({ bucket_id }) => `bucket ${bucket_id}`,
  )
  const place = abeja.buckets.files.in(created?.bucket_id ?? '', '2024/field')
  await narrator.step(
    "uploadDirectory(abeja.buckets.files.in(id, '2024/field'), folder)",
    () => uploadDirectory(place, folder),
    (report) => summaryOf(report, 4),
  )
  await narrator.step(
    'uploadDirectory(…, { skipUnchanged: true })',
    () => uploadDirectory(place, folder, { skipUnchanged: true }),
    (report) => {
      expect(report.skipped.length === 4, 'nothing to do')
      return `${report.skipped.length} unchanged, nothing sent`
    },
  )
  await narrator.step(
    "downloadDirectory(abeja.buckets.files.in(id, '2024/field'), './copy')",
    () => downloadDirectory(place, join(folder, 'copy')),
    (report) => summaryOf(report, 4),
  )
}

async function errors(abeja: AbejaClient, narrator: Narrator, channelId: string): Promise<void> {
  narrator.say('\n— Errors that say what to do —')
  await narrator.step(
    "abeja.channels.get('4040404040404')",
    () => abeja.channels.get('4040404040404').catch((error: unknown) => error),
    (error) => {
      expect(isApiError(error, 'getChannel', 404), 'a NotFoundError')
      return error instanceof Error ? `${error.name}: ${error.message}` : ''
    },
  )
  await narrator.step(
    "abeja.channels.files.delete(id, '..')",
    () => abeja.channels.files.delete(channelId, '..').catch((error: unknown) => error),
    (error) => {
      expect(error instanceof Error && error.name === 'InvalidRequestError', 'an InvalidRequestError')
      return error instanceof Error ? `${error.name}: ${error.message}` : ''
    },
  )
}

function summaryOf({ succeeded, failed }: TransferReport, count: number): string {
  expect(succeeded.length === count && failed.length === 0, `${count} files`)
  const bytes = succeeded.reduce((sum, record) => sum + (record.bytes ?? 0), 0)
  return `${succeeded.length} files, ${bytes} bytes`
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
