import { describe, expect, expectTypeOf, test } from 'vitest'
import type {
  BucketFiles,
  BucketHandle,
  BucketStore,
  Buckets,
  ChannelDatasources,
  ChannelDatasourcesHandle,
  ChannelFiles,
  ChannelHandle,
  ChannelStore,
  Channels,
} from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { recordingServer } from '../helpers/recording-server.ts'

const EVERYTHING = {
  ...{ channel: { channel_id: '1' }, bucket: { bucket_id: '9' }, datasource: { datasource_id: '3' } },
  ...{ files: [], datasources: [], has_next: false, file_id: 'f', metadata: {} },
}

/** A client whose calls all succeed, and the calls that arrived, without the organization. */
async function observed() {
  const server = await recordingServer(() => ({ json: { ...EVERYTHING, upload_url: 'https://a.example' } }))
  const calls = () =>
    server.requests.map(({ method, path, query }) => {
      const resource = path.replace(/^\/organizations\/\d+/, '')
      return `${method} ${resource}${query ? `?${decodeURIComponent(query)}` : ''}`
    })
  return { abeja: abejaAt(server.url), server, calls }
}

describe('a handle of a channel', () => {
  test('sends its id with every call', async () => {
    const { abeja, calls } = await observed()
    const channel = abeja.channel('1')
    await channel.get()
    await channel.update({ description: '' })
    await channel.archive()
    await channel.unarchive()
    await channel.datasources.connect('3')
    await channel.datasources.list().toArray()
    await channel.datasources.disconnect('3')
    await channel.files.requestUpload({ content_type: 'a/b' })
    await channel.files.upload('x')
    await channel.files.list({ q: 'x' }).toArray()
    await channel.files.get('f')
    await channel.files.updateMetadata('f', { a: 'b' })
    await channel.files.updateLifetime('f', '1week')
    await channel.files.update('f', { metadata: {} })
    await channel.files.delete('f')
    expect(calls()).toEqual([
      'GET /channels/1',
      'PATCH /channels/1',
      'POST /channels/1/archive',
      'POST /channels/1/unarchive',
      'PUT /channels/1/datasources/3',
      'GET /channels/1/datasources',
      'DELETE /channels/1/datasources/3',
      'POST /channels/1',
      'POST /channels/1/upload',
      'GET /channels/1?q=x',
      'GET /channels/1/f',
      'PUT /channels/1/f/metadata',
      'PUT /channels/1/f/lifetime',
      'PUT /channels/1/f/metadata',
      'DELETE /channels/1/f',
    ])
  })

  test('downloads a file by its id', async () => {
    const server = await recordingServer(({ path }) =>
      path === '/store' ? { body: 'hello' } : { json: { file_id: 'f', download_uri: `${server.url}/store` } },
    )
    const abeja = abejaAt(server.url)
    expect(await (await abeja.channel('1').files.download('f')).text()).toBe('hello')
    expect(await (await abeja.bucket('9', { prefix: 'a' }).files.download('b.txt')).text()).toBe('hello')
    expect(server.requests[2]?.path).toMatch(/\/buckets\/9\/files\/a\/b\.txt$/)
  })
})

describe('a handle of a bucket', () => {
  test('sends its id with every call', async () => {
    const { abeja, calls } = await observed()
    const bucket = abeja.bucket('9')
    await bucket.get()
    await bucket.update({ description: '' })
    await bucket.archive()
    await bucket.unarchive()
    await bucket.files.upload('b.txt', 'x')
    await bucket.files.list().toArray()
    await bucket.files.list({ target_dir: 'reports', items_per_page: 5 }).toArray()
    await bucket.files.get('/b.txt')
    expect(calls()).toEqual([
      'GET /buckets/9',
      'PATCH /buckets/9',
      'POST /buckets/9/archive',
      'POST /buckets/9/unarchive',
      'POST /buckets/9/files',
      'GET /buckets/9/files?target_dir=/',
      'GET /buckets/9/files?target_dir=/reports&items_per_page=5',
      'GET /buckets/9/files/b.txt',
    ])
  })

  test('with a prefix works below it', async () => {
    const { abeja, calls, server } = await observed()
    const { files } = abeja.bucket('9', { prefix: '/reports/2024/' })
    await files.upload('b.txt', 'x')
    await files.list().toArray()
    await files.list({ target_dir: '/may' }).toArray()
    await files.get('b.txt')
    for await (const _ of files.files());
    expect(server.requests[0]?.body.toString()).toContain('filename="reports/2024/b.txt"')
    expect(calls()).toEqual([
      'POST /buckets/9/files',
      'GET /buckets/9/files?target_dir=/reports/2024',
      'GET /buckets/9/files?target_dir=/reports/2024/may',
      'GET /buckets/9/files/reports/2024/b.txt',
      'GET /buckets/9/files?target_dir=/reports/2024',
    ])
    expect(files.address).toBe('bucket://9/reports/2024')
  })

  test.each(['a//b', '../a', 'a/.', '/'.repeat(3)])('rejects the prefix %j', async (prefix) => {
    const { abeja } = await observed()
    expect(await errorOf((async () => abeja.bucket('9', { prefix }))())).toMatchObject({ name: 'InvalidRequestError' })
  })
})

/** The methods of a resource with the first argument, the id, left out. */
type Bound<Resource, Names extends keyof Resource> = {
  [Name in Names]: Resource[Name] extends (id: string, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : never
}
type MethodsOf<Resource> = Exclude<keyof Resource, 'create' | 'list' | 'files' | 'datasources' | 'in'>

test('a handle has every method of its resource, without the id', () => {
  expectTypeOf<ChannelHandle>().toExtend<Bound<Channels, MethodsOf<Channels>>>()
  expectTypeOf<ChannelStore>().toExtend<Bound<ChannelFiles, MethodsOf<ChannelFiles> | 'list'>>()
  expectTypeOf<ChannelDatasourcesHandle>().toExtend<Bound<ChannelDatasources, keyof ChannelDatasources>>()
  expectTypeOf<BucketHandle>().toExtend<Bound<Buckets, MethodsOf<Buckets>>>()
  expectTypeOf<BucketStore>().toExtend<Bound<BucketFiles, MethodsOf<BucketFiles> | 'list'>>()
})
