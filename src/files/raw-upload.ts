import { requireHeaderValue } from '../http/headers.ts'
import { type Metadata, mergeMetadata, metadataHeaders, metadataValue } from '../metadata/metadata-codec.ts'
import { contentTypeOf } from './content-type.ts'
import type { Upload } from './tracked-upload.ts'
import { type OpenedContent, openContent, readOnce, type UploadBody } from './upload-body.ts'

/** What goes with a file when it is uploaded. */
export interface FileDescription {
  readonly content_type?: string | undefined
  readonly metadata?: Metadata | undefined
}

/** A file as the body itself, with its type and metadata as headers. */
export function rawUpload(body: UploadBody, file: FileDescription): Upload {
  checkDescription(file)
  return {
    once: readOnce(body),
    open: async () => {
      const opened = await openBody(body)
      const { content, length } = opened
      const headers = { ...fileHeaders(file, opened), 'content-type': await checkedType(file, opened) }
      return { content, length, headers }
    },
  }
}

/** Opens a body once. */
export async function openBody(body: UploadBody): Promise<OpenedContent> {
  return openContent(typeof body === 'function' ? await body() : body)
}

/** Throws for what cannot be sent, before anything is. */
export function checkDescription({ content_type, metadata }: FileDescription): void {
  if (content_type) requireHeaderValue('content_type', content_type)
  metadataHeaders(metadata ?? {})
}

/** The metadata as headers: with the file's own name, unless another is given. */
export function fileHeaders({ metadata }: FileDescription, { name }: OpenedContent): Record<string, string> {
  return metadataHeaders(mergeMetadata(name === undefined ? {} : { filename: name }, metadata ?? {}))
}

/** The content type, safe to stand in a header. */
export async function checkedType({ content_type, metadata }: FileDescription, opened: OpenedContent): Promise<string> {
  const name = metadataValue(metadata ?? {}, 'filename') ?? opened.name
  return requireHeaderValue('content_type', await contentTypeOf(content_type, { ...opened, name }))
}
