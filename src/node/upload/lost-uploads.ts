import { stat } from 'node:fs/promises'
import type { ChannelFile, ChannelStore, Metadata, RequestOptions } from '../../index.ts'
import { hasMetadata } from '../../metadata/metadata-codec.ts'
import { uploadedSince } from '../../resources/own-upload.ts'
import { hasSameBytes, remoteChecksum } from '../disk/checksum.ts'
import type { ServerClock } from '../engine/server-clock.ts'
import { channelFile, filenameOf } from '../remote/remote-files.ts'

/** An upload whose response never came. */
export interface LostUpload {
  /** Relative to the directory, with `/`. */
  readonly path: string
  /** On this machine, absolute. */
  readonly file: string
  /** In milliseconds since 1970, by the server's clock where it was known. */
  readonly since: number
  /** The metadata that were sent with it. */
  readonly metadata: Metadata
}

/** How wrong the clock of a machine may be that never learned the server's, in milliseconds. */
const TOLERANCE_MS = 10 * 60_000

/**
 * Looks for uploads whose responses were lost: files of the channel with the same metadata and the same bytes, stored since
 * the upload began. Where the store reports no checksum nothing counts as found, and the file is sent again.
 * @returns the ids of those found, by their paths
 */
export async function findLostUploads(
  store: ChannelStore,
  lost: readonly LostUpload[],
  clock: ServerClock,
  options: RequestOptions & { readonly signal: AbortSignal },
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  // Several paths can be sent under one name.
  const byName = new Map<string, LostUpload[]>()
  for (const upload of lost) {
    const name = filenameOf(upload.metadata) ?? ''
    const ofName = byName.get(name)
    if (ofName) ofName.push(upload)
    else byName.set(name, [upload])
  }
  const earliest = lost.reduce((least, { since }) => Math.min(least, since), Number.POSITIVE_INFINITY)
  /** Known once the first page has come: this machine's clock is now what it may have been then. */
  const slack = () => TOLERANCE_MS - Math.min(0, clock.offset ?? 0)
  const newestFirst = store.list({ sort: ['-uploaded_at'] }, options)
  for await (const file of uploadedSince(newestFirst, () => earliest - slack())) {
    const uploadedAt = Date.parse(file.uploaded_at)
    if (found.size === lost.length) break
    for (const upload of byName.get(filenameOf(file.metadata) ?? '') ?? []) {
      if (found.has(upload.path) || uploadedAt < upload.since - slack()) continue
      if (!(await isSame(file, upload, store, options.signal))) continue
      found.set(upload.path, file.file_id)
      break
    }
  }
  return found
}

async function isSame(
  file: ChannelFile,
  { file: path, metadata }: LostUpload,
  store: ChannelStore,
  signal: AbortSignal,
): Promise<boolean> {
  if (!hasMetadata(file.metadata, metadata)) return false
  const stats = await stat(path).catch(() => undefined)
  return (
    stats !== undefined && hasSameBytes(path, stats.size, await remoteChecksum(channelFile(file), store, { signal }))
  )
}
