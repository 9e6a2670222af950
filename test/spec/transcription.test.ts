import { expect, test } from 'vitest'
import { described } from './description.ts'

// The reference's own words, method by method: what it is called, its "API reference" line, and what it raises. A second
// copy on purpose: it checks the description, and no operation is described that the reference does not have.
const statuses = { BadRequest: 400, Unauthorized: 401, Forbidden: 403, NotFound: 404, Conflict: 409 }
const common = ['Unauthorized', 'NotFound', 'Forbidden'] as const
const checked = ['BadRequest', ...common] as const
const created = ['BadRequest', 'Unauthorized', 'Forbidden'] as const

const organization = '/organizations/<organization_id>'
const channel = `${organization}/channels/<channel_id>`
const bucket = `${organization}/buckets/<bucket_id>`
const trigger = `${organization}/deployments/<deployment_id>/triggers/<trigger_id>`

const reference: Record<string, [string, readonly (keyof typeof statuses)[]]> = {
  archive_bucket: [`POST ${bucket}/archive`, common],
  archive_channel: [`POST ${channel}/archive`, common],
  create_bucket: [`POST ${organization}/buckets`, created],
  create_channel: [`POST ${organization}/channels/`, created],
  delete_channel_datasource: [`DELETE ${channel}/datasources/<datasource_id>`, common],
  delete_channel_file: ['DELETE /channels/<channel_id>/<file_id>', common],
  get_bucket: [`GET ${bucket}`, common],
  get_bucket_file: [`GET ${bucket}/files/<file_id>`, common],
  get_channel: [`GET ${channel}`, common],
  get_channel_file_download: ['GET /channels/<channel_id>/<file_id>', common],
  get_channel_file_upload: ['POST /channels/<channel_id>/', common],
  list_bucket_files: [`GET ${bucket}/files`, common],
  list_buckets: [`GET ${organization}/buckets/`, common],
  list_channel_datasources: [`GET ${channel}/datasources`, common],
  list_channel_files: ['GET /channels/<channel_id>/', common],
  list_channels: [`GET ${organization}/channels/`, common],
  patch_bucket: [`PATCH ${bucket}`, checked],
  patch_channel: [`PATCH ${channel}`, checked],
  post_channel_file_upload: ['POST /channels/<channel_id>/upload', checked],
  put_channel_datasource: [`PUT ${channel}/datasources/<datasource_id>`, [...common, 'Conflict']],
  put_channel_file_lifetime: ['PUT /channels/<channel_id>/<file_id>/lifetime', checked],
  put_channel_file_metadata: ['PUT /channels/<channel_id>/<file_id>/metadata', checked],
  unarchive_bucket: [`POST ${bucket}/unarchive`, common],
  unarchive_channel: [`POST ${channel}/unarchive`, common],
  upload_bucket_file: [`POST ${bucket}/files`, checked],
  upload_bucket_files: [`POST ${bucket}/files`, checked],
  create_trigger: [`POST ${organization}/deployments/<deployment_id>/triggers`, common],
  delete_trigger: [`DELETE ${trigger}`, common],
  get_trigger: [`GET ${trigger}`, common],
  get_trigger_runs: [`GET ${trigger}/runs`, common],
  get_triggers: [`GET ${organization}/deployments/<deployment_id>/triggers/`, common],
}

/** What the description adds to the reference, with its reason. */
const added: Record<string, number[]> = {
  // The reference says what `conflict_target` does, and leaves the status out of the list of errors.
  post_channel_file_upload: [409],
  // The reference names no success status: whatever a caller needs no response from can succeed without a body.
  archive_bucket: [204],
  archive_channel: [204],
  delete_channel_datasource: [204],
  delete_channel_file: [204],
  delete_trigger: [204],
  put_channel_datasource: [204],
  put_channel_file_lifetime: [204],
  put_channel_file_metadata: [204],
  unarchive_bucket: [204],
  unarchive_channel: [204],
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

test('the description has every method of the reference, and no other', () => {
  const names = described.flatMap(({ operation }) => [
    operation['x-documented-method'],
    ...(operation['x-documented-client-method'] === undefined ? [] : [operation['x-documented-client-method']]),
  ])
  expect(names.sort()).toEqual(Object.keys(reference).sort())
})

test.each(Object.entries(reference))('%s is transcribed', (name, [line, raised]) => {
  const found = described.find(({ operation }) =>
    [operation['x-documented-method'], operation['x-documented-client-method']].includes(name),
  )
  const wire = line.replace(/<(\w+)>/g, '{$1}').replace(/\/$/, '')
  expect(`${found?.method} ${found?.path}`).toBe(wire)
  const expected = [200, ...raised.map((error) => statuses[error]), 500, ...(added[name] ?? [])]
  expect(found?.statuses).toEqual(expected.sort((a, b) => a - b))
})

test.each(described)('$id is the documented name in camelCase', ({ id, operation }) => {
  expect(id).toBe(camelCase(operation['x-documented-method']))
})
