import type { Schemas } from '../description.ts'
import type { Metadata } from '../metadata.ts'

/** The bytes of a file: where the blob store has them, and what is known of them. */
export interface Content {
  readonly blob: string
  readonly size: number
  readonly md5: string
}

export interface Organization {
  readonly organization_id: string
  readonly organization_name: string
  readonly created_at: string
  readonly updated_at: string
}

interface Resource {
  readonly organization_id: string
  readonly name: string
  readonly description: string
  readonly archived: boolean
  readonly created_at: string
  readonly updated_at: string
}

export interface Channel extends Resource {
  readonly channel_id: string
  readonly storage_type: Schemas['StorageType']
}

export interface Bucket extends Resource {
  readonly bucket_id: string
}

export interface Datasource {
  readonly organization_id: string
  readonly datasource_id: string
  readonly display_name: string
  readonly secret: string
  readonly created_at: string
  readonly updated_at: string
}

export interface Connection {
  readonly channel_id: string
  readonly datasource_id: string
}

/** What files of channels and of buckets have in common. Times are milliseconds. */
export interface StoredFile extends Content {
  readonly content_type: string
  readonly metadata: Metadata
  readonly uploaded_at: number
  readonly lifetime: Schemas['Lifetime'] | null
  readonly expires_at: number | null
}

export interface ChannelFile extends StoredFile {
  readonly channel_id: string
  readonly file_id: string
}

export interface BucketFile extends StoredFile {
  readonly bucket_id: string
  /** The location without a slash in front: `aaa/bbb`. */
  readonly location: string
}

/** A file id that was given out together with a URL to upload to. */
export interface Ticket {
  readonly channel_id: string
  readonly file_id: string
  readonly content_type: string
  readonly metadata: Metadata
  readonly expires_at: number
}

export interface Trigger {
  readonly organization_id: string
  readonly deployment_id: string
  readonly trigger_id: string
  readonly model_version: string
  readonly model_version_id: string
  readonly models: Readonly<Record<string, string>>
  readonly input_service_name: string
  readonly input_service_id: string
  readonly output_service_name: string | null
  readonly output_service_id: string | null
  readonly retry_count: number
  readonly user_env_vars: Readonly<Record<string, string>>
  readonly created_at: number
}

/** When a run began. Its status follows from the time (see `runs.ts`), unless it has a status of its own. */
export interface Run {
  readonly trigger_id: string
  readonly deployment_id: string
  readonly run_id: string
  readonly channel_id: string
  readonly file_id: string
  readonly models: Readonly<Record<string, string>>
  readonly model_version_id: string
  readonly retry_count: number
  readonly user_env_vars: Readonly<Record<string, string>>
  readonly created_at: number
  /** Of a run in a seed. */
  readonly status?: string
  /** Grows by one a run: the order of runs that began in the same millisecond. */
  readonly sequence: number
}
