import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Caller, type Json, list, object, text } from '../mock/helpers/caller.ts'
import { ids, organization, useMock } from '../mock/helpers/use-mock.ts'

interface PlatformRequest {
  readonly shows: string
  readonly request: { readonly method: string; readonly path: string; readonly json?: unknown }
  readonly status: number
}

/** Requests that the platform's own programs send, some of which the documents do not allow. */
const requests: PlatformRequest[] = JSON.parse(readFileSync(new URL('requests.json', import.meta.url), 'utf8'))

const runs = Array.from({ length: 60 }, (_, index) => ({ run_id: `run-${index}`, file_id: 'a-file' }))
const organizationSeed = {
  organization_id: ids.organization,
  organization_name: 'abeja-inc',
  created_at: '2018-01-01T00:00:00Z',
  updated_at: '2018-01-01T00:00:00Z',
}
const locations = ['a.txt', 'b/1.txt', 'b/2.txt', 'b/c/3.txt', 'd.txt', 'e/f/g.txt']

const fixture = useMock({
  seed: {
    organizations: [organizationSeed],
    channels: [
      {
        channel_id: ids.channel,
        files: ['one', 'two', 'three'].map((text) => ({ text, metadata: { filename: `${text}.txt` } })),
      },
    ],
    buckets: [{ bucket_id: ids.bucket, files: locations.map((location) => ({ location, text: location })) }],
    triggers: [{ trigger_id: ids.trigger, deployment_id: ids.deployment, input_service_id: ids.channel, runs }],
  },
})
const files = `${organization}/buckets/${ids.bucket}/files`

describe('a request of the platform’s programs', () => {
  test.each(requests)('is served: $shows', async ({ request, status }) => {
    const path = request.path
      .replace('{organization}', ids.organization)
      .replace('{organization-name}', organizationSeed.organization_name)
      .replace('{trigger}', ids.trigger)
      .replace('{token}', request.path.includes('{token}') ? await runsToken() : '')
    const body = request.json === undefined ? {} : { body: JSON.stringify(request.json) }
    const headers = request.json === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fixture.user.call(request.method, path, { headers, ...body })
    expect(answer.status, answer.text).toBe(status)
    expect(answer.headers.has('sl-violations')).toBe(false)
  })

  test('creates a datalake channel where it names no storage type', async () => {
    const { json } = await fixture.user.post(`${organization}/channels`, { name: '', description: 'photos' })
    expect(json.channel).toMatchObject({ name: '', storage_type: 'datalake' })
  })

  test('creates a bucket of nothing, which is shown with an empty name and description', async () => {
    const { json } = await fixture.user.post(`${organization}/buckets`, {})
    expect(json.bucket).toMatchObject({ name: '', description: '' })
  })

  test.each([
    ['a channel without a description', 'POST', `${organization}/channels`, { name: 'a', storage_type: 'datalake' }],
    ['a channel of an unknown storage type', 'POST', `${organization}/channels`, { name: 'a', storage_type: 'tape' }],
    ['an empty name in a change', 'PATCH', `${organization}/channels/${ids.channel}`, { name: '' }],
    ['an unknown property of a bucket', 'POST', `${organization}/buckets`, { colour: 'red' }],
    [
      'a trigger on an unknown service',
      'POST',
      `${organization}/deployments/1/triggers`,
      { version_id: 'ver-1', input_service_name: 'tape', input_service_id: ids.channel },
    ],
    [
      'a trigger on a channel that does not exist',
      'POST',
      `${organization}/deployments/1/triggers`,
      { version_id: 'ver-1', input_service_name: 'datalake', input_service_id: '999' },
    ],
  ])('is rejected like any other where no program sends it: %s', async (_, method, path, json) => {
    const headers = { 'content-type': 'application/json' }
    const { status } = await fixture.user.call(method, path, { body: JSON.stringify(json), headers })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })
})

