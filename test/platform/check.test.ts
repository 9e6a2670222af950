import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Contract } from '../../src/contract/contract.ts'
import { type Mock, startMock } from '../../src/mock.ts'
import { type CheckPlatformOptions, checkPlatform } from '../../src/node.ts'
import { abejaAt, CREDENTIAL, ORGANIZATION } from '../helpers/abeja.ts'
import { type RecordedRequest, type RecordingServer, recordingServer } from '../helpers/recording-server.ts'
import { directoryWith } from '../node/directory.ts'

const EXTRAS = { deploymentId: '1111111111111', modelVersionId: 'ver-1111111111111111', datasourceId: '1442132811920' }
const RUNS = 180_000

async function mockOfTest(): Promise<Mock> {
  const mock = await startMock({ port: 0 })
  onTestFinished(() => mock.stop())
  return mock
}

function connection(baseUrl: string): CheckPlatformOptions {
  return { baseUrl, organizationId: ORGANIZATION, credential: CREDENTIAL }
}

/** A response on its way through the proxy. */
interface Passing {
  readonly request: RecordedRequest
  /** The URL of another file. */
  readonly otherBytes: string
  status: number
  type: string
  /** The parsed JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a proxy changes whatever it likes.
  json: any
  /** In place of the JSON. */
  text?: string
}

/** One change of the responses of an operation, and the difference that it makes. */
interface Change {
  readonly method: string
  readonly path: RegExp
  readonly change: (passing: Passing) => void
  readonly reported: { readonly operationId: string; readonly kind: string; readonly location: string }
}

const CHANNEL = /^\/organizations\/\d+\/channels\/\d+$/
const BUCKET = /^\/organizations\/\d+\/buckets\/\d+$/
const BUCKET_FILES = /\/buckets\/\d+\/files$/
const CHANNEL_FILE = /^\/channels\/\d+\/[^/]+$/
const CHECKED_NAME = '%E6%97%A5%E6%9C%AC/a%20b.txt'

