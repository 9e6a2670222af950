import { beforeAll, describe, expect, test } from 'vitest'
import document from '../../generated/openapi.json' with { type: 'json' }
import { type OperationId, operations } from '../../generated/operations.ts'
import { Contract } from '../../src/contract/contract.ts'
import { asObject, Description, type JsonObject } from '../../src/contract/description.ts'

let contract: Contract
beforeAll(async () => {
  contract = await Contract.load()
})

const description = new Description(document)

/** Every example of a response, with its operation and status. */
const examples = Object.values(operations).flatMap(({ id }) =>
  [...(description.operation(id)?.responses ?? [])].flatMap(([status, response]) => {
    const media = asObject(asObject(response.content)['application/json'])
    return Object.entries(asObject(media.examples)).map(([name, example]) => {
      return { id, status: Number(status), name, value: description.resolve(example).value }
    })
  }),
)

function check(id: OperationId, value: unknown, { status = 200, contentType = 'application/json' } = {}) {
  const body = typeof value === 'string' ? value : JSON.stringify(value)
  return contract.checkResponse(id, { status, contentType, body })
}

const channel = {
  ...{ channel_id: '1', created_at: '2018-05-15T17:14:03Z', updated_at: '2018-05-15T17:14:03Z', archived: false },
  ...{ storage_type: 'datalake', name: 'n', description: 'd', display_name: 'n' },
}
const envelope = {
  ...{ organization_id: '1', organization_name: 'acme' },
  ...{ created_at: '2017-09-12T10:11:46Z', updated_at: '2017-09-12T10:11:46Z', channel },
}

test('examples stand for all operations', () => {
  expect(new Set(examples.map(({ id }) => id)).size).toBe(Object.keys(operations).length)
})

test.each(examples)('finds no difference in the example $name of $id, $status', ({ id, status, value }) => {
  if (Number.isNaN(status)) return
  expect(check(id, value, { status })).toEqual([])
})

describe('finds in a response', () => {
  test.each<{ kind: string; body: unknown; at: string; options?: { status?: number; contentType?: string } }>([
    {
      kind: 'missing',
      body: { ...envelope, channel: { ...channel, channel_id: undefined } },
      at: 'channel.channel_id',
    },
    { kind: 'undeclared', body: { ...envelope, channel: { ...channel, color: 'red' } }, at: 'channel.color' },
    { kind: 'type', body: { ...envelope, channel: { ...channel, archived: 'True' } }, at: 'channel.archived' },
    { kind: 'format', body: { ...envelope, created_at: 'yesterday' }, at: 'created_at' },
    { kind: 'value', body: { ...envelope, channel: { ...channel, channel_id: '' } }, at: 'channel.channel_id' },
    { kind: 'body', body: '{', at: '' },
    { kind: 'missing', body: '', at: '' },
  ])('a difference of kind $kind at $at', ({ kind, body, at }) => {
    const location = ['response', 'body', ...at.split('.').filter((part) => part !== '')]
    expect(check('getChannel', body)).toMatchObject([{ operationId: 'getChannel', kind, location }])
  })

  test('a status and a content type that are not declared', () => {
    expect(check('getChannel', envelope, { contentType: 'text/html' })).toMatchObject([{ kind: 'content-type' }])
    expect(check('getChannel', envelope, { status: 202 })).toMatchObject([{ kind: 'status' }])
  })
})

describe('finds in a request', () => {
  const request = { method: 'GET', path: '/organizations/1/channels', query: new URLSearchParams(), body: '' }
  const sent = (more: object) => contract.checkRequest({ ...request, contentType: undefined, ...more })
  const post = { method: 'POST', contentType: 'application/json' }

  test.each<{ name: string; more: object; found: readonly JsonObject[] }>([
    { name: 'nothing when all is right', more: { query: new URLSearchParams({ limit: '5' }) }, found: [] },
    {
      name: 'nothing in a path that begins with two slashes',
      more: { path: '//organizations/1/channels/' },
      found: [],
    },
    {
      name: 'nothing in the path of a file of a bucket',
      more: { path: '/organizations/1/buckets/2/files//a/b' },
      found: [],
    },
    { name: 'no operation', more: { path: '/nowhere' }, found: [{ kind: 'path', operationId: undefined }] },
    {
      name: 'an unknown parameter',
      more: { query: new URLSearchParams({ page: '2' }) },
      found: [{ kind: 'undeclared', location: ['request', 'query', 'page'] }],
    },
    {
      name: 'a parameter of another type',
      more: { query: new URLSearchParams({ limit: 'many' }) },
      found: [{ kind: 'type', location: ['request', 'query', 'limit'] }],
    },
    { name: 'a missing body', more: post, found: [{ kind: 'missing', location: ['request', 'body'] }] },
    {
      name: 'an unknown member of the body',
      more: { ...post, body: JSON.stringify({ name: 'n', description: 'd', storage_type: 'datalake', color: 'red' }) },
      found: [{ kind: 'undeclared', location: ['request', 'body', 'color'] }],
    },
    { name: 'a body where none belongs', more: { body: '{}' }, found: [{ kind: 'body' }] },
  ])('$name', ({ more, found }) => {
    expect(sent(more)).toMatchObject(found)
  })
})

test('finds the operation of a path, and decodes its parameters', () => {
  expect(contract.route('POST', '/channels/1/upload')?.operation.id).toBe('postChannelFileUpload')
  expect(contract.route('GET', '/organizations/1/buckets/2/files/a/%E7%8C%AB.txt')).toMatchObject({
    operation: { id: 'getBucketFile' },
    parameters: { organization_id: '1', bucket_id: '2', file_id: 'a/猫.txt' },
  })
})
