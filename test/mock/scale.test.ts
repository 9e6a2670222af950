import { describe, expect, test } from 'vitest'
import { entriesIn } from '../../src/mock/handlers/bucket-entries.ts'
import { orderOf } from '../../src/mock/handlers/sort.ts'
import type { StoredFile } from '../../src/mock/store/rows.ts'
import { Store } from '../../src/mock/store/store.ts'

const stored: StoredFile = {
  ...{ blob: 'x', size: 1, md5: 'x', content_type: 'text/plain', metadata: {} },
  ...{ uploaded_at: 0, lifetime: null, expires_at: null },
}

function storeOf(count: number): Store {
  const store = new Store()
  for (let index = 0; index < count; index += 1) {
    const id = `f${String((index * 7919) % count).padStart(6, '0')}`
    store.channelFiles.put({ ...stored, channel_id: '1', file_id: id, uploaded_at: index })
    store.bucketFiles.put({ ...stored, bucket_id: '1', location: `${id.slice(0, 3)}/${id}` })
  }
  return store
}

/** The milliseconds that a thousand pages take, after the first one, which may have to put an order together. */
function pagesOf(take: () => Iterable<unknown>): number {
  const page = () => {
    let size = 0
    for (const _ of take()) if (++size === 100) return
  }
  page()
  const started = performance.now()
  for (let count = 0; count < 1000; count += 1) page()
  return performance.now() - started
}

describe('a page of a list costs the same, whatever is stored', () => {
  const [small, large] = [storeOf(1000), storeOf(100_000)]

  test.each<[string, (store: Store) => Iterable<unknown>]>([
    ['files of a channel', (store) => store.channelFiles.sorted('1', orderOf()).after([500, 'f'])],
    [
      'files of a channel in another order',
      (store) => store.channelFiles.sorted('1', orderOf(['-file_id'])).after(null),
    ],
    ['files of a folder', (store) => entriesIn(store, '1', 'f00/', 'f00/f000100')],
    ['folders of a bucket', (store) => entriesIn(store, '1', '', '')],
  ])('%s', (_, take) => {
    const [few, many] = [pagesOf(() => take(small)), pagesOf(() => take(large))]
    expect(many).toBeLessThan(10 * few + 200)
  })
})

test('a change during which something fails has not happened', () => {
  let isFull = false
  const append = () => {
    if (isFull) throw new Error('ENOSPC')
  }
  const store = new Store({ append, replace: append })
  const file = (file_id: string, size: number) => ({ ...stored, channel_id: '1', file_id, size })
  store.transaction(() => store.channelFiles.put(file('a', 1)))
  const order = orderOf(['file_id'])
  const ids = () => [...store.channelFiles.sorted('1', order).after(null)].map(({ file_id, size }) => [file_id, size])
  expect(ids()).toEqual([['a', 1]])
  const released: string[] = []
  const change = () => {
    store.channelFiles.put(file('a', 2))
    store.channelFiles.put(file('b', 1))
    store.channelFiles.remove(file('a', 2))
    store.afterCommit(() => released.push('a'))
  }
  isFull = true
  expect(() => store.transaction(change)).toThrow('ENOSPC')
  expect(() => store.replace({})).toThrow('ENOSPC')
  isFull = false
  const failing = () => {
    change()
    throw new Error('refused')
  }
  expect(() => store.transaction(failing)).toThrow('refused')
  expect([ids(), released]).toEqual([[['a', 1]], []])
  store.transaction(change)
  expect([ids(), released]).toEqual([[['b', 1]], ['a']])
})
