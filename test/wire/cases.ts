import { readFileSync } from 'node:fs'
import type {
  CreateBucketParams,
  CreateChannelParams,
  CreateTriggerParams,
  Lifetime,
  ListBucketFilesParams,
  ListBucketsParams,
  ListChannelFilesParams,
  ListTriggerRunsParams,
  Metadata,
  UpdateBucketParams,
  UpdateChannelParams,
} from '../../src/index.ts'

/** An upload body in the format of the recordings. */
export type WireFile =
  | { readonly $stream_b64: string; readonly position?: number }
  | { readonly $bytes_b64: string }
  | { readonly $file: string; readonly b64: string }
  | { readonly $iter_b64: readonly string[] }

/** A directory on disk: its files by path, and a suffix of its own path. */
export interface WireFolder {
  readonly $dir: readonly (readonly [path: string, b64: string])[]
  readonly suffix?: string
}

type Organization = { organization_id: string }
type Channel = Organization & { channel_id: string }
type Bucket = Organization & { bucket_id: string }
type Deployment = Organization & { deployment_id: string }
type Trigger = Deployment & { trigger_id: string }
type ChannelFile = { channel_id: string; file_id: string }
type Upload = { file_obj: WireFile; content_type: string; metadata?: Metadata | null; lifetime?: Lifetime }

/** The arguments of each method of the Python SDK that the recordings use. */
export interface WireArgs {
  create_channel: Organization & CreateChannelParams
  list_channels: Organization & { limit?: number; offset?: number; filter_archived?: boolean }
  get_channel: Channel
  patch_channel: Channel & UpdateChannelParams
  archive_channel: Channel
  unarchive_channel: Channel
  put_channel_datasource: Channel & { datasource_id: string }
  list_channel_datasources: Channel
  delete_channel_datasource: Channel & { datasource_id: string }
  get_channel_file_upload: { channel_id: string; content_type: string; metadata?: Metadata }
  post_channel_file_upload: { channel_id: string; conflict_target?: string } & Upload
  list_channel_files: { channel_id: string; query?: string } & Omit<ListChannelFilesParams, 'q'>
  get_channel_file_download: ChannelFile
  put_channel_file_metadata: ChannelFile & { metadata?: Metadata }
  put_channel_file_lifetime: ChannelFile & { lifetime: Lifetime }
  delete_channel_file: ChannelFile
  create_bucket: Organization & CreateBucketParams
  list_buckets: Organization & ListBucketsParams
  get_bucket: Bucket
  patch_bucket: Bucket & UpdateBucketParams
  archive_bucket: Bucket
  unarchive_bucket: Bucket
  upload_bucket_file: Bucket & { file_location: string } & Upload
  upload_bucket_files: Bucket & { target_dir: WireFolder; lifetime?: Lifetime }
  list_bucket_files: Bucket & { query?: string } & Omit<ListBucketFilesParams, 'q'>
  get_bucket_file: Bucket & { file_id: string }
  create_trigger: Deployment & { model_id?: string } & Omit<CreateTriggerParams, 'models'>
  get_trigger: Trigger
  get_triggers: Deployment
  delete_trigger: Trigger
  get_trigger_runs: Trigger & ListTriggerRunsParams
}

export type WireOp = keyof WireArgs

/** A JSON value, typed only where it is read. */
export type Json = Readonly<Record<string, unknown>>

export interface WireBody {
  readonly kind: 'empty' | 'json' | 'bytes' | 'multipart'
  readonly json?: unknown
  readonly sha256: string
  readonly parts?: readonly {
    readonly headers: readonly (readonly [string, string])[]
    readonly content_sha256: string
    readonly json?: unknown
  }[]
}

export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly query: string | null
  readonly headers: readonly (readonly [string, string])[]
  readonly body: WireBody
}

export type WireOutcome =
  | { readonly type: 'return'; readonly value: Json }
  | {
      readonly type: 'raise'
      readonly class: string
      readonly fields: {
        readonly error: string
        readonly error_description: string
        readonly error_detail: unknown
        readonly status_code: number
        readonly url: string | null
      }
    }

/** One recording: the method and its arguments, the requests, the responses, and the result or error. */
export interface WireCase<Op extends WireOp = WireOp> {
  readonly id: string
  readonly op: Op
  readonly args: WireArgs[Op]
  readonly credential: Readonly<Record<string, string>> | null
  readonly env?: Readonly<Record<string, string>>
  readonly responses: readonly {
    readonly status: number
    readonly json?: Json
    readonly body_text?: string
    readonly content_type?: string
    /** Also the response to every further request. */
    readonly repeat?: boolean
  }[]
  readonly requests: readonly WireRequest[]
  readonly outcome: WireOutcome
}

const recorded: { cases: WireCase[] } = JSON.parse(
  readFileSync(new URL('vectors.json', import.meta.url), 'utf8').replaceAll('{{other}}', 'https://storage.example.com'),
)

export const cases = recorded.cases
