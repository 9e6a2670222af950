import { describe, expect, test } from 'vitest'
import { operations } from '../../generated/operations.ts'
import type { AbejaClient, RequestOptions } from '../../src/index.ts'
import {
  checkPlatform,
  downloadDirectory,
  downloadTo,
  fromPath,
  httpFetch,
  readPlatformConfig,
  retryTransfer,
  uploadDirectory,
} from '../../src/node.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { operationCalls } from '../helpers/operation-calls.ts'
import { exampleAnswer } from '../helpers/operations.ts'
import { recordingServer } from '../helpers/recording-server.ts'
import { untyped } from '../helpers/untyped.ts'

/** A client whose every request would be recorded. */
async function observed() {
  const server = await recordingServer([])
  return { server, abeja: abejaAt(server.url) }
}

const TYPO: RequestOptions = untyped({ maxRetires: 1 })
const IS_TYPO = { name: 'InvalidRequestError', message: expect.stringContaining('Did you mean "maxRetries"?') }

describe('an unknown option is rejected with the nearest valid one before anything is sent', () => {
  test.each(Object.entries(operationCalls))('by %s', async (_, call) => {
    const { server, abeja } = await observed()
    expect(await errorOf(call(abeja, TYPO))).toMatchObject(IS_TYPO)
    expect(server.requests).toEqual([])
  })

  const channelFile = {
    file_id: 'f',
    content_type: 'a/b',
    metadata: {},
    system_metadata: {},
    uploaded_at: '',
    url_expires_on: '',
  }
  const bucketFile = { file_id: '/f', is_file: true, metadata: {}, system_metadata: {} }
  test.each<[string, (abeja: AbejaClient) => unknown, string]>([
    [
      'a download of a channel',
      ({ channels }) => channels.files.download('1', 'f', untyped({ checkSum: 1 })),
      'checksum',
    ],
    [
      'a download of a known file',
      ({ channels }) =>
        channels.files.download('1', { ...channelFile, download_uri: 'https://a.b' }, untyped({ onprogress: 1 })),
      'onProgress',
    ],
    ['a download of a bucket', ({ buckets }) => buckets.files.download('1', bucketFile, TYPO), 'maxRetries'],
    ['an upload', ({ channels }) => channels.files.upload('1', 'x', {}, untyped({ on_progress: 1 })), 'onProgress'],
    ['update of a file', ({ channels }) => channels.files.update('1', 'f', { metadata: {} }, TYPO), 'maxRetries'],
    ['toArray', ({ channels }) => channels.list().toArray(untyped({ limits: 1 })), 'limit'],
    [
      'byPage',
      ({ channels }) =>
        channels
          .list()
          .byPage(untyped({ form: 1 }))
          .next(),
      'from',
    ],
    ['bucket', (abeja) => abeja.bucket('1', untyped({ prefx: 'a' })), 'prefix'],
    ['uploadDirectory', (abeja) => uploadDirectory(abeja.channel('1'), '.', untyped({ dryrun: true })), 'dryRun'],
    [
      'downloadDirectory',
      (abeja) => downloadDirectory(abeja.channel('1'), '.', untyped({ overWrite: true })),
      'overwrite',
    ],
    ['retryTransfer', (abeja) => retryTransfer(abeja, untyped({}), untyped({ concurency: 1 })), 'concurrency'],
    ['fromPath', () => fromPath('a', untyped({ contentType: 'a/b' })), 'content_type'],
    ['httpFetch', () => httpFetch(untyped({ maxSocket: 1 })), 'maxSockets'],
    ['checkPlatform', () => checkPlatform(untyped({ readonly: true })), 'readOnly'],
    ['readPlatformConfig', () => readPlatformConfig(untyped({ profil: 'a' })), 'profile'],
  ])('by %s', async (_, call, nearest) => {
    const { server, abeja } = await observed()
    const error = await errorOf((async () => call(abeja))())
    expect(error).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining(`Did you mean "${nearest}"?`),
    })
    expect(server.requests).toEqual([])
  })

  test('by downloadTo', async () => {
    const server = await recordingServer([{ json: { ...channelFile, download_uri: 'http://127.0.0.1:9' } }])
    const download = await abejaAt(server.url, {
      fetch: (url, init) => (url.includes(':9') ? Promise.resolve(new Response('x')) : fetch(url, init)),
    }).channels.files.download('1', 'f')
    expect(await errorOf(downloadTo(download, '/nowhere/a', untyped({ overWrite: true })))).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('Did you mean "overwrite"?'),
    })
  })

  test('and the internal option of transfers is not offered', async () => {
    const { abeja } = await observed()
    expect(await errorOf(abeja.channels.get('1', TYPO))).toMatchObject({
      message: expect.not.stringContaining('hooks'),
    })
  })
})

