import { writeFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { asList, asObject, type JsonObject } from '../../contract/description.ts'
import type { OperationId } from '../description.ts'
import { type Metadata, metadataOfHeaders, metadataOfJson } from '../metadata.ts'
import { contentType, id as isId, location as isLocation, time } from '../seed/checks.ts'
import type { Seed, SeedBucket, SeedChannel, SeedFile, SeedTrigger } from '../seed/seed.ts'

/** The bytes of files that are uploaded through the proxy are recorded up to this size. */
const largestFile = 1024 * 1024

/** The recording is written at most this often, in milliseconds. */
const writePause = 500

type Recorded<Item> = Map<string, Item>

/**
 * Makes a seed of the responses that go through the proxy. Credentials, signed URLs and the secrets of datasources are not
 * in it, and the environment of a trigger has its names only.
 */
export class SeedRecorder {
  readonly #path: string
  readonly #organizations: Recorded<NonNullable<Seed['organizations']>[number]> = new Map()
  readonly #channels: Recorded<Omit<SeedChannel, 'files'>> = new Map()
  readonly #datasources: Recorded<{ datasource_id: string; display_name?: string }> = new Map()
  readonly #connections = new Map<string, Set<string>>()
  readonly #buckets: Recorded<Omit<SeedBucket, 'files'>> = new Map()
  readonly #triggers: Recorded<SeedTrigger> = new Map()
  readonly #channelFiles = new Map<string, Recorded<SeedFile>>()
  readonly #bucketFiles = new Map<string, Recorded<SeedFile>>()
  #timer: NodeJS.Timeout | undefined

  /** `path` is the file that the seed is written to. */
  constructor(path: string) {
    this.#path = path
  }

  /** Something to note the bytes of an upload with. */
  uploadOf(headers: IncomingHttpHeaders): RecordedUpload {
    return new RecordedUpload(headers)
  }

  /** Takes what the successful response to an operation says. */
  see(
    operation: OperationId | undefined,
    parameters: Readonly<Record<string, string>>,
    json: unknown,
    upload?: RecordedUpload,
  ): void {
    if (operation === undefined) return
    const body = asObject(json)
    const { organization_id, channel_id = '', bucket_id = '' } = parameters
    const organization = textOf(body.organization_id) ?? organization_id
    this.#seeOrganization(body)
    for (const channel of [body.channel, ...asList(body.channels)]) this.#seeChannel(asObject(channel), organization)
    for (const bucket of [body.bucket, ...asList(body.buckets)]) this.#seeBucket(asObject(bucket), organization)
    for (const each of [body.datasource, ...asList(body.datasources)]) this.#seeDatasource(asObject(each), channel_id)
    if (operation === 'deleteChannelDatasource') {
      this.#connections.get(channel_id)?.delete(parameters.datasource_id ?? '')
    }
    if (operation === 'deleteChannelFile') this.#channelFiles.get(channel_id)?.delete(parameters.file_id ?? '')
    else if (operation === 'deleteTrigger') this.#triggers.delete(parameters.trigger_id ?? '')
    else if (operation === 'getTriggerRuns') this.#seeRuns(parameters.trigger_id ?? '', asList(body.entries))
    else if (operation.startsWith('get') && 'trigger_id' in body) this.#seeTrigger(body)
    else if (operation === 'getTriggers') for (const each of asList(body.entries)) this.#seeTrigger(asObject(each))
    else if (bucket_id !== '') this.#seeFiles(this.#bucketFiles, bucket_id, body, upload)
    else if (channel_id !== '') this.#seeFiles(this.#channelFiles, channel_id, body, upload)
    this.#timer ??= setTimeout(() => this.write(), writePause).unref()
  }

  /** Writes what has been seen so far. */
  write(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    writeFileSync(this.#path, `${JSON.stringify(this.seed(), null, 2)}\n`, { mode: 0o600 })
  }

  /** What has been seen so far. */
  seed(): Seed {
    const filesOf = (files: Map<string, Recorded<SeedFile>>, container: string) => [...(files.get(container) ?? [])]
    // A file can be seen before its container is.
    const channels = new Set([...this.#channels.keys(), ...this.#channelFiles.keys(), ...this.#connections.keys()])
    const buckets = new Set([...this.#buckets.keys(), ...this.#bucketFiles.keys()])
    return {
      organizations: [...this.#organizations.values()],
      channels: [...channels].map((channel_id) => ({
        channel_id,
        ...this.#channels.get(channel_id),
        datasources: [...(this.#connections.get(channel_id) ?? [])],
        files: filesOf(this.#channelFiles, channel_id).map(([file_id, file]) => ({ file_id, ...file })),
      })),
      datasources: [...this.#datasources.values()],
      buckets: [...buckets].map((bucket_id) => ({
        bucket_id,
        ...this.#buckets.get(bucket_id),
        files: filesOf(this.#bucketFiles, bucket_id).map(([location, file]) => ({ location, ...file })),
      })),
      triggers: [...this.#triggers.values()],
    }
  }

  #seeOrganization({ organization_id, organization_name, created_at, updated_at }: JsonObject): void {
    const [id, name] = [textOf(organization_id), textOf(organization_name)]
    const [created, updated] = [timeOf(created_at), timeOf(updated_at)]
    if (id === undefined || name === undefined || created === undefined || updated === undefined) return
    const organization = { organization_id: id, organization_name: name, created_at: created, updated_at: updated }
    this.#organizations.set(id, organization)
  }

  #seeChannel(channel: JsonObject, organization: string | undefined): void {
    const channel_id = idOf(channel.channel_id)
    if (channel_id === undefined) return
    const { storage_type } = channel
    const resource = { channel_id, ...resourceOf(channel, organization) }
    this.#channels.set(channel_id, storage_type === 'file' ? { ...resource, storage_type } : resource)
  }

  #seeBucket(bucket: JsonObject, organization: string | undefined): void {
    const bucket_id = idOf(bucket.bucket_id)
    if (bucket_id !== undefined) this.#buckets.set(bucket_id, { bucket_id, ...resourceOf(bucket, organization) })
  }

  #seeDatasource(datasource: JsonObject, channelId: string): void {
    const datasource_id = idOf(datasource.datasource_id)
    if (datasource_id === undefined) return
    const display_name = textOf(datasource.display_name)
    this.#datasources.set(datasource_id, { datasource_id, ...(display_name !== undefined && { display_name }) })
    if (channelId === '') return
    this.#connections.set(channelId, (this.#connections.get(channelId) ?? new Set()).add(datasource_id))
  }

  #seeTrigger(trigger: JsonObject): void {
    const [trigger_id, deployment_id] = [idOf(trigger.trigger_id), idOf(trigger.deployment_id)]
    const input_service_id = idOf(trigger.input_service_id)
    if (trigger_id === undefined || deployment_id === undefined || input_service_id === undefined) return
    const texts = ['organization_id', 'model_version', 'model_version_id'] as const
    const { retry_count } = trigger
    this.#triggers.set(trigger_id, {
      ...this.#triggers.get(trigger_id),
      ...{ trigger_id, deployment_id, input_service_id },
      ...textsOf(trigger, texts),
      ...(Number.isInteger(retry_count) && { retry_count: Number(retry_count) }),
      user_env_vars: Object.fromEntries(Object.keys(asObject(trigger.user_env_vars)).map((name) => [name, ''])),
      ...timesOf(trigger, ['created_at']),
    })
  }

  #seeRuns(triggerId: string, entries: readonly unknown[]): void {
    const trigger = this.#triggers.get(triggerId)
    if (!trigger) return
    const runs = entries.map(asObject).flatMap((run) => {
      const run_id = idOf(run.run_id)
      const file_id = idOf(
        textOf(Object.values(asObject(run.input_data))[0])
          ?.split('/')
          .at(-1),
      )
      if (run_id === undefined || file_id === undefined) return []
      return [{ run_id, file_id, ...textsOf(run, ['status']), ...timesOf(run, ['created_at']) }]
    })
    const known = new Map([...(trigger.runs ?? []), ...runs.toReversed()].map((run) => [run.run_id, run]))
    this.#triggers.set(triggerId, { ...trigger, runs: [...known.values()] })
  }

  #seeFiles(
    files: Map<string, Recorded<SeedFile>>,
    container: string,
    body: JsonObject,
    upload: RecordedUpload | undefined,
  ): void {
    const known = files.get(container) ?? new Map<string, SeedFile>()
    for (const entry of [body, ...asList(body.files)].map(asObject)) {
      if (entry.is_file === false) continue
      const name = textOf(entry.file_id)?.replace(/^\/+/, '')
      if (name === undefined || (files === this.#bucketFiles ? isLocation(name) : isId(name)) !== undefined) continue
      known.set(name, { ...known.get(name), ...fileOf(entry), ...upload?.content() })
    }
    if (known.size > 0) files.set(container, known)
  }
}

/** An upload on its way through the proxy. */
export class RecordedUpload {
  readonly #contentType: string | undefined
  readonly #metadata: Metadata
  readonly #chunks: Uint8Array[] = []
  #size = 0

  constructor(headers: IncomingHttpHeaders) {
    this.#contentType = headers['content-type']
    this.#metadata = metadataOfHeaders(headers)
  }

  async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.#size += chunk.byteLength
      if (this.#size <= largestFile) this.#chunks.push(chunk.slice())
      yield chunk
    }
  }

  content(): SeedFile {
    const type = this.#contentType
    return {
      metadata: this.#metadata,
      ...(type !== undefined && contentType(type) === undefined && { content_type: type }),
      ...(this.#size <= largestFile && { base64: Buffer.concat(this.#chunks).toString('base64') }),
    }
  }
}

function resourceOf(resource: JsonObject, organization: string | undefined) {
  return {
    ...(organization !== undefined && { organization_id: organization }),
    ...textsOf(resource, ['name', 'description']),
    ...(typeof resource.archived === 'boolean' && { archived: resource.archived }),
    ...timesOf(resource, ['created_at', 'updated_at']),
  }
}

function fileOf(entry: JsonObject): SeedFile {
  const strings = Object.entries(asObject(entry.metadata)).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && /^x-abeja-meta-./i.test(name) ? [[name, value]] : [],
  )
  const type = textOf(entry.content_type)
  return {
    metadata: metadataOfJson(Object.fromEntries(strings)),
    ...(type !== undefined && contentType(type) === undefined && { content_type: type }),
    ...timesOf(entry, ['uploaded_at']),
  }
}

function textsOf<Name extends string>(object: JsonObject, names: readonly Name[]): Partial<Record<Name, string>> {
  return Object.assign({}, ...names.map((name) => (typeof object[name] === 'string' ? { [name]: object[name] } : {})))
}

function timesOf<Name extends string>(object: JsonObject, names: readonly Name[]): Partial<Record<Name, string>> {
  const times = names.map((name) => ({ [name]: timeOf(object[name]) }))
  return Object.assign({}, ...times.filter((pair) => Object.values(pair)[0] !== undefined))
}

function timeOf(value: unknown): string | undefined {
  return typeof value === 'string' && time(value) === undefined ? value : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && isId(value) === undefined ? value : undefined
}
