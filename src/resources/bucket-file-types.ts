import type { components } from '../../generated/schema.d.ts'
import type { FileDescription } from '../files/file-description.ts'
import type { WithMetadata } from '../metadata/metadata-codec.ts'
import type { KeysOf } from '../validation/known-keys.ts'
import type { Lifetime } from './channel-file-types.ts'
import type { QueryOf } from './operation-types.ts'

type Schemas = components['schemas']
export type BucketFile = WithMetadata<Schemas['BucketFile']>
/** A file or a directory; see `is_file`. A directory has few members. */
export type BucketEntry = WithMetadata<Schemas['BucketEntry']>
export type ListBucketFilesParams = QueryOf<'listBucketFiles'>

/** The parameters of an upload into a bucket. */
export interface UploadBucketFileParams extends FileDescription {
  /** How long the platform keeps the file. Without it, the file is kept. */
  readonly lifetime?: Lifetime | undefined
}

export const UPLOAD_BUCKET_FILE_PARAMS: KeysOf<UploadBucketFileParams> = {
  content_type: true,
  lifetime: true,
  metadata: true,
}
