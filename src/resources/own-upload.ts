import { ConflictError } from '../errors/errors.ts'
import { hasMetadata, metadataValue } from '../metadata/metadata-codec.ts'
import type { ChannelFile } from './channel-file-types.ts'

/** Dates of files are whole seconds, and those of responses too. */
const TOLERANCE_MS = 2_000

/** Whether a 409 may come from this very upload: an earlier attempt failed after the server may have stored the file. */
export function mayBeOwnConflict(error: unknown): error is ConflictError {
  return (
    error instanceof ConflictError &&
    error.attempts.slice(0, -1).some(({ mayHaveBeenProcessed }) => mayHaveBeenProcessed)
  )
}

/**
 * Returns the file that an earlier attempt of the same call has stored: one with all the metadata that were sent, uploaded
 * since the call began. An older file was not uploaded by this call: then the conflict is real.
 * @param newestFirst the files of the channel
 * @param key the metadata key that must be unique, without its prefix
 * @param sent the metadata of the upload
 */
export async function findOwnUpload(
  conflict: ConflictError,
  newestFirst: AsyncIterable<ChannelFile>,
  key: string,
  sent: Readonly<Record<string, string>>,
): Promise<ChannelFile | undefined> {
  if (metadataValue(sent, key) === undefined) return undefined
  const since = earliestUpload(conflict)
  for await (const file of uploadedSince(newestFirst, () => since)) if (hasMetadata(file.metadata, sent)) return file
  return undefined
}

/**
 * Yields the files that were uploaded since a time, and requests no page after them.
 * @param newestFirst the files of a channel
 * @param since in milliseconds since 1970, by the server's clock; called for each file
 */
export async function* uploadedSince(
  newestFirst: AsyncIterable<ChannelFile>,
  since: () => number,
): AsyncGenerator<ChannelFile, void, undefined> {
  for await (const file of newestFirst) {
    if (Date.parse(file.uploaded_at) < since()) return
    yield file
  }
}

/** In milliseconds since 1970, by the clock of the server, which the dates of its files have too. */
function earliestUpload({ attempts, headers }: ConflictError): number {
  const elapsed = attempts.reduce((sum, { delayMs, durationMs }) => sum + delayMs + durationMs, 0)
  const respondedAt = Date.parse(headers?.date ?? '')
  return (Number.isNaN(respondedAt) ? Date.now() : respondedAt) - elapsed - TOLERANCE_MS
}
