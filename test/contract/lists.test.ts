import { describe, expect, test } from 'vitest'
import { InvalidResponseError, PaginationLoopError } from '../../src/index.ts'
import { errorOf } from '../helpers/abeja.ts'
import { observedClient } from './observed-client.ts'

const CHANNEL = '1230000000000'

/** The query of each request, in order. */
function queries({ exchanges }: ReturnType<typeof observedClient>): string[] {
  return exchanges.map(({ url }) => new URL(url).search)
}

describe('a list is walked to its end', () => {
  test('by offset, for channels and buckets', async () => {
    const walk = observedClient(['example=documented', 'example=last', 'example=documented', 'example=last'])
    expect(await walk.abeja.channels.list({ limit: 50 }).toArray()).toHaveLength(2)
    expect(await walk.abeja.buckets.list({ limit: 50 }).toArray()).toHaveLength(2)
    expect(queries(walk)).toEqual(['?limit=50', '?limit=50&offset=50', '?limit=50', '?limit=50&offset=50'])
    expect(walk.exchanges.map(({ violations }) => violations)).toEqual([null, null, null, null])
  })

  test('by token, for channel files and trigger runs', async () => {
    const walk = observedClient(['example=more', 'example=last', 'example=documented', 'example=last'])
    expect(await walk.abeja.channels.files.list(CHANNEL, { items_per_page: 1 }).toArray()).toHaveLength(2)
    expect(await walk.abeja.triggers.runs.list('1', 'tri-1', { scan_forward: true }).toArray()).toHaveLength(2)
    expect(queries(walk)).toEqual([
      '?items_per_page=1',
      '?next_page_token=xxxxx',
      '?scan_forward=true',
      '?scan_forward=true&next_page_token=xxxxx',
    ])
    expect(walk.exchanges.map(({ violations }) => violations)).toEqual([null, null, null, null])
  })

  test('by the last file, for bucket files', async () => {
    const walk = observedClient(['example=documented', 'example=empty'])
    const entries = await walk.abeja.buckets.files.list('1', { items_per_page: 1 }).toArray()
    expect(entries.map(({ file_id, is_file }) => ({ file_id, is_file }))).toEqual([
      { file_id: '/aaa/bbb/ddd', is_file: true },
    ])
    expect(queries(walk)).toEqual([
      '?target_dir=%2F&items_per_page=1',
      '?target_dir=%2F&items_per_page=1&last_file_id=%2Faaa%2Fbbb%2Fccc',
    ])
  })
})

test('an answer that always names the same next page ends in an error and not in a loop', async () => {
  const same = { headers: { prefer: 'example=more' } }
  const { abeja, exchanges } = observedClient()
  expect(await errorOf(abeja.channels.files.list(CHANNEL, {}, same).toArray())).toBeInstanceOf(PaginationLoopError)
  expect(exchanges).toHaveLength(2)
})

test('a page answers as much of its envelope as the description shows', async () => {
  const { abeja } = observedClient(['example=documented'])
  for await (const { items, cursor, envelope } of abeja.channels.list().byPage()) {
    expect(items).toHaveLength(1)
    expect(cursor).toBe('50')
    expect(envelope).toMatchObject({ organization_name: 'abeja-inc', limit: 50, has_next: true })
    break
  }
})

test('datasources beyond the first page, for which there is no parameter, end in an error', async () => {
  const { abeja } = observedClient(['example=documented', 'example=documented'])
  const list = abeja.channels.datasources.list(CHANNEL)
  expect(await list.toArray()).toHaveLength(1)
  const second = list.byPage({ from: '50' }).next()
  expect(await errorOf(second)).toBeInstanceOf(InvalidResponseError)
})
