import { expect, inject, test } from 'vitest'

type Sent = readonly [method: string, path: string, headers?: Record<string, string>, body?: string | FormData]

const AUTHORIZATION = { authorization: 'Bearer a-token' }
const IMAGE = { ...AUTHORIZATION, 'content-type': 'image/jpeg' }
const organization = '/organizations/1'
const channel = { name: 'cats', description: '', storage_type: 'datalake' }
const trigger = { version_id: 'ver-1', input_service_name: 'datalake', input_service_id: '1', environment: null }

function json(method: string, path: string, body?: unknown): Sent {
  const headers = { ...AUTHORIZATION, 'content-type': 'application/json' }
  return body === undefined ? [method, path, headers] : [method, path, headers, JSON.stringify(body)]
}

function get(path: string): Sent {
  return ['GET', path, AUTHORIZATION]
}

function form(parts: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, content] of Object.entries(parts)) data.append(name, content)
  return data
}

// Where an operation documents 400 Prism answers that, else 422.
// biome-ignore format: one line a case
const refusals: readonly (readonly [what: string, status: number, report: RegExp, sent: Sent])[] = [
  ['no credential', 401, /security/, ['GET', `${organization}/channels`]],
  ['a credential of another kind', 401, /security/, ['GET', `${organization}/channels`, { authorization: 'Digest x' }]],
  ['a storage type that is none', 400, /storage_type/, json('POST', `${organization}/channels`, { ...channel, storage_type: 'tape' })],
  ['a new channel without a name', 400, /'name'/, json('POST', `${organization}/channels`, { ...channel, name: undefined })],
  ['a new channel without a description', 400, /'description'/, json('POST', `${organization}/channels`, { ...channel, description: undefined })],
  ['a new channel with an empty name', 400, /fewer than 1/, json('POST', `${organization}/channels`, { ...channel, name: '' })],
  ['a property that a channel has not', 400, /'colour'/, json('POST', `${organization}/channels`, { ...channel, colour: 'red' })],
  ['a body that is missing', 400, /[Bb]ody/, json('POST', `${organization}/channels`)],
  ['a name that is a number', 400, /name/, json('PATCH', `${organization}/channels/1`, { name: 1 })],
  ['a bucket with a storage type', 400, /'storage_type'/, json('POST', `${organization}/buckets`, channel)],
  ['a limit that is no number', 422, /limit/, get(`${organization}/channels?limit=many`)],
  ['an offset below zero', 422, /offset/, get(`${organization}/buckets?offset=-1`)],
  ["the documents' boolean for archived channels", 422, /filter_archived/, get(`${organization}/channels?filter_archived=true`)],
  ['a boolean with a capital letter', 422, /scan_forward/, get(`${organization}/deployments/1/triggers/tri-1/runs?scan_forward=True`)],
  ['a lifetime that is none, of an upload', 400, /lifetime/, ['POST', '/channels/1/upload?lifetime=1century', IMAGE, 'x']],
  ['a lifetime that is none, of a stored file', 400, /lifetime/, json('PUT', '/channels/1/f/lifetime', { lifetime: '2days' })],
  ['a lifetime that is missing', 400, /'lifetime'/, json('PUT', '/channels/1/f/lifetime', {})],
  ['metadata that is no text', 400, /x-abeja-meta-n/, json('PUT', '/channels/1/f/metadata', { 'x-abeja-meta-n': 1 })],
  ['an upload without a body', 400, /[Bb]ody/, ['POST', '/channels/1/upload', IMAGE]],
  ['a bucket upload without its parameters', 400, /'parameters'/, ['POST', `${organization}/buckets/1/files`, AUTHORIZATION, form({ file: 'x' })]],
  ['a trigger without its version', 422, /'version_id'/, json('POST', `${organization}/deployments/1/triggers`, { ...trigger, version_id: undefined })],
  ['a slash at the end that leaves a file id empty', 422, /'file_id'/, ['DELETE', '/channels/1/', AUTHORIZATION]],
  ['a slash at the end of the channel list', 422, /'channel_id'/, get(`${organization}/channels/`)],
  ['a slash at the end of a channel', 404, /no path matched/, get(`${organization}/channels/1/`)],
  ['a method that a path has not', 405, /no method matched/, ['DELETE', `${organization}/channels/1`, AUTHORIZATION]],
  ['a path that stands nowhere', 404, /no path matched/, get(`${organization}/streams`)],
]

test.each(refusals)('Prism refuses %s', async (_, status, report, [method, path, headers = {}, body = null]) => {
  const response = await fetch(`${inject('prismUrl')}${path}`, { method, headers, body })
  expect(response.status).toBe(status)
  expect(response.headers.get('sl-violations') ?? (await response.text())).toMatch(report)
})

// biome-ignore format: one line a case
const right: readonly (readonly [what: string, sent: Sent])[] = [
  ['a new channel', json('POST', `${organization}/channels`, channel)],
  ['a new trigger', json('POST', `${organization}/deployments/1/triggers`, trigger)],
  ['a new trigger without an environment', json('POST', `${organization}/deployments/1/triggers`, { ...trigger, environment: undefined })],
  ['a list of channels', get(`${organization}/channels?limit=0&offset=0&filter_archived=exclude_archived`)],
  ['runs in their order', get(`${organization}/deployments/1/triggers/tri-1/runs?scan_forward=true`)],
  ['an upload into a channel', ['POST', '/channels/1/upload?lifetime=1year', IMAGE, 'x']],
  ['an upload into a bucket', ['POST', `${organization}/buckets/1/files`, AUTHORIZATION, form({ file: 'x', parameters: '{}' })]],
  ['a bucket file in a folder, its slash encoded', get(`${organization}/buckets/1/files/a%2Fb`)],
]

test.each(right)('Prism finds nothing wrong with %s', async (_, [method, path, headers = {}, body = null]) => {
  const response = await fetch(`${inject('prismUrl')}${path}`, { method, headers, body })
  expect([response.status, response.headers.get('sl-violations')]).toEqual([200, null])
})
