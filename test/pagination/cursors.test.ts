import { describe, expect, test, vi } from 'vitest'
import { PaginationLoopError } from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { type Answer, recordingServer } from '../helpers/recording-server.ts'

function channels(offset: number, has_next: boolean, count = 2): Answer {
  const items = Array.from({ length: count }, (_, index) => ({ channel_id: `${offset + index}` }))
  return { json: { channels: items, limit: 2, offset, has_next } }
}

function files(ids: readonly string[], next_page_token?: string | null): Answer {
  return { json: { files: ids.map((file_id) => ({ file_id, metadata: {} })), next_page_token } }
}

function entries(ids: readonly string[], last_file_id?: string | null): Answer {
  return { json: { files: ids.map((file_id) => ({ file_id, is_file: true })), last_file_id } }
}

/** A client of a server that answers these pages, and the queries that arrived. */
async function paging(...pages: readonly Answer[]) {
  const server = await recordingServer(pages)
  return { abeja: abejaAt(server.url), queries: () => server.requests.map(({ query }) => query), server }
}

describe('a list by offset', () => {
  test('goes on while the answer says that there is more, by what the answer says of itself', async () => {
    const { abeja, queries } = await paging(channels(10, true), channels(12, true), channels(14, false, 1))
    const found = await abeja.channels.list({ offset: 10, filter_archived: 'include_archived' }).toArray()
    expect(found.map(({ channel_id }) => channel_id)).toEqual(['10', '11', '12', '13', '14'])
    expect(queries()).toEqual([
      'offset=10&filter_archived=include_archived',
      'offset=12&filter_archived=include_archived',
      'offset=14&filter_archived=include_archived',
    ])
  })

  test('goes on over an empty page', async () => {
    const { abeja } = await paging(channels(0, true, 0), channels(2, false))
    expect(await abeja.channels.list().toArray()).toHaveLength(2)
  })

  test('that stands still ends in an error', async () => {
    const { abeja, server } = await paging(channels(0, true), channels(0, true))
    expect(await errorOf(abeja.channels.list().toArray())).toBeInstanceOf(PaginationLoopError)
    expect(server.requests).toHaveLength(2)
  })
})

describe('a list by token', () => {
  test('sends a token without any other parameter', async () => {
    const { abeja, queries } = await paging(files(['a'], 'x/y+z='), files(['b'], 'next'), files(['c'], null))
    const found = await abeja.channels.files.list('1', { start: '20240101', items_per_page: 1 }).toArray()
    expect(found.map(({ file_id }) => file_id)).toEqual(['a', 'b', 'c'])
    expect(queries()).toEqual([
      'start=20240101&items_per_page=1',
      'next_page_token=x%2Fy%2Bz%3D',
      'next_page_token=next',
    ])
  })

  test.each([
    ['null', null],
    ['absent', undefined],
  ])('ends when the token is %s', async (_, token) => {
    const { abeja, server } = await paging(files(['a'], token))
    expect(await abeja.channels.files.list('1').toArray()).toHaveLength(1)
    expect(server.requests).toHaveLength(1)
  })

  test('goes on over an empty page with a token', async () => {
    const { abeja } = await paging(files([], '1'), files([], '2'), files(['a']))
    expect(await abeja.channels.files.list('1').toArray()).toHaveLength(1)
  })

  test('that hands out a token it has handed out before ends in an error, with all items before it', async () => {
    const { abeja, server } = await paging(files(['a'], '1'), files(['b'], '2'), files(['c'], '1'))
    const seen: string[] = []
    const walk = async () => {
      for await (const { file_id } of abeja.channels.files.list('1')) seen.push(file_id)
    }
    const error = await errorOf(walk())
    expect(error).toBeInstanceOf(PaginationLoopError)
    expect(seen).toEqual(['a', 'b', 'c'])
    expect(server.requests).toHaveLength(3)
  })

  test('may begin with a token of an earlier walk', async () => {
    const { abeja, queries } = await paging(files(['b'], '2'), files(['c']))
    expect(await abeja.channels.files.list('1', { next_page_token: '1' }).toArray()).toHaveLength(2)
    expect(queries()).toEqual(['next_page_token=1', 'next_page_token=2'])
  })

  test('refuses a token beside another parameter before anything is sent', async () => {
    const { abeja, server } = await paging()
    const list = abeja.channels.files.list('1', { next_page_token: '1', start: '20240101', sort: ['uploaded_at'] })
    expect(await errorOf(list.toArray())).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('leave out start, sort, or the token'),
    })
    expect(server.requests).toEqual([])
  })
})

describe('a list by the last file', () => {
  test('asks for what follows it, with all the other parameters', async () => {
    const { abeja, queries } = await paging(entries(['/a', '/b'], '/b'), entries(['/c'], '/c'), entries([], '/c'))
    const found = await abeja.buckets.files.list('1', { target_dir: '/x', items_per_page: 2 }).toArray()
    expect(found.map(({ file_id }) => file_id)).toEqual(['/a', '/b', '/c'])
    expect(queries()).toEqual([
      'target_dir=%2Fx&items_per_page=2',
      'target_dir=%2Fx&items_per_page=2&last_file_id=%2Fb',
      'target_dir=%2Fx&items_per_page=2&last_file_id=%2Fc',
    ])
  })

  test.each([
    ['null', null],
    ['absent', undefined],
  ])('ends when the last file is %s', async (_, last) => {
    const { abeja, server } = await paging(entries(['/a'], last))
    expect(await abeja.buckets.files.list('1').toArray()).toHaveLength(1)
    expect(server.requests).toHaveLength(1)
  })

  test('whose answers repeat the last page ends in an error', async () => {
    const { abeja } = await paging(entries(['/a'], '/a'), entries(['/a'], '/a'))
    expect(await errorOf(abeja.buckets.files.list('1').toArray())).toBeInstanceOf(PaginationLoopError)
  })
})

describe('a page that is there already', () => {
  test('is not read on when the signal is aborted', async () => {
    const controller = new AbortController()
    const { abeja } = await paging(files(['a', 'b', 'c']))
    const seen: string[] = []
    const reading = (async () => {
      for await (const { file_id } of abeja.channels.files.list('1', {}, { signal: controller.signal })) {
        seen.push(file_id)
        controller.abort('enough')
      }
    })()
    expect(await errorOf(reading)).toMatchObject({ name: 'AbortedError', cause: 'enough' })
    expect(seen).toEqual(['a'])
  })

  test('is not read on when the time of the whole list is up', async () => {
    const { abeja } = await paging(files(['a', 'b', 'c']))
    const seen: string[] = []
    const reading = (async () => {
      for await (const { file_id } of abeja.channels.files.list('1', {}, { totalTimeout: 5_000 })) {
        seen.push(file_id)
        vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 6_000)
      }
    })()
    expect(await errorOf(reading)).toMatchObject({ name: 'TimeoutError', kind: 'totalTimeout' })
    vi.restoreAllMocks()
    expect(seen).toEqual(['a'])
  })
})

test('An empty token or id is the end of a list', async () => {
  const { abeja, server } = await paging(files(['a'], ''), entries(['b'], ''))
  expect(await abeja.channels.files.list('1').toArray()).toHaveLength(1)
  expect(await abeja.buckets.files.list('1').toArray()).toHaveLength(1)
  expect(server.requests).toHaveLength(2)
})
