import { expect, expectTypeOf, test } from 'vitest'
import type { components } from '../../src/index.ts'
import { isApiError, NotFoundError } from '../../src/index.ts'
import { errorOf, ORGANIZATION } from '../helpers/abeja.ts'
import { observedClient } from './observed-client.ts'

/** Of the documents' examples: a server with state knows it. */
const CHANNEL = '1230000000000'
const organization = { organization_id: ORGANIZATION }
const file = { path: { channel_id: CHANNEL, file_id: 'f' } }

test('abeja.api answers the whole envelope with its response', async () => {
  const { abeja, exchanges } = observedClient()
  const { data, error, response } = await abeja.api.GET('/organizations/{organization_id}/channels/{channel_id}', {
    params: { path: { ...organization, channel_id: CHANNEL } },
  })
  expectTypeOf(data).toEqualTypeOf<components['schemas']['ChannelEnvelope'] | undefined>()
  expect(data?.organization_name).toBe('abeja-inc')
  expect(data?.channel.channel_id).toBe('1230000000000')
  expect(error).toBeUndefined()
  expect(response.status).toBe(200)
  expect(exchanges).toMatchObject([{ operationId: 'getChannel', violations: null }])
})

test('abeja.api writes JSON', async () => {
  const { abeja, exchanges } = observedClient()
  const { data } = await abeja.api.POST('/organizations/{organization_id}/channels', {
    params: { path: organization },
    body: { name: 'cats', description: '', storage_type: 'file' },
  })
  // A server with state answers what was sent, one without it its example.
  expect(['test', 'cats']).toContain(data?.channel.name)
  expect(exchanges).toMatchObject([{ operationId: 'createChannel', violations: null }])
})

test('abeja.api writes a comma-separated query parameter as the description says', async () => {
  const { abeja, exchanges } = observedClient()
  await abeja.api.GET('/channels/{channel_id}', {
    params: { path: { channel_id: CHANNEL }, query: { sort: '-uploaded_at,x-abeja-meta-filename' } },
  })
  expect(exchanges).toMatchObject([{ operationId: 'listChannelFiles', violations: null }])
  expect(exchanges[0]?.url).toMatch(/\?sort=-uploaded_at(,|%2C)x-abeja-meta-filename$/)
})

test('abeja.api throws the errors of the client', async () => {
  const { abeja } = observedClient(['code=404'])
  const error = await errorOf(abeja.api.DELETE('/channels/{channel_id}/{file_id}', { params: file }))
  expect(error).toBeInstanceOf(NotFoundError)
  if (!isApiError(error, 'deleteChannelFile', 404)) throw error
  expect(error.body?.error).toBe('not_found')
})

test('abeja.api refuses an id that would reach another resource', async () => {
  const { abeja, exchanges } = observedClient()
  const call = abeja.api.DELETE('/channels/{channel_id}/{file_id}', {
    params: { path: { channel_id: CHANNEL, file_id: '' } },
  })
  expect(await errorOf(call)).toMatchObject({ name: 'InvalidRequestError' })
  expect(exchanges).toEqual([])
})
