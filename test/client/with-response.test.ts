import { describe, expect, expectTypeOf, test } from 'vitest'
import { ApiPromise, type Channel, type ChannelFile, type Download, type Page } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { allOperations } from '../helpers/operations.ts'
import { abejaErrorOf } from '../helpers/outcome.ts'
import { recordingServer } from '../helpers/recording-server.ts'
import { storedFile } from '../helpers/stored-file.ts'

const headers = { 'x-abeja-request-id': 'r-7', 'x-custom': 'a' }

describe.each(allOperations)('$id', ({ answer, call }) => {
  test('has its response beside its result', async () => {
    const server = await recordingServer([
      { json: answer, headers },
      { json: answer, headers },
    ])
    const pending = call(abejaAt(server.url))
    if (pending instanceof ApiPromise) {
      const { data, response, requestId } = await pending.withResponse()
      expect(data).toEqual(await call(abejaAt(server.url)))
      expect([response.status, response.headers.get('x-custom'), requestId]).toEqual([200, 'a', 'r-7'])
    } else {
      // Of a list, each page has it.
      expect(await pending).toMatchObject({ response: { status: 200 } })
    }
  })
})

test('the response of a call with retries is the last one', async () => {
  const server = await recordingServer([
    { status: 503, headers: { 'retry-after': '0' } },
    { json: { channel: { channel_id: '7' } }, headers },
  ])
  const { response } = await abejaAt(server.url, { maxRetries: 1 }).channels.get('7').withResponse()
  expect(response.status).toBe(200)
})

test('the response of a download is the one with its bytes', async () => {
  const { abeja } = await storedFile([{ body: 'bytes', headers: { etag: '"abc"' } }])
  const { data, response } = await abeja.channels.files.download('1', '2').withResponse()
  expect(response.headers.get('etag')).toBe('"abc"')
  expect(await data.text()).toBe('bytes')
  expectTypeOf(data).toEqualTypeOf<Download<ChannelFile>>()
})

test('the methods of a handle have it, too', async () => {
  const server = await recordingServer([{ json: { channel: { channel_id: '7' } }, headers }])
  const { data, requestId } = await abejaAt(server.url).channel('7').get().withResponse()
  expect(requestId).toBe('r-7')
  expectTypeOf(data).toEqualTypeOf<Channel>()
  expectTypeOf<Page<Channel, unknown>['response']>().toEqualTypeOf<Response | undefined>()
})

test('a call that fails rejects with its error', async () => {
  const server = await recordingServer([{ status: 404, json: {} }])
  const error = await abejaErrorOf(abejaAt(server.url).channels.get('7').withResponse())
  expect(error).toMatchObject({ name: 'NotFoundError', status: 404 })
})

test('then, catch and finally return plain promises', async () => {
  const server = await recordingServer([{ json: { channel: { channel_id: '7' } } }])
  const chained = abejaAt(server.url)
    .channels.get('7')
    .then(({ channel_id }) => channel_id)
  expect(chained).not.toBeInstanceOf(ApiPromise)
  expect(await chained).toBe('7')
})

test.each([[[]], ['text'], [7]])('options of the wrong kind are still rejected: %j', async (options) => {
  const { channels } = abejaAt('http://127.0.0.1:9')
  const error = await abejaErrorOf(Reflect.apply(channels.get, channels, ['7', options]))
  expect(error).toMatchObject({ name: 'InvalidRequestError' })
})
