import { InvalidRequestError } from '../errors/client-errors.ts'
import type { RequestOptions } from '../http/request-options.ts'
import type { Metadata } from '../metadata/metadata-codec.ts'
import type { ChannelFile, Lifetime, UpdateChannelFileParams } from './channel-file-types.ts'
import { PartialUpdateError } from './partial-update-error.ts'

/** The calls of which an update is made. */
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

/** Replaces metadata and lifetime together: both, or neither as far as the platform lets itself be turned back. */
export async function updateChannelFile(
  files: Files,
  channelId: string,
  fileId: string,
  { metadata, lifetime }: UpdateChannelFileParams,
  options: RequestOptions = {},
): Promise<ChannelFile> {
  if (metadata === undefined && lifetime === undefined) {
    throw new InvalidRequestError('There is nothing to update: give metadata, a lifetime, or both.')
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
    // What was begun is taken back also when the caller has aborted or the time is up.
    const { signal: _, totalTimeout: __, ...rest } = options
    const restoring = files.updateMetadata(channelId, fileId, before.metadata, rest)
    throw await restoring.then(
      () => new PartialUpdateError(error),
      (restoreError: unknown) => new PartialUpdateError(error, restoreError),
    )
  }
  return updated ?? before
}
