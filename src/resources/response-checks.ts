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
  UnexpectedMember,
} from '../http/response-check.ts'
import type { NextCursor } from '../pagination/next-cursor.ts'

/** Checks of what the client, or every caller, relies on in a response. Everything else is passed on unchanged. */

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
export const isBucketEntry = object({ ...bucketFileMembers, is_file: optional(boolean) })

/**
 * Rejects a file whose id is another spelling of the requested location, such as `a"b` for `a%22b`: then two locations have
 * become one. Ids that are not locations, such as those of examples, are accepted.
 */
export function isNamed(fileId: string): Check {
  return (value) => {
    const stored = locationIn(value)
    if (stored !== undefined && stored !== withoutSlash(fileId) && isSpelledAs(stored, withoutSlash(fileId))) {
      throw new UnexpectedMember(`file_id must be ${JSON.stringify(fileId)} (received ${JSON.stringify(stored)})`)
    }
  }
}

/**
 * Rejects an uploaded file that was stored in another directory. An id with another name is accepted: it can be opaque, or
 * that of an example, with which a static mock server responds to every upload.
 */
export function isStoredAt(location: string): Check {
  const hasName = isNamed(location)
  return (value, name) => {
    hasName(value, name)
    const stored = locationIn(value)
    if (stored !== undefined && stored !== location && fileNameIn(stored) === fileNameIn(location)) {
      throw new UnexpectedMember(
        `file_id must be ${JSON.stringify(location)} (received ${JSON.stringify(stored)}). The file was stored there`,
      )
    }
  }
}

function fileNameIn(location: string): string {
  return location.slice(location.lastIndexOf('/') + 1)
}

function locationIn(file: unknown): string | undefined {
  return isRecord(file) && typeof file.file_id === 'string' ? withoutSlash(file.file_id) : undefined
}

function withoutSlash(id: string): string {
  return id.startsWith('/') ? id.slice(1) : id
}

function isSpelledAs(one: string, other: string): boolean {
  return plainSpelling(one) === plainSpelling(other)
}

function plainSpelling(location: string): string {
  const decoded = location.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
  return decoded.replaceAll('\\', '').normalize('NFC')
}

/** A page of a list, whose items stand in `member`. */
/* @__NO_SIDE_EFFECTS__ */
export function isPage(member: string, item: Check, next: NextCursor): Check {
  const hasItems = object({ [member]: arrayOf(item) })
  return (value, name) => {
    hasItems(value, name)
    if (isRecord(value)) next(value)
  }
}
