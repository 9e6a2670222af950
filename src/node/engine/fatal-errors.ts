import { isAbejaError, isApiError } from '../../index.ts'

const LISTS = new Set(['listChannelFiles', 'listBucketFiles'])
const UPLOADS = new Set(['postChannelFileUpload', 'uploadBucketFile'])

/**
 * Whether a file's failure would be that of every other file: the credential was refused, a list could not be read, or
 * there is no such channel or bucket. An upload that finds nothing misses these; a download may miss its file alone.
 */
export function concernsAll(error: unknown): boolean {
  if (!isAbejaError(error)) return false
  const { operationId = '' } = error
  if (LISTS.has(operationId)) return true
  if (!isApiError(error)) return false
  return error.status === 401 || (error.status === 404 && UPLOADS.has(operationId))
}
