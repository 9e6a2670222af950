import type { AbejaClient } from '../../src/index.ts'
import type { Narrator } from './narrator.ts'

/** How many items are read of a real account. */
const FEW = 3

/** Reads from a real server and changes nothing. */
export async function readOnlyTour(abeja: AbejaClient, narrator: Narrator): Promise<void> {
  const channels = await narrator.step(
    `abeja.channels.list().toArray({ limit: ${FEW} })`,
    () => abeja.channels.list().toArray({ limit: FEW }),
    (found) => found.map(({ name, channel_id }) => `${name} (${channel_id})`).join(', ') || 'no channels',
  )
  const channel = channels?.[0]
  if (channel) {
    await narrator.step(
      `abeja.channels.files.list('${channel.channel_id}').toArray({ limit: ${FEW} })`,
      () => abeja.channels.files.list(channel.channel_id).toArray({ limit: FEW }),
      (found) => found.map(({ metadata, file_id }) => metadata.filename ?? file_id).join(', ') || 'no files',
    )
  }
  const buckets = await narrator.step(
    `abeja.buckets.list().toArray({ limit: ${FEW} })`,
    () => abeja.buckets.list().toArray({ limit: FEW }),
    (found) => found.map(({ name, bucket_id }) => `${name} (${bucket_id})`).join(', ') || 'no buckets',
  )
  const bucket = buckets?.[0]
  if (bucket) {
    await narrator.step(
      `abeja.buckets.files.list('${bucket.bucket_id}').toArray({ limit: ${FEW} })`,
      () => abeja.buckets.files.list(bucket.bucket_id).toArray({ limit: FEW }),
      (found) => found.map(({ file_id }) => file_id).join(', ') || 'no files',
    )
  }
}
