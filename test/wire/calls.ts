import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { AbejaClient, Paged, UploadBody } from '../../src/index.ts'
import { uploadBucketFilesResult, uploadDirectory } from '../../src/node.ts'
import type { WireArgs, WireFile, WireOp } from './cases.ts'

type Calls = { readonly [Op in WireOp]: (abeja: AbejaClient, args: WireArgs[Op]) => Promise<unknown> }

/** The call of the client for each method of the Python SDK. */
export const calls: Calls = {
  create_channel: (abeja, { organization_id: organizationId, ...params }) =>
    abeja.channels.create(params, { organizationId }),
  list_channels: (abeja, { organization_id: organizationId, filter_archived, ...params }) => {
    // The documents' boolean is inverted: true excludes archived ones.
    const word = filter_archived ? 'exclude_archived' : 'include_archived'
    const filter = filter_archived === undefined ? {} : ({ filter_archived: word } as const)
    return firstPage(abeja.channels.list({ ...params, ...filter }, { organizationId }))
  },
  get_channel: (abeja, { organization_id: organizationId, channel_id }) =>
    abeja.channels.get(channel_id, { organizationId }),
  patch_channel: (abeja, { organization_id: organizationId, channel_id, ...params }) =>
    abeja.channels.update(channel_id, params, { organizationId }),
  archive_channel: (abeja, { organization_id: organizationId, channel_id }) =>
    abeja.channels.archive(channel_id, { organizationId }),
  unarchive_channel: (abeja, { organization_id: organizationId, channel_id }) =>
    abeja.channels.unarchive(channel_id, { organizationId }),
  put_channel_datasource: (abeja, { organization_id: organizationId, channel_id, datasource_id }) =>
    abeja.channels.datasources.connect(channel_id, datasource_id, { organizationId }),
  list_channel_datasources: (abeja, { organization_id: organizationId, channel_id }) =>
    firstPage(abeja.channels.datasources.list(channel_id, { organizationId })),
  delete_channel_datasource: (abeja, { organization_id: organizationId, channel_id, datasource_id }) =>
    abeja.channels.datasources.disconnect(channel_id, datasource_id, { organizationId }),
  get_channel_file_upload: (abeja, { channel_id, ...params }) => abeja.channels.files.requestUpload(channel_id, params),
  post_channel_file_upload: async (abeja, { channel_id, file_obj, metadata, ...params }) =>
    abeja.channels.files.upload(channel_id, await bodyOf(file_obj), { ...params, metadata: metadata ?? undefined }),
  list_channel_files: (abeja, { channel_id, query, ...params }) =>
    firstPage(abeja.channels.files.list(channel_id, { ...params, ...(query !== undefined && { q: query }) })),
  get_channel_file_download: (abeja, { channel_id, file_id }) => abeja.channels.files.get(channel_id, file_id),
  put_channel_file_metadata: (abeja, { channel_id, file_id, metadata }) =>
    abeja.channels.files.updateMetadata(channel_id, file_id, metadata ?? {}),
  put_channel_file_lifetime: (abeja, { channel_id, file_id, lifetime }) =>
    abeja.channels.files.updateLifetime(channel_id, file_id, lifetime),
  delete_channel_file: (abeja, { channel_id, file_id }) => abeja.channels.files.delete(channel_id, file_id),
  create_bucket: (abeja, { organization_id: organizationId, ...params }) =>
    abeja.buckets.create(params, { organizationId }),
  list_buckets: (abeja, { organization_id: organizationId, ...params }) =>
    firstPage(abeja.buckets.list(params, { organizationId })),
  get_bucket: (abeja, { organization_id: organizationId, bucket_id }) =>
    abeja.buckets.get(bucket_id, { organizationId }),
  patch_bucket: (abeja, { organization_id: organizationId, bucket_id, ...params }) =>
    abeja.buckets.update(bucket_id, params, { organizationId }),
  archive_bucket: (abeja, { organization_id: organizationId, bucket_id }) =>
    abeja.buckets.archive(bucket_id, { organizationId }),
  unarchive_bucket: (abeja, { organization_id: organizationId, bucket_id }) =>
    abeja.buckets.unarchive(bucket_id, { organizationId }),
  upload_bucket_file: async (abeja, { organization_id: organizationId, bucket_id, file_location, ...upload }) => {
    const { file_obj, metadata, ...params } = upload
    const described = { ...params, metadata: metadata ?? undefined }
    return abeja.buckets.files.upload(bucket_id, file_location, await bodyOf(file_obj), described, { organizationId })
  },
  upload_bucket_files: async (abeja, { organization_id: organizationId, bucket_id, target_dir, lifetime }) => {
    const folder = folderOnDisk(target_dir.$dir.map(([path, b64]) => [path, bytes(b64)]))
    // One at a time, so that the order of requests is defined.
    const options = { lifetime, organizationId, concurrency: 1 }
    const report = await uploadDirectory(abeja.buckets.files.in(bucket_id), folder + (target_dir.suffix ?? ''), options)
    return uploadBucketFilesResult(report)
  },
  list_bucket_files: (abeja, { organization_id: organizationId, bucket_id, query, ...params }) => {
    const given = { ...params, ...(query !== undefined && { q: query }) }
    return firstPage(abeja.buckets.files.list(bucket_id, given, { organizationId }))
  },
  get_bucket_file: (abeja, { organization_id: organizationId, bucket_id, file_id }) =>
    abeja.buckets.files.get(bucket_id, file_id, { organizationId }),
  create_trigger: (abeja, { organization_id: organizationId, deployment_id, model_id, ...params }) => {
    const models = model_id === undefined ? {} : { models: { alias: model_id } }
    return abeja.triggers.create(deployment_id, { ...params, ...models }, { organizationId })
  },
  get_trigger: (abeja, { organization_id: organizationId, deployment_id, trigger_id }) =>
    abeja.triggers.get(deployment_id, trigger_id, { organizationId }),
  get_triggers: (abeja, { organization_id: organizationId, deployment_id }) =>
    firstPage(abeja.triggers.list(deployment_id, { organizationId })),
  delete_trigger: (abeja, { organization_id: organizationId, deployment_id, trigger_id }) =>
    abeja.triggers.delete(deployment_id, trigger_id, { organizationId }),
  get_trigger_runs: (abeja, { organization_id: organizationId, deployment_id, trigger_id, ...params }) =>
    firstPage(abeja.triggers.runs.list(deployment_id, trigger_id, params, { organizationId })),
}

