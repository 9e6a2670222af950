import { type AbejaClient, InvalidRequestError } from '../../index.ts'
import type { FileStore } from './remote-files.ts'

/** What an address names. */
export type Address =
  | { readonly kind: 'channel'; readonly id: string; readonly file: string | undefined }
  /** `path` is without a slash in front; one at the end says that it is a folder. */
  | { readonly kind: 'bucket'; readonly id: string; readonly path: string }

/**
 * Reads `datalake://<channel>[/<file>]` or `bucket://<bucket>[/<path>]`. Names stand in it as they are, not percent-encoded.
 * @throws InvalidRequestError for anything else
 */
export function parseAddress(text: string): Address {
  const [, scheme, id, rest] = /^(datalake|bucket):\/\/([^/]+)(?:\/(.*))?$/s.exec(text) ?? []
  if (scheme === undefined || id === undefined) {
    throw new InvalidRequestError(
      `${JSON.stringify(text)} is no address: it looks like datalake://<channel>[/<file>] or bucket://<bucket>[/<folder>].`,
    )
  }
  if (scheme === 'datalake') return { kind: 'channel', id, file: rest === '' ? undefined : rest }
  return { kind: 'bucket', id, path: rest ?? '' }
}

/** The channel, or the folder of the bucket, that an address names. */
export function storeAt(abeja: AbejaClient, address: Address): FileStore {
  return address.kind === 'channel'
    ? abeja.channels.files.in(address.id)
    : abeja.buckets.files.in(address.id, address.path)
}
