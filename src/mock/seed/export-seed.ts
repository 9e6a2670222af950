import { buffer } from 'node:stream/consumers'
import { HttpError } from '../api/http-error.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Run, StoredFile } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Seed, SeedFile } from './seed.ts'

/** A seed holds its files as text. More than this would not fit into one. */
const mostBytes = 256 * 1024 * 1024

/**
 * Everything that is stored, as a seed. Of a file with a lifetime the lifetime begins again when the seed is loaded, and
 * upload URLs that nobody has used yet are left out.
 */
export async function exportSeed(store: Store, blobs: Blobs): Promise<Seed> {
  const files = [...store.channelFiles.all(), ...store.bucketFiles.all()]
  const size = files.reduce((sum, file) => sum + file.size, 0)
  if (size > mostBytes) {
    throw new HttpError(413, `The files are too large for a seed: ${size} bytes, at most ${mostBytes} are possible`)
  }
  return {
    organizations: store.organizations.all(),
    channels: await Promise.all(
      store.channels.all().map(async (channel) => ({
        ...channel,
        datasources: store.connections.group(channel.channel_id).map(({ datasource_id }) => datasource_id),
        files: await Promise.all(
          store.channelFiles
            .group(channel.channel_id)
            .map(async (file) => ({ file_id: file.file_id, ...(await seedFileOf(file, blobs)) })),
        ),
      })),
    ),
    datasources: store.datasources.all(),
    buckets: await Promise.all(
      store.buckets.all().map(async (bucket) => ({
        ...bucket,
        files: await Promise.all(
          store.bucketFiles
            .group(bucket.bucket_id)
            .map(async (file) => ({ location: file.location, ...(await seedFileOf(file, blobs)) })),
        ),
      })),
    ),
    triggers: store.triggers.all().map((trigger) => ({
      ...trigger,
      created_at: timeOf(trigger.created_at),
      runs: store.runs
        .group(trigger.trigger_id)
        .sort((one, other) => one.sequence - other.sequence)
        .map(seedRunOf),
    })),
  }
}

async function seedFileOf(file: StoredFile, blobs: Blobs): Promise<SeedFile> {
  const bytes = await buffer(blobs.read(file, 0, file.size - 1))
  const text = bytes.toString('utf8')
  return {
    content_type: file.content_type,
    metadata: file.metadata,
    ...(file.lifetime !== null && { lifetime: file.lifetime }),
    uploaded_at: timeOf(file.uploaded_at),
    ...(Buffer.from(text).equals(bytes) ? { text } : { base64: bytes.toString('base64') }),
  }
}

function seedRunOf({ run_id, file_id, created_at, status }: Run) {
  return { run_id, file_id, created_at: timeOf(created_at), ...(status !== undefined && { status }) }
}

function timeOf(time: number): string {
  return new Date(time).toISOString()
}
