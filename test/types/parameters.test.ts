import { expect, test } from 'vitest'
import type { AbejaClient, ClientOptions, RequestOptions } from '../../src/index.ts'

const trigger = { version_id: 'ver-1', input_service_name: 'datalake', input_service_id: '1' } as const

// Compiled and never called: a line that should not compile and does fails the type check.
const refused = [
  // @ts-expect-error the parameter is called storage_type
  (abeja: AbejaClient) => abeja.channels.create({ name: 'n', description: '', storageType: 'file' }),
  // @ts-expect-error the description is required
  (abeja: AbejaClient) => abeja.channels.create({ name: 'n', storage_type: 'file' }),
  // @ts-expect-error a storage type must be datalake or file
  (abeja: AbejaClient) => abeja.channels.create({ name: 'n', description: '', storage_type: 'tape' }),
  // @ts-expect-error not a property of a channel
  (abeja: AbejaClient) => abeja.channels.update('1', { colour: 'red' }),
  // @ts-expect-error the storage type of a channel cannot change
  (abeja: AbejaClient) => abeja.channels.update('1', { storage_type: 'file' }),
  // @ts-expect-error the filter is a string, not a boolean
  (abeja: AbejaClient) => abeja.channels.list({ filter_archived: true }),
  // @ts-expect-error a limit is a number
  (abeja: AbejaClient) => abeja.channels.list({ limit: '10' }),
  // @ts-expect-error an id is a string
  (abeja: AbejaClient) => abeja.channels.get(1230000000000),
  // @ts-expect-error the id is required
  (abeja: AbejaClient) => abeja.channels.get(),
  // @ts-expect-error the organization is an option, not an argument
  (abeja: AbejaClient) => abeja.channels.get('1234567890123', '1230000000000'),
  // @ts-expect-error the datasource is required
  (abeja: AbejaClient) => abeja.channels.datasources.connect('1'),
  // @ts-expect-error the content type is required, because there is no body to derive it from
  (abeja: AbejaClient) => abeja.channels.files.requestUpload('1', {}),
  // @ts-expect-error the parameter is called content_type
  (abeja: AbejaClient) => abeja.channels.files.upload('1', 'x', { contentType: 'text/plain' }),
  // @ts-expect-error a lifetime must be one of five values
  (abeja: AbejaClient) => abeja.channels.files.upload('1', 'x', { lifetime: '2weeks' }),
  // @ts-expect-error a number cannot be uploaded
  (abeja: AbejaClient) => abeja.channels.files.upload('1', 1),
  // @ts-expect-error on the wire the query is called q
  (abeja: AbejaClient) => abeja.channels.files.list('1', { query: 'x' }),
  // @ts-expect-error several sort keys must be an array
  (abeja: AbejaClient) => abeja.channels.files.list('1', { sort: 'uploaded_at' }),
  // @ts-expect-error a value of metadata is a string
  (abeja: AbejaClient) => abeja.channels.files.updateMetadata('1', 'f', { size: 4 }),
  // @ts-expect-error a lifetime must be one of five values
  (abeja: AbejaClient) => abeja.channels.files.updateLifetime('1', 'f', 'forever'),
  // @ts-expect-error a bucket has no storage type
  (abeja: AbejaClient) => abeja.buckets.create({ name: 'n', description: '', storage_type: 'file' }),
  // @ts-expect-error a bucket file needs a location
  (abeja: AbejaClient) => abeja.buckets.files.upload('1', new Uint8Array()),
  // @ts-expect-error bucket files have no conflict_target
  (abeja: AbejaClient) => abeja.buckets.files.upload('1', 'a', 'x', { conflict_target: 'filename' }),
  // @ts-expect-error the version is required
  (abeja: AbejaClient) => abeja.triggers.create('1', { input_service_name: 'datalake', input_service_id: '1' }),
  // @ts-expect-error on the wire the model is called models.alias
  (abeja: AbejaClient) => abeja.triggers.create('1', { ...trigger, model_id: '1' }),
  // @ts-expect-error the list of triggers has no parameters
  (abeja: AbejaClient) => abeja.triggers.list('1', { limit: 1 }),
  // @ts-expect-error scan_forward is a boolean
  (abeja: AbejaClient) => abeja.triggers.runs.list('1', 't', { scan_forward: 'true' }),
  // @ts-expect-error calls of abeja.api check path parameters too
  (abeja: AbejaClient) => abeja.api.GET('/channels/{channel_id}', { params: { path: { channelId: '1' } } }),
  // @ts-expect-error calls of abeja.api check paths
  (abeja: AbejaClient) => abeja.api.GET('/streams'),
]

const refusedOptions = [
  // @ts-expect-error a user needs a token
  (): ClientOptions => ({ credential: { userId: '1' } }),
  // @ts-expect-error a datasource needs a secret
  (): ClientOptions => ({ credential: { datasourceId: '1' } }),
  // @ts-expect-error names of options are in camelCase
  (): ClientOptions => ({ organization_id: '1' }),
  // @ts-expect-error times are numbers of milliseconds
  (): ClientOptions => ({ timeout: '30s' }),
  // @ts-expect-error there are three modes
  (): RequestOptions => ({ retry: 'sometimes' }),
  // @ts-expect-error the credential belongs to the client
  (): RequestOptions => ({ credential: null }),
]

test('the parameters above fail to compile', () => {
  expect(refused.length + refusedOptions.length).toBeGreaterThan(30)
})
