import { InvalidRequestError } from '../errors/errors.ts'
import type { RequestOptions } from '../http/call.ts'
import type { Metadata } from '../metadata/metadata-codec.ts'
import { knownKeys } from '../validation/known-keys.ts'
import type { ChannelFile, Lifetime, UpdateChannelFileParams } from './channel-file-types.ts'
import { PartialUpdateError } from './partial-update-error.ts'

/** The calls that an update consists of. */
interface Files {
  get(channelId: string, fileId: string, options?: RequestOptions): Promise<ChannelFile>
  updateMetadata(
    channelId: string,
    fileId: string,
    metadata: Metadata,
    options?: RequestOptions,
  ): Promise<ChannelFile | undefined>
  updateLifetime(channelId: string, fileId: string, lifetime: Lifetime, options?: RequestOptions): Promise<unknown>
}

/** Replaces metadata and lifetime together: both, or neither where the metadata can be restored. */
export async function updateChannelFile(
  files: Files,
  channelId: string,
  fileId: string,
  params: UpdateChannelFileParams,
  options?: RequestOptions,
): Promise<ChannelFile> {
  const given = knownKeys(params, ['metadata', 'lifetime'], 'parameter', InvalidRequestError)
  const [metadata, lifetime] = [given.metadata ?? undefined, given.lifetime ?? undefined]
  if (metadata === undefined && lifetime === undefined) {
    throw new InvalidRequestError('Nothing to update. Pass metadata, a lifetime, or both.')
  }
  const current = () => files.get(channelId, fileId, options)
  if (lifetime === undefined) {
    return (await files.updateMetadata(channelId, fileId, metadata ?? {}, options)) ?? current()
  }
  const before = await current()
  const updated = metadata && ((await files.updateMetadata(channelId, fileId, metadata, options)) ?? (await current()))
  try {
    await files.updateLifetime(channelId, fileId, lifetime, options)
  } catch (error) {
    if (!updated) throw error
    // Even when the caller has aborted or the time has elapsed.
    const { signal: _, totalTimeout: __, ...rest } = options ?? {}
    const restoring = files.updateMetadata(channelId, fileId, before.metadata, rest)
    throw await restoring.then(
      () => new PartialUpdateError(error),
      (restoreError: unknown) => new PartialUpdateError(error, restoreError),
    )
  }
  return updated ?? before
}
