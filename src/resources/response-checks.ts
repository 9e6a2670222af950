import {
  arrayOf,
  boolean,
  type Check,
  count,
  isRecord,
  nonEmptyString,
  object,
  optional,
  string,
} from '../http/response-check.ts'
import type { NextCursor } from '../pagination/next-cursor.ts'

/** What the client, or every caller, relies on in a response. Everything else is passed on as it came. */

export const isChannel = object({ channel_id: nonEmptyString })
export const isBucket = object({ bucket_id: nonEmptyString })
export const isDatasource = object({ datasource_id: nonEmptyString })
export const isTrigger = object({ trigger_id: nonEmptyString })
export const isTriggerRun = object({ run_id: nonEmptyString })

const fileMembers = {
  file_id: nonEmptyString,
  content_type: optional(string),
  metadata: optional(object()),
  uploaded_at: optional(string),
  download_uri: optional(string),
  download_url: optional(string),
  url_expires_on: optional(string),
}

export const isChannelFile = object(fileMembers)
export const mayBeChannelFile = object({ ...fileMembers, file_id: optional(nonEmptyString) })
export const isUploadTicket = object({ ...fileMembers, upload_url: nonEmptyString })

const bucketFileMembers = {
  ...fileMembers,
  size: optional(count),
  etag: optional(string),
  last_modified: optional(string),
}

export const isBucketFile = object(bucketFileMembers)
/** Without `is_file` a file could be taken for a folder, and be left out. */
export const isBucketEntry = object({ ...bucketFileMembers, is_file: boolean })

/** A page of a list, whose items stand in `member`. */
export function isPage(member: string, item: Check, next: NextCursor): Check {
  const hasItems = object({ [member]: arrayOf(item) })
  return (value, name) => {
    hasItems(value, name)
    if (isRecord(value)) next(value)
  }
}