describe('an unknown parameter is rejected with the nearest valid one before anything is sent', () => {
  test.each<[string, (abeja: AbejaClient) => Promise<unknown>, string]>([
    ['an upload', ({ channels }) => channels.files.upload('1', 'x', untyped({ contentType: 'a/b' })), 'content_type'],
    [
      'an upload of a bucket',
      ({ buckets }) => buckets.files.upload('1', 'a', 'x', untyped({ meta_data: {} })),
      'metadata',
    ],
    [
      'requestUpload',
      ({ channels }) => channels.files.requestUpload('1', untyped({ contentType: 'a/b' })),
      'content_type',
    ],
    ['update of a file', ({ channels }) => channels.files.update('1', 'f', untyped({ lifeTime: '1week' })), 'lifetime'],
    ['a list of files', ({ channels }) => channels.files.list('1', untyped({ stat: 'x' })).toArray(), 'start'],
    ['a list of channels', ({ channels }) => channels.list(untyped({ limits: 1 })).toArray(), 'limit'],
    [
      'a list of a bucket',
      ({ buckets }) => buckets.files.list('1', untyped({ targetDir: '/' })).toArray(),
      'target_dir',
    ],
    ['a list of buckets', ({ buckets }) => buckets.list(untyped({ ofset: 1 })).toArray(), 'offset'],
    [
      'a list of runs',
      ({ triggers }) => triggers.runs.list('1', 't', untyped({ scanForward: true })).toArray(),
      'scan_forward',
    ],
    ['a new channel', ({ channels }) => channels.create(untyped({ nam: 'x' })), 'name'],
    ['a new trigger', ({ triggers }) => triggers.create('1', untyped({ version: 'x' })), 'version_id'],
    ['a changed bucket', ({ buckets }) => buckets.update('1', untyped({ descripton: '' })), 'description'],
  ])('by %s', async (_, call, nearest) => {
    const { server, abeja } = await observed()
    expect(await errorOf(call(abeja))).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining(`"${nearest}`),
    })
    expect(server.requests).toEqual([])
  })
})

describe('null means "not given"', () => {
  test.each(Object.values(operations))('for the options of $id', async ({ id }) => {
    const server = await recordingServer(() => ({ json: exampleAnswer(id) }))
    await operationCalls[id](abejaAt(server.url), untyped(null))
    expect(server.requests).toHaveLength(1)
  })

  test.each<[string, (abeja: AbejaClient) => Promise<unknown>]>([
    ['parameters of an upload', ({ channels }) => channels.files.upload('1', 'x', untyped(null), untyped(null))],
    [
      'parts of an upload',
      ({ channels }) =>
        channels.files.upload(
          '1',
          'x',
          untyped({ metadata: null, content_type: null, lifetime: null, conflict_target: null }),
        ),
    ],
    [
      'parts of an upload into a bucket',
      ({ buckets }) =>
        buckets.files.upload('1', 'a', 'x', untyped({ metadata: null, content_type: null, lifetime: null })),
    ],
    [
      'parameters of lists',
      async ({ channels, buckets, triggers }) => {
        await channels.list(untyped(null)).toArray(untyped(null))
        await channels.files.list('1', untyped(null)).byPage(untyped(null)).next()
        await channels.files.list('1', untyped({ sort: null, start: null })).toArray({ limit: untyped(null) })
        await buckets.list(untyped(null), untyped(null)).toArray()
        await buckets.files.list('1', untyped(null)).toArray()
        await triggers.runs.list('1', 't', untyped(null)).toArray()
      },
    ],
    ['options of a bucket', (abeja) => abeja.bucket('1', untyped(null)).get()],
    ['the prefix of a bucket', (abeja) => abeja.bucket('1', { prefix: untyped(null) }).get()],
    [
      'the lifetime of an update',
      ({ channels }) => channels.files.update('1', 'f', { metadata: {}, lifetime: untyped(null) }, untyped(null)),
    ],
  ])('for %s', async (_, call) => {
    const everything = {
      ...{ file_id: 'f', files: [], entries: [], has_next: false },
      ...{ channels: [], buckets: [], bucket: { bucket_id: '1' } },
    }
    const server = await recordingServer(() => ({ json: everything }))
    await call(abejaAt(server.url))
    expect(server.requests.length).toBeGreaterThan(0)
  })
})

describe('a missing argument is rejected by a typed error before anything is sent', () => {
  test.each<[string, (abeja: AbejaClient) => unknown]>([
    ['the file of a download', ({ channels }) => channels.files.download('1', untyped(undefined))],
    ['the file of a download from a bucket', ({ buckets }) => buckets.files.download('1', untyped(null))],
    ['the id of a channel', ({ channels }) => channels.get(untyped(null))],
    ['the id of a handle', (abeja) => abeja.channel(untyped(undefined)).get()],
    ['the body of an upload', ({ channels }) => channels.files.upload('1', untyped(null))],
    ['the location of an upload', ({ buckets }) => buckets.files.upload('1', untyped(undefined), 'x')],
    ['the metadata of a file', ({ channels }) => channels.files.updateMetadata('1', 'f', untyped(null))],
    ['the parameters of an update', ({ channels }) => channels.files.update('1', 'f', untyped(null))],
    ['a new channel', ({ channels }) => channels.create(untyped(null))],
    ['a changed channel', ({ channels }) => channels.update('1', untyped(undefined))],
    ['a changed bucket', ({ buckets }) => buckets.update('1', untyped('name'))],
    ['the prefix of a bucket', (abeja) => abeja.bucket('1', { prefix: untyped(5) })],
    ['what a reserved file is', ({ channels }) => channels.files.requestUpload('1', untyped(null))],
  ])('%s', async (_, call) => {
    const { server, abeja } = await observed()
    expect(await errorOf((async () => call(abeja))())).toMatchObject({ name: 'InvalidRequestError' })
    expect(server.requests).toEqual([])
  })
})