describe('the organization', () => {
  test('is one, by its id and by its name', async () => {
    const created = await fixture.user.post('/organizations/abeja-inc/channels', { name: 'x', description: '' })
    expect(created.json).toMatchObject({ organization_id: ids.organization, organization_name: 'abeja-inc' })
    const id = text(object(created.json.channel).channel_id)
    expect((await fixture.user.get(`${organization}/channels/${id}`)).status).toBe(200)
    expect((await fixture.user.get(`/organizations/abeja-inc/channels/${id}`)).status).toBe(200)
    expect((await fixture.user.get(`/organizations/abeja-inc/buckets/${ids.bucket}/files/a.txt`)).status).toBe(200)
    expect((await fixture.user.get(`/organizations/abeja-inc/deployments/${ids.deployment}/triggers`)).json).toEqual(
      (await fixture.user.get(`${organization}/deployments/${ids.deployment}/triggers`)).json,
    )
  })

  test('of which nothing was seeded answers to the name that its responses show', async () => {
    const { json } = await fixture.user.post('/organizations/555/buckets', { name: 'x' })
    const name = text(json.organization_name)
    const id = text(object(json.bucket).bucket_id)
    expect((await fixture.user.get(`/organizations/${name}/buckets/${id}`)).json.organization_id).toBe('555')
  })
})

describe('a file', () => {
  test('shows the deprecated download_url beside download_uri', async () => {
    const [channelFile] = list((await fixture.user.get(`/channels/${ids.channel}`)).json.files)
    const bucketFile = (await fixture.user.get(`${files}/a.txt`)).json
    expect(channelFile?.download_url).toBe(channelFile?.download_uri)
    expect(bucketFile.download_url).toBe(bucketFile.download_uri)
    expect((await fixture.nobody.get(text(bucketFile.download_url))).text).toBe('a.txt')
  })

  test('uploaded to a bucket is named without a leading slash, and listed with one', async () => {
    const { json } = await fixture.user.uploadForm(files, 'one.txt', 'x')
    expect(json).toMatchObject({ file_id: 'one.txt', url_expires_on: '2024-02-01T01:00:00+00:00' })
    const listed = list((await fixture.user.get(files)).json.files).map(({ file_id }) => file_id)
    expect(listed).toContain('/one.txt')
  })
})

describe('a directory download of the platform’s command line', () => {
  test.each([1, 2, 3, 4, 100])('ends and gets all files of a bucket with %i items per page', async (size) => {
    const found = await walkBucket(fixture.user, files, size)
    expect(found.map(({ file_id }) => text(file_id).slice(1)).sort()).toEqual(locations)
    for (const file of found) {
      expect(`/${(await fixture.nobody.get(text(file.download_uri))).text}`).toBe(file.file_id)
    }
  })

  test('ends and gets all files of a bucket to which files come meanwhile', async () => {
    await fixture.user.uploadForm(files, 'z/late.txt', 'x')
    expect(await walkBucket(fixture.user, files, 2)).toHaveLength(locations.length + 1)
  })

  test('ends and gets all files of a channel', async () => {
    const found: Json[] = []
    for (let query = 'items_per_page=2'; ; ) {
      const { json } = await fixture.user.get(`/channels/${ids.channel}?${query}`)
      found.push(...list(json.files))
      if (json.next_page_token === null || list(json.files).length === 0) break
      query = `next_page_token=${json.next_page_token}`
    }
    const names = await Promise.all(found.map(async (file) => (await fixture.nobody.get(text(file.download_url))).text))
    expect(names.sort()).toEqual(['one', 'three', 'two'])
  })
})

/**
 * Lists a bucket as the platform's command line does: asks on with `start_after` until a page is empty, then goes into
 * the next folder with `target_dir` and `start_after` set to its id.
 */
async function walkBucket(caller: Caller, path: string, size: number): Promise<Json[]> {
  const found: Json[] = []
  const folders: string[] = []
  const query = new URLSearchParams({ target_dir: '/', items_per_page: String(size) })
  for (let requests = 0; requests < 100; requests += 1) {
    const answer = await caller.get(`${path}?${query}`)
    expect(answer.status, answer.text).toBe(200)
    const entries = list(answer.json.files)
    found.push(...entries.filter(({ is_file }) => is_file === true))
    folders.push(...entries.filter(({ is_file }) => is_file !== true).map(({ file_id }) => text(file_id)))
    const folder = entries.length === 0 ? folders.shift() : undefined
    if (folder !== undefined) query.set('target_dir', folder)
    else if (entries.length === 0) return found
    // A cursor that is null is not sent at all: the list begins again.
    const cursor = folder ?? answer.json.next_start_after
    if (cursor === null || cursor === undefined) query.delete('start_after')
    else query.set('start_after', text(cursor))
  }
  throw new Error('The walk does not end')
}

async function runsToken(): Promise<string> {
  const path = `${organization}/deployments/${ids.deployment}/triggers/${ids.trigger}/runs?scan_forward=true`
  return text((await fixture.user.get(path)).json.next_page_token)
}
