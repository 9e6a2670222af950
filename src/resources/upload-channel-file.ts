import { postChannelFileUpload } from '../../generated/operations.ts'
import { rawUpload } from '../files/raw-upload.ts'
import { trackedUpload } from '../files/tracked-upload.ts'
import type { UploadBody } from '../files/upload-body.ts'
import type { OperationClient } from '../http/operation-client.ts'
import { remainingTime } from '../http/remaining-time.ts'
import { decodeMetadata, withoutPrefix } from '../metadata/metadata-codec.ts'
import type { RequestOptions } from '../options.ts'
import type { ChannelFile, UploadChannelFileParams, UploadedFile, UploadOptions } from './channel-file-types.ts'
import { findOwnUpload, mayBeOwnEcho } from './own-upload.ts'

/**
 * Uploads a file into a channel. With `conflict_target` it may be sent again, and a conflict with this call's own earlier
 * attempt counts as success.
 * @param newestFirst lists the files of the channel
 */
export async function uploadChannelFile(
  client: OperationClient,
  channelId: string,
  body: UploadBody,
  params: UploadChannelFileParams,
  { onProgress, ...options }: UploadOptions,
  newestFirst: (options: RequestOptions) => AsyncIterable<ChannelFile>,
): Promise<UploadedFile> {
  const { lifetime, conflict_target } = params
  const { body: upload, finish, metadata } = trackedUpload(rawUpload(body, params), onProgress)
  const query = { ...(lifetime && { lifetime }), ...(conflict_target && { conflict_target }) }
  const retry = conflict_target ? 'always' : undefined
  const timed = remainingTime(options, client.configuration.deadline)
  try {
    const path = { channel_id: channelId }
    const uploaded = await client.send(postChannelFileUpload, { path, query, retry, upload }, timed(), 'file_id')
    finish()
    return decodeMetadata(uploaded)
  } catch (error) {
    if (!conflict_target || !mayBeOwnEcho(error)) throw error
    const own = await findOwnUpload(error, newestFirst(timed()), withoutPrefix(conflict_target), metadata())
    if (!own) throw error
    finish()
    const { file_id, content_type, metadata: stored, system_metadata, uploaded_at } = own
    return { file_id, content_type, metadata: stored, system_metadata, uploaded_at, ...(lifetime && { lifetime }) }
  }
}
