import { postChannelFileUpload } from '../../generated/operations.ts'
import { AbortedError, InvalidRequestError, TimeoutError } from '../errors/errors.ts'
import type { FileDescription } from '../files/file-description.ts'
import { rawUpload, trackedUpload } from '../files/file-upload.ts'
import type { UploadBody } from '../files/upload-body.ts'
import { type ApiClient, dataOf } from '../http/api-client.ts'
import { type RequestOptions, remainingTime } from '../http/call.ts'
import { decodeMetadata, metadataKey, metadataValue } from '../metadata/metadata-codec.ts'
import { knownKeys } from '../validation/known-keys.ts'
import {
  type ChannelFile,
  UPLOAD_CHANNEL_FILE_PARAMS,
  UPLOAD_OPTIONS,
  type UploadChannelFileParams,
  type UploadedFile,
  type UploadOptions,
} from './channel-file-types.ts'
import { findOwnUpload, mayBeOwnConflict } from './own-upload.ts'
import { isChannelFile } from './response-checks.ts'

/**
 * Uploads a file into a channel. With a `conflict_target` among its metadata it may be sent again, and a conflict with this
 * call's own earlier attempt counts as success.
 * @param newestFirst lists the files of the channel
 */
export async function uploadChannelFile(
  client: ApiClient,
  channelId: string,
  body: UploadBody,
  params: UploadChannelFileParams | undefined,
  options: UploadOptions | undefined,
  newestFirst: (options: RequestOptions) => AsyncIterable<ChannelFile>,
): Promise<UploadedFile> {
  const { lifetime, conflict_target, ...file } = knownKeys(
    params,
    UPLOAD_CHANNEL_FILE_PARAMS,
    'parameter',
    InvalidRequestError,
  )
  const { onProgress, ...request } = knownKeys(options, UPLOAD_OPTIONS, 'option', InvalidRequestError)
  const { body: upload, finish, metadata } = trackedUpload(rawUpload(body, file), onProgress)
  const query = { ...(lifetime && { lifetime }), ...(conflict_target && { conflict_target }) }
  const key = conflict_target && metadataKey(conflict_target)
  const idempotent = key && holdsKey(key, body, file) ? true : undefined
  const timed = remainingTime(request, client.transport.settings.totalTimeout)
  try {
    const sent = { path: { channel_id: channelId }, query }
    const init = client.init(postChannelFileUpload, timed(), sent, { check: isChannelFile, idempotent, upload })
    // The body of the description: `upload` stands in for it, and opens the file for each attempt.
    const uploaded = await dataOf(client.api.POST(postChannelFileUpload.path, { ...init, body: '' }))
    finish()
    return decodeMetadata(uploaded)
  } catch (error) {
    if (!key || !mayBeOwnConflict(error)) throw error
    const own = await findOwnUpload(error, newestFirst(timed()), key, metadata()).catch((failed: unknown) => {
      // Unless the caller or totalTimeout ended the call, the conflict is more helpful than the failed look-up.
      const isEnded =
        failed instanceof AbortedError || (failed instanceof TimeoutError && failed.kind === 'totalTimeout')
      throw isEnded ? failed : error
    })
    if (!own) throw error
    finish()
    const { file_id, content_type, metadata: stored, system_metadata, uploaded_at } = own
    return { file_id, content_type, metadata: stored, system_metadata, uploaded_at, ...(lifetime && { lifetime }) }
  }
}

/** Whether the file has the key that must be unique: without it nothing conflicts, and it could be stored twice. */
function holdsKey(key: string, body: UploadBody, { metadata }: FileDescription): boolean {
  if (key === 'filename' && typeof body === 'object' && body !== null && 'name' in body) return true
  return metadataValue(metadata ?? {}, key) !== undefined
}
