import { type AbejaClient, isApiError } from '../../src/index.ts'
import { expect, type Narrator } from './narrator.ts'

/** Ids of the documents' examples: the embedded server knows them. */
const CHANNEL = '1230000000000'
const BUCKET = '1230000000000'
const FILE = '20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9'
const DEPLOYMENT = '1111111111111'
const TRIGGER = 'tri-3333333333333333'

/** Walks through the client against the embedded server, which answers with the examples of the description. */
export async function embeddedTour(abeja: AbejaClient, narrator: Narrator): Promise<void> {
  await channels(abeja, narrator)
  await channelFiles(abeja, narrator)
  await buckets(abeja, narrator)
  await triggers(abeja, narrator)
  await errors(abeja, narrator)
}

async function channels(abeja: AbejaClient, narrator: Narrator): Promise<void> {
  narrator.say('\n— Channels —')
  await narrator.step(
    "abeja.channels.create({ name: 'photos', storage_type: 'datalake', … })",
    () => abeja.channels.create({ name: 'photos', description: 'of cats', storage_type: 'datalake' }),
    ({ channel_id, storage_type }) => `channel ${channel_id}, storage ${storage_type}`,
  )
  await narrator.step(
    'abeja.channels.list().toArray({ limit: 1 })',
    () => abeja.channels.list().toArray({ limit: 1 }),
    ([channel, ...others]) => {
      expect(channel !== undefined && others.length === 0, 'one channel')
      return `${channel?.name} (${channel?.channel_id})`
    },
  )
  await narrator.step(
    `abeja.channels.update('${CHANNEL}', { description: '' })`,
    () => abeja.channels.update(CHANNEL, { description: '' }),
    ({ updated_at }) => `updated at ${updated_at}`,
  )
}

async function channelFiles(abeja: AbejaClient, narrator: Narrator): Promise<void> {
  narrator.say('\n— Channel files —')
  const bytes = new Uint8Array(100_000).fill(7)
  await narrator.step(
    "abeja.channels.files.upload(id, bytes, { metadata: { filename: '日本.jpg' } })",
    () =>
      abeja.channels.files.upload(CHANNEL, bytes, {
        content_type: 'image/jpeg',
        metadata: { filename: '日本.jpg' },
        lifetime: '1day',
      }),
    ({ file_id, lifetime }) => `file ${file_id}, kept for ${lifetime}`,
  )
  await narrator.step(
    "for await (const file of abeja.channels.files.list(id, { start: '20240101' }))",
    () => abeja.channels.files.list(CHANNEL, { start: '20240101', timezone: 'Asia/Tokyo' }).toArray(),
    (files) => {
      expect(files.length > 0, 'files')
      return files.map(({ metadata, content_type }) => `${metadata.filename} (${content_type})`).join(', ')
    },
  )
  await narrator.step(
    'abeja.channels.files.updateMetadata(id, fileId, { filename: … })',
    () => abeja.channels.files.updateMetadata(CHANNEL, FILE, { filename: 'test.csv' }),
    ({ metadata, system_metadata }) => {
      expect(metadata.filename === 'test.csv', 'the new name')
      return `${metadata.filename}, organization ${system_metadata.organizationid}`
    },
  )
  await narrator.step(
    'abeja.channels.files.delete(id, fileId)',
    () => abeja.channels.files.delete(CHANNEL, FILE),
    ({ message }) => message,
  )
}

async function buckets(abeja: AbejaClient, narrator: Narrator): Promise<void> {
  narrator.say('\n— Buckets —')
  await narrator.step(
    "abeja.buckets.files.upload(id, 'reports/2024.csv', 'a,b\\n1,2\\n')",
    () => abeja.buckets.files.upload(BUCKET, 'reports/2024.csv', 'a,b\n1,2\n'),
    ({ file_id }) => `file ${file_id}`,
  )
  await narrator.step(
    "abeja.buckets.files.get(id, 'sample.jpg')",
    () => abeja.buckets.files.get(BUCKET, 'sample.jpg'),
    ({ file_id, size, metadata }) => `${file_id}, ${size} bytes, ${metadata.filename}`,
  )
}

async function triggers(abeja: AbejaClient, narrator: Narrator): Promise<void> {
  narrator.say('\n— Triggers —')
  await narrator.step(
    "abeja.triggers.create(deploymentId, { input_service_name: 'datalake', … })",
    () =>
      abeja.triggers.create(DEPLOYMENT, {
        version_id: 'ver-1111111111111111',
        input_service_name: 'datalake',
        input_service_id: CHANNEL,
      }),
    ({ trigger_id, model_version }) => `${trigger_id}, model version ${model_version}`,
  )
  await narrator.step(
    'abeja.triggers.runs.list(deploymentId, triggerId).toArray({ limit: 1 })',
    () => abeja.triggers.runs.list(DEPLOYMENT, TRIGGER).toArray({ limit: 1 }),
    ([run]) => `${run?.run_id}: ${run?.status}`,
  )
}

async function errors(abeja: AbejaClient, narrator: Narrator): Promise<void> {
  narrator.say('\n— Errors —')
  await narrator.step(
    "abeja.channels.get('no-such-channel')",
    () => abeja.channels.get('no-such-channel', { headers: { prefer: 'code=404' } }).catch((error: unknown) => error),
    (error) => {
      expect(isApiError(error, 'getChannel', 404), 'a NotFoundError')
      return error instanceof Error ? `${error.name}: ${error.message}` : ''
    },
  )
  await narrator.step(
    "abeja.channels.files.delete(id, '..')",
    () => abeja.channels.files.delete(CHANNEL, '..').catch((error: unknown) => error),
    (error) => {
      expect(error instanceof Error && error.name === 'InvalidRequestError', 'an InvalidRequestError')
      return error instanceof Error ? `${error.name}: ${error.message}` : ''
    },
  )
}
