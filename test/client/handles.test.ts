import { expect, test } from 'vitest'
import { abejaAt } from '../helpers/abeja.ts'
import { recordingServer } from '../helpers/recording-server.ts'

test('a handle of a channel or bucket sends the id with every call', async () => {
  const server = await recordingServer(({ path }) => ({
    json: path.includes('buckets')
      ? { bucket: { bucket_id: '9' }, files: [], file_id: 'f' }
      : { channel: { channel_id: '1' }, files: [], datasources: [], has_next: false, file_id: 'f' },
  }))
  const abeja = abejaAt(server.url)
  const channel = abeja.channel('1')
  await channel.get()
  await channel.update({ description: '' })
  await channel.archive()
  await channel.unarchive()
  await channel.datasources.list().toArray()
  await channel.files.upload('x')
  await channel.files.list().toArray()
  const bucket = abeja.bucket('9', { prefix: 'a' })
  await bucket.get()
  await bucket.archive()
  await bucket.files.upload('b.txt', 'x')
  const paths = server.requests.map(({ method, path }) => `${method} ${path.replace(/.*(?=\/(channels|buckets))/, '')}`)
  expect(paths).toEqual([
    'GET /channels/1',
    'PATCH /channels/1',
    'POST /channels/1/archive',
    'POST /channels/1/unarchive',
    'GET /channels/1/datasources',
    'POST /channels/1/upload',
    'GET /channels/1',
    'GET /buckets/9',
    'POST /buckets/9/archive',
    'POST /buckets/9/files',
  ])
})
