import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { resourceTime } from '../clock.ts'
import { channelFileId, resourceId, runId } from '../ids.ts'
import { expiryOf } from '../lifetimes.ts'
import type { MockState } from '../mock-state.ts'
import type { Blobs } from '../store/blobs.ts'
import type { StoredFile, Trigger } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Seed, SeedBucket, SeedChannel, SeedFile, SeedTrigger } from './seed.ts'

/** Fills an empty store with a seed. */
export async function loadSeed(seed: Seed, store: Store, place: Pick<MockState, 'blobs' | 'clock'>): Promise<void> {
  const planter = new Planter(seed, store, place)
  for (const channel of seed.channels ?? []) await planter.channel(channel)
  for (const bucket of seed.buckets ?? []) await planter.bucket(bucket)
  planter.rest()
}

class Planter {
  readonly #seed: Seed
  readonly #store: Store
  readonly #blobs: Blobs
  readonly #now: number
  /** Whose everything is that does not say. */
  readonly #organization: string

  constructor(seed: Seed, store: Store, { blobs, clock }: Pick<MockState, 'blobs' | 'clock'>) {
    this.#seed = seed
    this.#store = store
    this.#blobs = blobs
    this.#now = clock()
    this.#organization = seed.organizations?.[0]?.organization_id ?? '1234567890123'
  }

  async channel({ channel_id, storage_type = 'datalake', datasources = [], files = [], ...rest }: SeedChannel) {
    const store = this.#store
    const stored = await Promise.all(files.map(async (file) => ({ file, content: await this.#file(file) })))
    store.transaction(() => {
      store.channels.put({ ...this.#resource(rest), channel_id, storage_type })
      for (const datasource_id of datasources) store.connections.put({ channel_id, datasource_id })
      for (const { file, content } of stored) {
        const file_id = file.file_id ?? channelFileId(content.uploaded_at)
        store.channelFiles.put({ ...content, channel_id, file_id })
      }
    })
  }

  async bucket({ bucket_id, files = [], ...rest }: SeedBucket) {
    const store = this.#store
    const stored = await Promise.all(files.map(async (file) => ({ file, content: await this.#file(file) })))
    store.transaction(() => {
      store.buckets.put({ ...this.#resource(rest), bucket_id })
      for (const { file, content } of stored) {
        store.bucketFiles.put({ ...content, bucket_id, location: file.location })
      }
    })
  }

  /** What takes no bytes. */
  rest() {
    const store = this.#store
    const { organizations = [], datasources = [], triggers = [] } = this.#seed
    const connected = new Set(store.connections.all().map(({ datasource_id }) => datasource_id))
    const unnamed = [...connected].filter((id) => !datasources.some(({ datasource_id }) => datasource_id === id))
    store.transaction(() => {
      for (const organization of organizations) store.organizations.put(organization)
      for (const datasource of [...datasources, ...unnamed.map((datasource_id) => ({ datasource_id }))]) {
        const { archived: _, description: __, name: ___, ...common } = this.#resource({})
        const display_name = `datasource ${datasource.datasource_id}`
        store.datasources.put({
          ...common,
          display_name,
          secret: `secret-of-${datasource.datasource_id}`,
          ...datasource,
        })
      }
      for (const trigger of triggers) this.#trigger(trigger)
    })
  }

  #trigger({ runs = [], created_at, ...given }: SeedTrigger) {
    const store = this.#store
    const trigger: Trigger = {
      organization_id: this.#organization,
      model_version: '0.0.1',
      model_version_id: `ver-${resourceId()}`,
      models: {},
      input_service_name: 'datalake',
      output_service_name: null,
      output_service_id: null,
      retry_count: 5,
      user_env_vars: {},
      ...given,
      created_at: created_at === undefined ? this.#now : Date.parse(created_at),
    }
    store.triggers.put(trigger)
    for (const [sequence, run] of runs.entries()) {
      const { trigger_id, deployment_id, models, model_version_id, retry_count, user_env_vars } = trigger
      store.runs.put({
        ...{ trigger_id, deployment_id, models, model_version_id, retry_count, user_env_vars, sequence },
        run_id: run.run_id ?? runId(),
        channel_id: trigger.input_service_id,
        file_id: run.file_id,
        created_at: run.created_at === undefined ? this.#now : Date.parse(run.created_at),
        ...(run.status !== undefined && { status: run.status }),
      })
    }
  }

  #resource(given: Omit<SeedBucket, 'bucket_id' | 'files'>) {
    const { organization_id = this.#organization, name = 'seeded', description = '', archived = false } = given
    const { created_at = resourceTime(this.#now), updated_at = created_at } = given
    return { organization_id, name, description, archived, created_at, updated_at }
  }

  async #file(file: SeedFile): Promise<StoredFile> {
    const { content_type = 'application/octet-stream', metadata = {}, lifetime = null, uploaded_at } = file
    return {
      ...(await this.#blobs.write(bytesOf(file))),
      content_type,
      metadata,
      uploaded_at: uploaded_at === undefined ? this.#now : Date.parse(uploaded_at),
      lifetime,
      expires_at: expiryOf(lifetime, this.#now),
    }
  }
}

function bytesOf({ text, base64, path }: SeedFile): AsyncIterable<Uint8Array> {
  if (path !== undefined) return createReadStream(path)
  return Readable.from([base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64')])
}
