import { expect, test } from 'vitest'
import type { OperationId } from '../../src/index.ts'
import { abejaAt } from '../helpers/abeja.ts'
import { operationCalls } from '../helpers/operation-calls.ts'
import { recordingServer } from '../helpers/recording-server.ts'
import responses from './responses.json' with { type: 'json' }

const known: readonly string[] = Object.keys(operationCalls)

function isOperation(id: string): id is OperationId {
  return known.includes(id)
}

test.each(responses.map((one) => [one.operation, one.shows, one.response] as const))(
  'reads %s with %s',
  async (operation, _, response) => {
    const server = await recordingServer(() => ({ json: response }))
    if (!isOperation(operation)) throw new Error(`${operation} is not an operation`)
    expect(await operationCalls[operation](abejaAt(server.url))).toBeTypeOf('object')
  },
)

test('follows the bucket list of the recordings to its empty last page', async () => {
  const pages = responses.filter(({ operation }) => operation === 'listBucketFiles')
  const server = await recordingServer(pages.map(({ response }) => ({ json: response })))
  expect(await abejaAt(server.url).buckets.files.list('1').toArray()).toHaveLength(1)
  expect(server.requests.map(({ query }) => query)).toEqual([
    'target_dir=%2F',
    'target_dir=%2F&start_after=dir%2Ffile-2.txt',
  ])
})
