import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { type Answer, recordingServer } from '../helpers/recording-server.ts'

/** Three pages of two channels each. */
function page(query: string | null): Answer {
  const offset = Number(new URLSearchParams(query ?? '').get('offset') ?? 0)
  const channels = [{ channel_id: `${offset}` }, { channel_id: `${offset + 1}` }]
  return { json: { channels, limit: 2, offset, has_next: offset < 4 } }
}

async function threePages() {
  const server = await recordingServer(({ query }) => page(query))
  return { list: abejaAt(server.url).channels.list(), server, abeja: abejaAt(server.url) }
}

describe('a list', () => {
  test('requests nothing before it is read', async () => {
    const { list, server } = await threePages()
    list.byPage()
    list[Symbol.asyncIterator]()
    expect(server.requests).toEqual([])
  })

  test('requests nothing more when reading stops', async () => {
    const { list, server } = await threePages()
    for await (const { channel_id } of list) if (channel_id === '1') break
    expect(server.requests).toHaveLength(1)
  })

  test('can be read twice, from the start each time', async () => {
    const { list, server } = await threePages()
    expect(await list.toArray()).toEqual(await list.toArray())
    expect(server.requests).toHaveLength(6)
  })

  test('ends with the error of the page that failed, after the items before it', async () => {
    const server = await recordingServer([page(null), { status: 404 }])
    const seen: string[] = []
    const walk = async () => {
      for await (const { channel_id } of abejaAt(server.url).channels.list()) seen.push(channel_id)
    }
    expect(await errorOf(walk())).toMatchObject({ name: 'NotFoundError', operationId: 'listChannels' })
    expect(seen).toEqual(['0', '1'])
  })
})

describe('the iterator of a list', () => {
  test('gives each of several calls of next its own item, in order, across pages', async () => {
    const { list, server } = await threePages()
    const items = list[Symbol.asyncIterator]()
    const results = await Promise.all(Array.from({ length: 8 }, () => items.next()))
    expect(results.map(({ value }) => value?.channel_id)).toEqual(['0', '1', '2', '3', '4', '5', undefined, undefined])
    expect(results.map(({ done }) => done)).toEqual([false, false, false, false, false, false, true, true])
    expect(server.requests).toHaveLength(3)
  })

  test('ends after return, and after throw, which rejects with its error', async () => {
    const { list, server } = await threePages()
    for (const end of ['return', 'throw'] as const) {
      const items = list[Symbol.asyncIterator]()
      expect(await items.next()).toMatchObject({ value: { channel_id: '0' } })
      if (end === 'return') expect(await items.return?.()).toEqual({ done: true, value: undefined })
      else await expect(items.throw?.(new Error('enough'))).rejects.toThrow('enough')
      expect(await items.next()).toEqual({ done: true, value: undefined })
    }
    expect(server.requests).toHaveLength(2)
  })

  test('ends after a page that failed', async () => {
    const server = await recordingServer([{ status: 404 }])
    const items = abejaAt(server.url).channels.list()[Symbol.asyncIterator]()
    const [first, second] = [items.next(), items.next()]
    await expect(first).rejects.toMatchObject({ name: 'NotFoundError' })
    expect(await second).toEqual({ done: true, value: undefined })
  })
})

describe('toArray', () => {
  test.each([
    [0, 0, 0],
    [1, 1, 1],
    [2, 2, 1],
    [3, 3, 2],
    [6, 6, 3],
    [99, 6, 3],
    [Number.POSITIVE_INFINITY, 6, 3],
  ])('with a limit of %i takes %i items of %i pages', async (limit, items, pages) => {
    const { list, server } = await threePages()
    expect(await list.toArray({ limit })).toHaveLength(items)
    expect(server.requests).toHaveLength(pages)
  })

  test.each([-1, Number.NaN])('rejects a limit of %d', async (limit) => {
    const { list } = await threePages()
    expect(await errorOf(list.toArray({ limit }))).toMatchObject({
      name: 'InvalidRequestError',
      message: expect.stringContaining(`limit must be a number, 0 or more (received ${limit})`),
    })
  })
})

describe('byPage', () => {
  test('returns the cursor that continues after each page, and none after the last', async () => {
    const { list } = await threePages()
    const cursors: unknown[] = []
    for await (const { cursor, items, envelope } of list.byPage()) cursors.push([cursor, items.length, envelope.offset])
    expect(cursors).toEqual([
      ['2', 2, 0],
      ['4', 2, 2],
      [undefined, 2, 4],
    ])
  })

  test('continues from a cursor, also in another process', async () => {
    const { abeja, server } = await threePages()
    const { value } = await abeja.channels.list().byPage().next()
    const rest: string[] = []
    for await (const { items } of abeja.channels.list().byPage({ from: value?.cursor })) {
      rest.push(...items.map(({ channel_id }) => channel_id))
    }
    expect(rest).toEqual(['2', '3', '4', '5'])
    expect(server.requests).toHaveLength(3)
  })
})

describe('the options of a list apply to the whole iteration', () => {
  test('a signal ends it between two pages', async () => {
    const { abeja, server } = await threePages()
    const controller = new AbortController()
    const walk = async () => {
      for await (const { channel_id } of abeja.channels.list({}, { signal: controller.signal })) {
        if (channel_id === '1') controller.abort(new Error('enough'))
      }
    }
    expect(await errorOf(walk())).toMatchObject({ name: 'AbortedError', cause: { message: 'enough' } })
    expect(server.requests).toHaveLength(1)
  })

  test('totalTimeout covers the whole iteration, including the time spent in the loop body', async () => {
    const { abeja, server } = await threePages()
    const now = performance.now.bind(performance)
    let slept = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + slept)
    onTestFinished(() => clock.mockRestore())
    const walk = async () => {
      for await (const { channel_id } of abeja.channels.list({}, { totalTimeout: 60_000 })) {
        if (channel_id === '1') slept = 60_000
      }
    }
    expect(await errorOf(walk())).toMatchObject({ name: 'TimeoutError', kind: 'totalTimeout' })
    expect(server.requests).toHaveLength(1)
  })

  test('headers and the organization go with every page', async () => {
    const { abeja, server } = await threePages()
    await abeja.channels.list({}, { organizationId: '7', headers: { 'x-a': 'b' } }).toArray()
    expect(
      server.requests.map(({ path, headers }) => [
        path,
        headers.some(([name, value]) => name === 'x-a' && value === 'b'),
      ]),
    ).toEqual(Array.from({ length: 3 }, () => ['/organizations/7/channels', true]))
  })
})
