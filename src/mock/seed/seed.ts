import type { Schemas } from '../description.ts'
import type { Metadata } from '../metadata.ts'
import type { Organization } from '../store/rows.ts'
import type { FaultScript } from '../workspace/fault-script.ts'

/** A file to begin with. Give one of `text`, `base64` and `path`; with none of them it is empty. */
export interface SeedFile {
  readonly content_type?: string
  /** Keys without their prefix, not encoded. */
  readonly metadata?: Metadata
  readonly lifetime?: Schemas['Lifetime']
  readonly uploaded_at?: string
  readonly text?: string
  readonly base64?: string
  /** A file on disk. */
  readonly path?: string
}

export interface SeedChannelFile extends SeedFile {
  readonly file_id?: string
}

export interface SeedBucketFile extends SeedFile {
  /** Its path in the bucket, such as `reports/2024.csv`. */
  readonly location: string
}

interface SeedResource {
  readonly organization_id?: string
  readonly name?: string
  readonly description?: string
  readonly archived?: boolean
  readonly created_at?: string
  readonly updated_at?: string
}

export interface SeedChannel extends SeedResource {
  readonly channel_id: string
  readonly storage_type?: Schemas['StorageType']
  /** The ids of the datasources that are connected. */
  readonly datasources?: readonly string[]
  readonly files?: readonly SeedChannelFile[]
}

export interface SeedBucket extends SeedResource {
  readonly bucket_id: string
  readonly files?: readonly SeedBucketFile[]
}

interface SeedTriggerProperties {
  readonly input_service_name?: string
  readonly models?: Readonly<Record<string, string>>
  readonly user_env_vars?: Readonly<Record<string, string>>
  readonly runs?: readonly SeedRun[]
}

/** A trigger as responses show it, without the words and values that this server never returns. */
export type SeedTrigger = Pick<Schemas['Trigger'], 'trigger_id' | 'deployment_id' | 'input_service_id'> &
  Partial<Omit<Schemas['Trigger'], keyof SeedTriggerProperties | 'distribution' | 'modified_at'>> &
  SeedTriggerProperties

export interface SeedRun {
  readonly file_id: string
  readonly run_id?: string
  readonly created_at?: string
  /** The final status of the run, such as `FAILED`. By default the status follows from the time. */
  readonly status?: string
}

/** What a mock server begins with, and goes back to with `reset()`. Everything that is left out has a default. */
export interface Seed {
  readonly organizations?: readonly Organization[]
  readonly channels?: readonly SeedChannel[]
  readonly datasources?: readonly (Partial<Schemas['Datasource']> & {
    readonly datasource_id: string
    readonly organization_id?: string
  })[]
  readonly buckets?: readonly SeedBucket[]
  readonly triggers?: readonly SeedTrigger[]
  /** Faults that the first requests meet. */
  readonly faults?: readonly FaultScript[]
}
