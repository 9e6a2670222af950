import { ConflictError } from '../errors/api-error.ts'
import { metadataValue } from '../metadata/metadata-codec.ts'
import type { ChannelFile } from './channel-file-types.ts'

/** The clock of the server and this one, and the whole seconds that dates are told in, may differ by this much. */
const TOLERANCE_MS = 2_000

/**
 * Whether a 409 may be the echo of this very upload: an earlier attempt failed in a way that left open whether the
 * server had stored the file.
 */
export function mayBeOwnEcho(error: unknown): error is ConflictError {
  return (
    error instanceof ConflictError &&
    error.attempts.slice(0, -1).some(({ mayHaveBeenProcessed }) => mayHaveBeenProcessed)
  )
}

/**
 * The file that an earlier attempt of the same call has stored: one with all the metadata that was sent, uploaded since
 * the call began. An older one is somebody else's, and the conflict stands.
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
  for await (const file of newestFirst) {
    if (Date.parse(file.uploaded_at) < since) return undefined
    if (Object.entries(sent).every(([name, value]) => metadataValue(file.metadata, name) === value)) return file
  }
  return undefined
}

/** In milliseconds since 1970, by the clock of the server that answered: the dates of its files come from there too. */
function earliestUpload({ attempts, headers }: ConflictError): number {
  const elapsed = attempts.reduce((sum, { delayMs, durationMs }) => sum + delayMs + durationMs, 0)
  const answered = Date.parse(headers?.date ?? '')
  return (Number.isNaN(answered) ? Date.now() : answered) - elapsed - TOLERANCE_MS
}
