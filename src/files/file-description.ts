import { type HeaderRecord, requireHeaderValue } from '../http/headers.ts'
import type { OpenBody } from '../http/request-body.ts'
import { type Metadata, mergeMetadata, metadataHeaders, metadataValue } from '../metadata/metadata-codec.ts'

/** The content type and metadata of an uploaded file. */
export interface FileDescription {
  /** @default that of the body, else that of the file name, else `application/octet-stream` */
  readonly content_type?: string | undefined
  /** The metadata of the file. A body with a name adds `filename`, unless it is given here. */
  readonly metadata?: Metadata | undefined
}

/** Throws `InvalidRequestError` for what a header cannot contain, before anything is sent. */
export function checkDescription({ content_type, metadata }: FileDescription): void {
  if (content_type) requireHeaderValue('content_type', content_type)
  metadataHeaders(metadata ?? {})
}

/** Returns the metadata as headers: with the name of the body, unless another is given. */
export function fileHeaders({ metadata }: FileDescription, { name }: Pick<OpenBody, 'name'>): HeaderRecord {
  return metadataHeaders(mergeMetadata(name === undefined ? {} : { filename: name }, metadata ?? {}))
}

/** Returns the content type of a file, safe to be in a header. */
export async function contentTypeOf(
  { content_type, metadata }: FileDescription,
  { headers, name }: Pick<OpenBody, 'headers' | 'name'>,
): Promise<string> {
  const known = content_type || headers['content-type']
  const fileName = metadataValue(metadata ?? {}, 'filename') ?? name
  return requireHeaderValue('content_type', known || (await contentTypeOfName(fileName ?? '')))
}

const UNKNOWN = 'application/octet-stream'

/** The table of types is loaded when it is first needed: it is larger than the rest of an upload. */
async function contentTypeOfName(name: string): Promise<string> {
  const base = name.slice(name.lastIndexOf('/') + 1)
  if (!base.includes('.')) return UNKNOWN
  try {
    const { lookup } = await import('mrmime')
    return lookup(base) ?? UNKNOWN
  } catch {
    // A service worker cannot import dynamically. An upload must not fail because of its type.
    return UNKNOWN
  }
}
