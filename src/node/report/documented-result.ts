import type { TransferReport } from './report.ts'

/** The result of the documented `upload_bucket_files`. */
export interface UploadBucketFilesResult {
  /** One for each file that was not uploaded, in order. */
  readonly error_messages: readonly { readonly message: string }[]
  /** Whether all files were uploaded. */
  readonly status: boolean
}

/**
 * A report in the shape that the documented `upload_bucket_files` has.
 * @example
 * const { status, error_messages } = uploadBucketFilesResult(await uploadDirectory(bucket, './data'))
 */
export function uploadBucketFilesResult({
  failed,
  cancelled,
}: Pick<TransferReport, 'failed' | 'cancelled'>): UploadBucketFilesResult {
  const error_messages = [...failed, ...cancelled].map(({ path }) => ({ message: `Upload failed. file (${path})` }))
  return { error_messages, status: error_messages.length === 0 }
}
