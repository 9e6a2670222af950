import { type AbejaClient, InvalidRequestError } from '../../index.ts'
import type { FileStore } from './remote-files.ts'

/** A parsed address. */
export type Address =
  | { readonly kind: 'channel'; readonly id: string; readonly file: string | undefined }
  /** `path` has no leading slash; a trailing slash marks a directory. */
  | { readonly kind: 'bucket'; readonly id: string; readonly path: string }

/**
 * Parses `datalake://<channel>[/<file>]` or `bucket://<bucket>[/<path>]`. Names in it are not percent-encoded.
 * @throws InvalidRequestError for anything else
 */
export function parseAddress(text: string): Address {
  const [, scheme, id, rest] = /^(datalake|bucket):\/\/([^/]+)(?:\/(.*))?$/s.exec(text) ?? []
  if (scheme === undefined || id === undefined) {
    throw new InvalidRequestError(
      `Invalid address ${JSON.stringify(text)}: expected datalake://<channel>[/<file>] or bucket://<bucket>[/<directory>].`,
    )
  }
  if (scheme === 'datalake') return { kind: 'channel', id, file: rest === '' ? undefined : rest }
  return { kind: 'bucket', id, path: rest ?? '' }
}

/** Returns the channel, or the directory of the bucket, at an address. */
export function storeAt(abeja: AbejaClient, address: Address): FileStore {
  return address.kind === 'channel'
    ? abeja.channels.files.in(address.id)
    : abeja.buckets.files.in(address.id, address.path)
}
