import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest'
import {
  BucketFiles,
  Buckets,
  ChannelDatasources,
  ChannelFiles,
  Channels,
  type ClientOptions,
  InvalidRequestError,
  TriggerRuns,
  Triggers,
} from '../../src/index.ts'
import { CREDENTIAL, environment, ORGANIZATION } from '../helpers/abeja.ts'
import { headerOf, onlyRequest, recordingServer } from '../helpers/recording-server.ts'

const RESOURCES = { BucketFiles, Buckets, ChannelDatasources, ChannelFiles, Channels, TriggerRuns, Triggers }

beforeEach(() => environment())
afterEach(() => vi.unstubAllEnvs())

describe.each(Object.entries(RESOURCES))('%s by itself', (_, Resource) => {
  test('takes the options of a client', () => {
    expectTypeOf<ConstructorParameters<typeof Resource>>().toEqualTypeOf<[options?: ClientOptions]>()
    expect(new Resource({ organizationId: ORGANIZATION, credential: CREDENTIAL })).toBeInstanceOf(Resource)
  })

  test('refuses what a client refuses', () => {
    expect(() => new Resource({ timeout: 0 })).toThrow(InvalidRequestError)
  })
})

test('A resource by itself makes its calls as a part of a client does', async () => {
  const server = await recordingServer([{ json: { trigger_id: 'tri-1' } }])
  const triggers = new Triggers({ baseUrl: server.url, organizationId: ORGANIZATION, credential: { authToken: 'abc' } })
  expect(await triggers.get('1', 'tri-1')).toEqual({ trigger_id: 'tri-1' })
  const request = onlyRequest(server)
  expect(request.path).toBe(`/organizations/${ORGANIZATION}/deployments/1/triggers/tri-1`)
  expect(headerOf(request, 'authorization')).toBe('Bearer abc')
})

test('What belongs to a resource has its options too', async () => {
  const server = await recordingServer([{ json: { files: [] } }])
  await new Channels({ baseUrl: server.url, credential: { authToken: 'abc' } }).files.list('1').toArray()
  expect(headerOf(onlyRequest(server), 'authorization')).toBe('Bearer abc')
})

test('A resource by itself reads the environment', async () => {
  const server = await recordingServer([{ json: { entries: [] } }])
  environment({ ABEJA_API_URL: server.url, ABEJA_ORGANIZATION_ID: '42', PLATFORM_AUTH_TOKEN: 'from-environment' })
  await new TriggerRuns().list('1', 'tri-1').toArray()
  expect(headerOf(onlyRequest(server), 'authorization')).toBe('Bearer from-environment')
  expect(onlyRequest(server).path).toMatch(/^\/organizations\/42\//)
})