const changes: readonly Change[] = [
  {
    ...{ method: 'GET', path: CHANNEL },
    change: ({ json }) => delete json.channel.channel_id,
    reported: { operationId: 'getChannel', kind: 'missing', location: 'response.body.channel.channel_id' },
  },
  {
    ...{ method: 'GET', path: BUCKET },
    change: ({ json }) => Object.assign(json.bucket, { color: 'red' }),
    reported: { operationId: 'getBucket', kind: 'undeclared', location: 'response.body.bucket.color' },
  },
  {
    ...{ method: 'PATCH', path: CHANNEL },
    change: ({ json }) => Object.assign(json.channel, { archived: 'True' }),
    reported: { operationId: 'patchChannel', kind: 'type', location: 'response.body.channel.archived' },
  },
  {
    ...{ method: 'PATCH', path: BUCKET },
    change: ({ json }) => Object.assign(json.bucket, { updated_at: 'yesterday' }),
    reported: { operationId: 'patchBucket', kind: 'format', location: 'response.body.bucket.updated_at' },
  },
  {
    ...{ method: 'GET', path: /\/triggers$/ },
    change: ({ json }) => Object.assign(json.entries[0], { retry_count: -1 }),
    reported: { operationId: 'getTriggers', kind: 'value', location: 'response.body.entries[].retry_count' },
  },
  {
    ...{ method: 'POST', path: /\/channels$/ },
    change: (passing) => Object.assign(passing, { status: 201 }),
    reported: { operationId: 'createChannel', kind: 'status', location: 'response.status' },
  },
  {
    ...{ method: 'POST', path: /\/buckets\/\d+\/archive$/ },
    change: (passing) => Object.assign(passing, { status: 202 }),
    reported: { operationId: 'archiveBucket', kind: 'status', location: 'response.status' },
  },
  {
    ...{ method: 'GET', path: /\/triggers\/[^/]+$/ },
    change: (passing) => Object.assign(passing, { type: 'text/html' }),
    reported: { operationId: 'getTrigger', kind: 'content-type', location: 'response.headers.content-type' },
  },
  {
    ...{ method: 'DELETE', path: /\/triggers\/[^/]+$/ },
    change: (passing) => Object.assign(passing, { text: 'ok' }),
    reported: { operationId: 'deleteTrigger', kind: 'body', location: 'response.body' },
  },
  {
    ...{ method: 'PUT', path: /\/lifetime$/ },
    change: (passing) => Object.assign(passing, { text: '' }),
    reported: { operationId: 'putChannelFileLifetime', kind: 'missing', location: 'response.body' },
  },
  {
    ...{ method: 'GET', path: /^\/organizations\/\d+\/channels$/ },
    change: (passing) => {
      if (passing.status === 401) passing.json = []
    },
    reported: { operationId: 'listChannels', kind: 'type', location: 'response.body' },
  },
  {
    ...{ method: 'GET', path: BUCKET_FILES },
    change: ({ json }) => delete json.last_file_id,
    reported: { operationId: 'listBucketFiles', kind: 'behavior', location: 'cursor of a bucket list' },
  },
  {
    ...{ method: 'GET', path: /^\/organizations\/\d+\/buckets$/ },
    change: ({ json }) => Object.assign(json, { has_next: true }),
    reported: { operationId: 'listBuckets', kind: 'behavior', location: 'end of the list' },
  },
  {
    ...{ method: 'GET', path: /^\/channels\/\d+$/ },
    change: ({ request, json }) => {
      if (request.query?.includes('next_page_token')) json.files.shift()
    },
    reported: { operationId: 'listChannelFiles', kind: 'behavior', location: 'files of all pages' },
  },
  {
    ...{ method: 'GET', path: /\/runs$/ },
    change: (passing) => {
      if (passing.request.query?.includes('scan_forward')) return
      Object.assign(passing, { status: 200, json: { entries: [], next_page_token: 'again' } })
    },
    reported: { operationId: 'getTriggerRuns', kind: 'behavior', location: 'response' },
  },
  {
    ...{ method: 'GET', path: /\/runs$/ },
    change: (passing) => {
      if (!passing.request.query?.includes('scan_forward=True')) return
      Object.assign(passing, { status: 400, json: { error: 'bad_request', error_description: 'no' } })
    },
    reported: { operationId: 'getTriggerRuns', kind: 'behavior', location: 'scan_forward=True' },
  },
  {
    ...{ method: 'GET', path: CHANNEL_FILE },
    change: ({ json }) => {
      const { metadata = {} } = json
      if (metadata['x-abeja-meta-filename'] === CHECKED_NAME) metadata['x-abeja-meta-label'] = 'check'
    },
    reported: { operationId: 'putChannelFileMetadata', kind: 'behavior', location: 'PUT metadata without a key' },
  },
  {
    ...{ method: 'GET', path: CHANNEL_FILE },
    change: ({ json }) => {
      const { metadata = {} } = json
      if (metadata['x-abeja-meta-filename'] !== CHECKED_NAME) return
      metadata['x-abeja-meta-filename'] = encodeURIComponent(CHECKED_NAME)
    },
    reported: {
      ...{ operationId: 'getChannelFileDownload', kind: 'behavior' },
      location: 'metadata with spaces, slashes and Japanese',
    },
  },
  {
    ...{ method: 'GET', path: CHANNEL_FILE },
    change: (passing) => {
      if (passing.status === 404) passing.status = 403
    },
    reported: { operationId: 'getChannelFileDownload', kind: 'behavior', location: 'a deleted file' },
  },
  {
    ...{ method: 'POST', path: /^\/channels\/\d+\/upload$/ },
    change: (passing) => {
      if (passing.status !== 409) return
      const json = { file_id: 'f', content_type: 'text/plain', metadata: {}, uploaded_at: null }
      Object.assign(passing, { status: 200, json })
    },
    reported: {
      ...{ operationId: 'postChannelFileUpload', kind: 'behavior' },
      location: 'conflict_target of an existing file',
    },
  },
  {
    ...{ method: 'GET', path: /\/buckets\/\d+\/files\/.+$/ },
    change: ({ json, otherBytes }) => Object.assign(json, { download_uri: otherBytes, download_url: otherBytes }),
    reported: { operationId: 'getBucketFile', kind: 'behavior', location: 'response' },
  },
]

/** Passes requests on to a mock server, and changes the responses. */
async function changingProxy(mock: Mock): Promise<RecordingServer> {
  const otherBytes = await recordingServer(() => ({ body: 'other bytes' }))
  return recordingServer(async (request) => {
    const { method, path, query, headers, body } = request
    const isEmpty = method === 'GET' || body.length === 0
    const passed = headers.filter(([name]) => !/^(host|connection|content-length|transfer-encoding)$/i.test(name))
    const response = await fetch(`${mock.url}${path}${query === null ? '' : `?${query}`}`, {
      ...{ method, headers: passed.map(([name, value]): [string, string] => [name, value]) },
      ...(isEmpty ? {} : { body }),
    })
    const text = await response.text()
    const passing: Passing = {
      ...{ request, status: response.status, type: response.headers.get('content-type') ?? '' },
      ...{ json: text === '' ? undefined : JSON.parse(text), otherBytes: `${otherBytes.url}/object` },
    }
    for (const one of changes) if (one.method === method && one.path.test(path)) one.change(passing)
    return {
      ...{ status: passing.status, headers: { 'content-type': passing.type } },
      body: passing.text ?? JSON.stringify(passing.json),
    }
  })
}

