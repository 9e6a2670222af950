import { stat } from 'node:fs/promises'
import type { ChannelFile, ChannelStore, Metadata, RequestOptions } from '../../index.ts'
import { hasSameBytes, remoteChecksum } from '../disk/checksum.ts'
import { channelFile } from '../remote/remote-files.ts'

/** An upload of which no answer has come. */
export interface LostUpload {
  /** Relative to the folder, with `/`. */
  readonly path: string
  /** On this machine, absolute. */
  readonly file: string
  readonly since: Date
  /** What was sent with it. */
  readonly metadata: Metadata & { readonly filename: string }
}

/** The platform's clock and this one may differ by so much. In milliseconds. */
const CLOCKS_MS = 10 * 60_000

/**
 * Looks for uploads whose answers were lost: files of the channel with the same metadata and the same bytes, stored since
 * the upload began. Where the store tells no checksum nothing counts as found, and the file is sent again.
 * @returns the ids of those found, by their paths
 */
export async function findUploads(
  store: ChannelStore,
  lost: readonly LostUpload[],
  signal: AbortSignal,
  options: RequestOptions,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  // Several paths can be sent under one name.
  const byName = new Map<string, LostUpload[]>()
  let earliest = Number.POSITIVE_INFINITY
  for (const upload of lost) {
    const { filename } = upload.metadata
    const ofName = byName.get(filename) ?? []
    byName.set(filename, ofName)
    ofName.push(upload)
    earliest = Math.min(earliest, upload.since.getTime() - CLOCKS_MS)
  }
  for await (const file of store.list({ sort: ['-uploaded_at'] }, options)) {
    if (found.size === lost.length || Date.parse(file.uploaded_at) < earliest) break
    for (const upload of byName.get(file.metadata.filename ?? '') ?? []) {
      if (found.has(upload.path) || !(await isSame(file, upload, store, signal))) continue
      found.set(upload.path, file.file_id)
      break
    }
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
