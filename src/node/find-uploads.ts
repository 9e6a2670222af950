import { stat } from 'node:fs/promises'
import type { ChannelFile, ChannelStore, Metadata, RequestOptions } from '../index.ts'
import { hasSameBytes, remoteChecksum } from './checksum.ts'
import { channelFile } from './file-store.ts'

/** An upload of which no answer has come. */
export interface LostUpload {
  /** On this machine, absolute. */
  readonly file: string
  readonly since: Date
  /** What was sent with it. */
  readonly metadata: Metadata
}

/** The platform's clock and this one may differ by so much. In milliseconds. */
const CLOCKS_MS = 10 * 60_000

/**
 * Looks for uploads whose answers were lost: files of the channel with the same metadata and the same bytes, stored since
 * the upload began. Where the store tells no checksum nothing counts as found, and the file is sent again.
 * @param lost by the metadata `filename`
 * @returns the ids of those found, by the same names
 */
export async function findUploads(
  store: ChannelStore,
  lost: ReadonlyMap<string, LostUpload>,
  signal: AbortSignal,
  options: RequestOptions,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  const earliest = Math.min(...[...lost.values()].map(({ since }) => since.getTime())) - CLOCKS_MS
  for await (const file of store.list({ sort: ['-uploaded_at'] }, options)) {
    if (found.size === lost.size || Date.parse(file.uploaded_at) < earliest) break
    const name = file.metadata.filename ?? ''
    const upload = lost.get(name)
    if (upload && !found.has(name) && (await isSame(file, upload, store, signal))) found.set(name, file.file_id)
  }
  return found
}

async function isSame(
  file: ChannelFile,
  { file: path, since, metadata }: LostUpload,
  store: ChannelStore,
  signal: AbortSignal,
): Promise<boolean> {
  if (Date.parse(file.uploaded_at) < since.getTime() - CLOCKS_MS) return false
  // Sent as the name of a header, a key may come back in lower case.
  const stored = new Map(Object.entries(file.metadata).map(([key, value]) => [key.toLowerCase(), value]))
  if (Object.entries(metadata).some(([key, value]) => stored.get(key.toLowerCase()) !== value)) return false
  const stats = await stat(path).catch(() => undefined)
  return stats !== undefined && hasSameBytes(path, stats.size, await remoteChecksum(channelFile(file), store, signal))
}