/** Reads one page, as a method of the SDK does; the client's lists continue with the next. */
async function firstPage<Item>(list: Paged<Item>): Promise<readonly Item[]> {
  for await (const { items } of list.byPage()) return items
  throw new Error('a list has at least one page')
}

/** The JavaScript counterpart of Python's bytes, files, streams and generators. */
async function bodyOf(file: WireFile): Promise<UploadBody> {
  if ('$bytes_b64' in file) return bytes(file.$bytes_b64)
  if ('$file' in file) return createReadStream(join(folderOnDisk([[file.$file, bytes(file.b64)]]), file.$file))
  if ('$iter_b64' in file) return iterable(file.$iter_b64.map(bytes))
  const content = bytes(file.$stream_b64)
  const { position = 0 } = file
  return position === 0 ? streamOf([content]) : readAhead([content.subarray(0, position), content.subarray(position)])
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

async function* iterable(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

/** A stream whose first chunk has already been read. */
async function readAhead(chunks: readonly Uint8Array[]): Promise<ReadableStream<Uint8Array>> {
  const stream = streamOf(chunks)
  const reader = stream.getReader()
  await reader.read()
  reader.releaseLock()
  return stream
}

/** A directory that is removed when the running test ends. */
function folderOnDisk(files: readonly (readonly [path: string, content: Uint8Array])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'wire-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}
