import { describe, expect, test, vi } from 'vitest'
import { type AbejaClient, InvalidResponseError, type Paged, PaginationLoopError } from '../../src/index.ts'
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

/** A client of a server that responds with these pages, and the queries that arrived. */
async function paging(...pages: readonly Answer[]) {
  const server = await recordingServer(pages)
  return { abeja: abejaAt(server.url), queries: () => server.requests.map(({ query }) => query), server }
}

describe('a list by offset', () => {
  test('continues while has_next is true, from the offset and limit of the response', async () => {
    const { abeja, queries } = await paging(channels(10, true), channels(12, true), channels(14, false, 1))
    const found = await abeja.channels.list({ offset: 10, filter_archived: 'include_archived' }).toArray()
    expect(found.map(({ channel_id }) => channel_id)).toEqual(['10', '11', '12', '13', '14'])
    expect(queries()).toEqual([
      'offset=10&filter_archived=include_archived',
      'offset=12&filter_archived=include_archived',
      'offset=14&filter_archived=include_archived',
    ])
  })

  test('continues after an empty page', async () => {
    const { abeja } = await paging(channels(0, true, 0), channels(2, false))
    expect(await abeja.channels.list().toArray()).toHaveLength(2)
  })

  test('ends in an error when the same page comes again', async () => {
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

  test('continues after an empty page with a token', async () => {
    const { abeja } = await paging(files([], '1'), files([], '2'), files(['a']))
    expect(await abeja.channels.files.list('1').toArray()).toHaveLength(1)
  })

  test('ends in an error at a token that was returned before, after all items up to it', async () => {
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

  test('may start with a token of an earlier list', async () => {
    const { abeja, queries } = await paging(files(['b'], '2'), files(['c']))
    expect(await abeja.channels.files.list('1', { next_page_token: '1' }).toArray()).toHaveLength(2)
    expect(queries()).toEqual(['next_page_token=1', 'next_page_token=2'])
  })

  test('rejects a token beside another parameter before anything is sent', async () => {
    const { abeja, server } = await paging()
    const list = abeja.channels.files.list('1', { next_page_token: '1', start: '20240101', sort: ['uploaded_at'] })
    expect(await errorOf(list.toArray())).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining('received start, sort as well'),
    })
    expect(server.requests).toEqual([])
  })
})

describe('a list by the last file', () => {
  test('requests what follows it, with all the other parameters', async () => {
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

  test('ends in an error when the last page is repeated', async () => {
    const { abeja } = await paging(entries(['/a'], '/a'), entries(['/a'], '/a'))
    expect(await errorOf(abeja.buckets.files.list('1').toArray())).toBeInstanceOf(PaginationLoopError)
  })
})

describe('a list that would never end', () => {
  const lists: readonly [string, string, (abeja: AbejaClient) => Paged<unknown>][] = [
    ['channels', 'channel_id', (abeja) => abeja.channels.list()],
    ['buckets', 'bucket_id', (abeja) => abeja.buckets.list()],
    ['files', 'file_id', (abeja) => abeja.channels.files.list('1')],
    ['files', 'file_id', (abeja) => abeja.buckets.files.list('1')],
    ['entries', 'run_id', (abeja) => abeja.triggers.runs.list('1', 't')],
  ]
  const isLoop = { name: 'PaginationLoopError', message: expect.stringContaining('would never end') }
  /** A server that always says that there is another page, and never repeats a cursor. */
  const always = (member: string, items: readonly object[]) =>
    recordingServer(({ query }, index) => {
      const offset = Number(new URLSearchParams(query ?? '').get('offset') ?? 0)
      const page = { limit: 50, offset, has_next: true, next_page_token: `${index}`, last_file_id: `${index}` }
      return { json: { ...page, [member]: items } }
    })

  test.each(lists)('of %s ends in an error when every page has the same %s', async (member, id, list) => {
    const server = await always(member, [{ [id]: 'a' }, { [id]: 'b' }])
    const seen: unknown[] = []
    const walk = async () => {
      for await (const item of list(abejaAt(server.url))) seen.push(item)
    }
    const error = await errorOf(walk())
    expect(error).toMatchObject(isLoop)
    expect(error).toBeInstanceOf(InvalidResponseError)
    expect(seen).toHaveLength(2)
    expect(server.requests).toHaveLength(2)
  })

  test.each(lists.filter((_, index) => index !== 3))(
    'of %s ends in an error after a thousand empty pages in a row',
    async (member, _, list) => {
      const server = await always(member, [])
      expect(await errorOf(list(abejaAt(server.url)).toArray())).toMatchObject(isLoop)
      expect(server.requests).toHaveLength(1_001)
    },
  )

  test('is not taken for one when pages have items in common', async () => {
    const { abeja } = await paging(files(['a', 'b'], '1'), files(['b', 'c'], '2'), files(['c'], null))
    expect(await abeja.channels.files.list('1').toArray()).toHaveLength(5)
  })
})

describe('a page that has been received', () => {
  test('is not read further when the signal is aborted', async () => {
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

  test('is not read further when totalTimeout has elapsed', async () => {
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

test('a list ends at an empty token or id', async () => {
  const { abeja, server } = await paging(files(['a'], ''), entries(['b'], ''))
  expect(await abeja.channels.files.list('1').toArray()).toHaveLength(1)
  expect(await abeja.buckets.files.list('1').toArray()).toHaveLength(1)
  expect(server.requests).toHaveLength(2)
})

describe('a list of bucket files by next_start_after', () => {
  const page = (ids: readonly string[], next_start_after?: string | null): Answer => ({
    json: { files: ids.map((file_id) => ({ file_id, is_file: true })), next_start_after },
  })

  test('sends it as start_after, and ends at an empty page that repeats it', async () => {
    const { abeja, queries } = await paging(page(['a'], 'a'), page(['b'], 'b'), page([], 'b'))
    expect(await abeja.buckets.files.list('1', { items_per_page: 1 }).toArray()).toHaveLength(2)
    expect(queries()).toEqual([
      'target_dir=%2F&items_per_page=1',
      'target_dir=%2F&items_per_page=1&start_after=a',
      'target_dir=%2F&items_per_page=1&start_after=b',
    ])
  })

  test('prefers the documented last_file_id where a page has both', async () => {
    const both = { files: [{ file_id: '/a', is_file: true }], last_file_id: '/a', next_start_after: 'a' }
    const { abeja, queries } = await paging({ json: both }, page([]))
    await abeja.buckets.files.list('1').toArray()
    expect(queries()[1]).toBe('target_dir=%2F&last_file_id=%2Fa')
  })

  test('continues from the cursor of a page in another process', async () => {
    const { abeja, queries } = await paging(page(['a'], 'a'), page(['b'], 'b'), page([]))
    const { value } = await abeja.buckets.files.list('1').byPage().next()
    const rest: string[] = []
    for await (const { items } of abeja.buckets.files.list('1').byPage({ from: value?.cursor })) {
      rest.push(...items.map(({ file_id }) => file_id))
    }
    expect(rest).toEqual(['b'])
    expect(queries()[1]).toBe('target_dir=%2F&start_after=a')
  })
})

describe('a page that cannot be the last is an error that names the members found:', () => {
  const file = { file_id: '/a', is_file: true }
  const bucketFiles = (abeja: AbejaClient) => abeja.buckets.files.list('1', { items_per_page: 1 })
  const channelFiles = (abeja: AbejaClient) => abeja.channels.files.list('1')
  const channelList = (abeja: AbejaClient) => abeja.channels.list()
  const channel = { channel_id: '1' }

  test.each<[string, (abeja: AbejaClient) => Paged<unknown>, object, string]>([
    ['a full page of a bucket without a cursor', bucketFiles, { files: [file], total: 7 }, 'files, total'],
    ['a full page of a bucket with a null cursor', bucketFiles, { files: [file], last_file_id: null }, 'last_file_id'],
    [
      'a page of a bucket with an unknown cursor',
      (abeja) => abeja.buckets.files.list('1'),
      { files: [file], next_marker: 'a' },
      'next_marker',
    ],
    [
      'a page of a bucket that is truncated',
      (abeja) => abeja.buckets.files.list('1'),
      { files: [file], is_truncated: true },
      'is_truncated',
    ],
    [
      'a page of a bucket with a nested cursor',
      (abeja) => abeja.buckets.files.list('1'),
      { files: [file], paging: { next: 'https://api.example/2' } },
      'paging.next',
    ],
    ['a bucket cursor that is an array', bucketFiles, { files: [file], last_file_id: ['/a'] }, 'last_file_id'],
    ['a bucket cursor that is a number', bucketFiles, { files: [file], next_start_after: 5 }, 'next_start_after'],
    ['a token that is a number', channelFiles, { files: [], next_page_token: 5 }, 'next_page_token'],
    ['a token that is an array', channelFiles, { files: [], next_page_token: ['a'] }, 'next_page_token'],
    ['another token', channelFiles, { files: [], nextPageToken: 'a' }, 'nextPageToken'],
    ['has_next beside no token', channelFiles, { files: [], has_next: true }, 'has_next'],
    ['a missing has_next', channelList, { channels: [channel], offset: 0, limit: 1 }, 'has_next'],
    ['has_next as text', channelList, { channels: [channel], offset: 0, limit: 1, has_next: 'false' }, 'has_next'],
    ['an offset as text', channelList, { channels: [channel], offset: '0', limit: 1, has_next: true }, 'offset'],
    ['a missing limit', channelList, { channels: [channel], offset: 0, has_next: true }, 'limit'],
    ['a limit that is not whole', channelList, { channels: [channel], offset: 0, limit: 0.5, has_next: true }, 'limit'],
    ['more triggers', (abeja) => abeja.triggers.list('1'), { entries: [], next_page_token: 'a' }, 'next_page_token'],
    ['an item that is null', channelFiles, { files: [null] }, 'files[0]'],
    ['an item without an id', bucketFiles, { files: [{ is_file: true }] }, 'files[0].file_id'],
    ['is_file as text', bucketFiles, { files: [{ file_id: '/a', is_file: 'true' }] }, 'files[0].is_file'],
  ])('%s', async (_what, list, json, member) => {
    const { abeja, server } = await paging({ json })
    expect(await errorOf(list(abeja).toArray())).toMatchObject({
      name: 'InvalidResponseError',
      status: 200,
      operationId: expect.any(String),
      message: expect.stringContaining(member),
    })
    expect(server.requests).toHaveLength(1)
  })

  test('while members that mean nothing more are no reason', async () => {
    const more = { next_page_token: null, next: '', has_more: false, previous_token: 'a', last_modified: '2024-01-01' }
    const { abeja } = await paging({ json: { files: [file], ...more } }, { json: { files: [file], ...more } })
    expect(await abeja.buckets.files.list('1').toArray()).toHaveLength(1)
    expect(await abeja.channels.files.list('1').toArray()).toHaveLength(1)
  })
})

describe('the runs of a trigger', () => {
  const runs = (ids: readonly string[], next_page_token?: string): Answer => ({
    json: { entries: ids.map((run_id) => ({ run_id })), next_page_token },
  })

  test('are asked for in the same direction on every page', async () => {
    const { abeja, queries } = await paging(runs(['a'], '1'), runs(['b'], '2'), runs(['c']))
    expect(await abeja.triggers.runs.list('1', '2', { scan_forward: true }).toArray()).toHaveLength(3)
    expect(queries()).toEqual([
      'scan_forward=true',
      'scan_forward=true&next_page_token=1',
      'scan_forward=true&next_page_token=2',
    ])
  })

  test('may begin with a token and a direction', async () => {
    const { abeja, queries } = await paging(runs(['b']))
    await abeja.triggers.runs.list('1', '2', { scan_forward: false, next_page_token: '1' }).toArray()
    expect(queries()).toEqual(['scan_forward=false&next_page_token=1'])
  })
})
