import type { components } from '../../generated/schema.d.ts'
import type { FileDescription } from '../files/file-description.ts'
import type { OnProgress } from '../files/progress.ts'
import { REQUEST_OPTIONS, type RequestOptions } from '../http/call.ts'
import type { Metadata, WithMetadata } from '../metadata/metadata-codec.ts'
import type { KeysOf } from '../validation/known-keys.ts'
import type { QueryOf } from './operation-types.ts'

type Schemas = components['schemas']
export type Lifetime = Schemas['Lifetime']
export type ChannelFile = WithMetadata<Schemas['ChannelFile']>
export type UploadedFile = WithMetadata<Schemas['UploadedFile']>
export type ChannelFileUploadTicket = WithMetadata<Schemas['ChannelFileUploadTicket']>
export type ChannelFileLifetime = Schemas['ChannelFileLifetime']
export type DeletedChannelFile = Schemas['DeletedChannelFile']

export type ListChannelFilesParams = Omit<QueryOf<'listChannelFiles'>, 'sort'> & {
  /** The properties to sort by. A hyphen in front of one reverses its order. Default: `uploaded_at`, oldest first. */
  sort?: string[] | undefined
}

/** The parameters of an upload into a channel. */
export interface UploadChannelFileParams extends FileDescription {
  /** How long the platform keeps the file. Without it, the file is kept. */
  readonly lifetime?: Lifetime | undefined
  /** A metadata key: the upload ends in `ConflictError` when the channel has a file with the same value of it. */
  readonly conflict_target?: string | undefined
}

export const UPLOAD_CHANNEL_FILE_PARAMS: KeysOf<UploadChannelFileParams> = {
  conflict_target: true,
  content_type: true,
  lifetime: true,
  metadata: true,
}

/** The description of a file that is to be uploaded. */
export interface RequestUploadParams {
  readonly content_type: string
  readonly metadata?: Metadata | undefined
}

/** The options of an upload. */
export interface UploadOptions extends RequestOptions {
  /** Called with the progress of the upload, at most about 20 times a second. */
  onProgress?: OnProgress | undefined
}

export const UPLOAD_OPTIONS: KeysOf<UploadOptions> = { ...REQUEST_OPTIONS, onProgress: true }

/** The changes of `update`. Members that are not given do not change. */
export interface UpdateChannelFileParams {
  /** The whole new metadata. */
  readonly metadata?: Metadata | undefined
  /** How long the file is kept, from now on. */
  readonly lifetime?: Lifetime | undefined
}