test('finds no difference in the mock server, and tries every operation', { timeout: RUNS }, async () => {
  const mock = await mockOfTest()
  const report = await checkPlatform({ ...connection(mock.url), ...EXTRAS })
  expect(report).toMatchObject({ version: 1, readOnly: false, differs: [], notTried: [] })
  expect(report.agrees).toHaveLength(30)
  expect(report.leftBehind).toMatchObject([
    { kind: 'channel', archived: true },
    { kind: 'bucket', archived: true },
  ])
  const abeja = abejaAt(mock.url)
  const scratch = (await abeja.channels.list().toArray()).filter(({ name }) =>
    name?.startsWith('abeja-platform-client'),
  )
  expect(scratch).toEqual([])
})

test('reports each of twenty changes of a proxy, and nothing else', { timeout: RUNS }, async () => {
  const proxy = await changingProxy(await mockOfTest())
  const { differs } = await checkPlatform({ ...connection(proxy.url), ...EXTRAS })
  const key = ({ operationId, kind, location }: { operationId?: string | undefined; kind: string; location: string }) =>
    `${operationId} ${kind} ${location}`
  expect(differs.map(key).sort()).toEqual(changes.map(({ reported }) => key(reported)).sort())
  expect(changes.length).toBeGreaterThanOrEqual(20)
})

test('changes nothing when readOnly is set', { timeout: RUNS }, async () => {
  const proxy = await changingProxy(await mockOfTest())
  const report = await checkPlatform({ ...connection(proxy.url), readOnly: true })
  expect(proxy.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  expect(report.leftBehind).toEqual([])
  expect(report.notTried.map(({ operationId }) => operationId)).toContain('createChannel')
})

test('says why an operation could not be tried', { timeout: RUNS }, async () => {
  const server = await recordingServer(() => ({ status: 403, json: { error: 'forbidden', error_description: 'no' } }))
  const { agrees, notTried } = await checkPlatform(connection(server.url))
  expect(agrees).toEqual([])
  expect(notTried).toContainEqual({ operationId: 'createBucket', reason: 'the credential is not permitted (403)' })
  expect(notTried).toContainEqual({ operationId: 'getTriggers', reason: 'needs deploymentId' })
})

test('records what it saw without secrets, names and contents, so that it can be replayed', {
  timeout: RUNS,
}, async () => {
  const mock = await mockOfTest()
  const record = join(await directoryWith(), 'recording.json')
  const { leftBehind } = await checkPlatform({ ...connection(mock.url), ...EXTRAS, record })
  const text = await readFile(record, 'utf8')
  const secrets = [CREDENTIAL.personalAccessToken, CREDENTIAL.userId, ORGANIZATION, EXTRAS.datasourceId, 'signature=']
  for (const secret of [...secrets, ...leftBehind.map(({ id }) => id), '日本', '%E6%97', 'a.txt', mock.url]) {
    expect(text).not.toContain(secret)
  }
  const recorded: readonly Recorded[] = JSON.parse(text)
  expect(recorded.length).toBeGreaterThan(50)

  const contract = await Contract.load()
  for (const { operationId, method, path, status, contentType, responseBody } of recorded) {
    expect(contract.route(method, path)?.operation.id).toBe(operationId)
    const body = JSON.stringify(responseBody)
    if (status < 400) expect(contract.checkResponse(operationId, { status, contentType, body })).toEqual([])
  }
  const replay = await recordingServer(({ method, path }) => {
    const found = recorded.find((one) => one.method === method && one.path === path)
    return found ? { status: found.status, json: found.responseBody } : { status: 599 }
  })
  const made = recorded.find(({ operationId, path }) => operationId === 'getChannel' && path.includes('redacted'))
  const [, organizationId = '', , id = ''] = made?.path.split('/').slice(1) ?? []
  const channel = await abejaAt(replay.url, { organizationId }).channels.get(id)
  expect(channel.channel_id).toBe(id)
})

interface Recorded {
  readonly operationId: Parameters<Contract['checkResponse']>[0]
  readonly method: string
  readonly path: string
  readonly status: number
  readonly contentType: string | undefined
  readonly responseBody: unknown
}
