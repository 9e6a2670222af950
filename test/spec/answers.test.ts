import { describe, expect, test } from 'vitest'
import { answerOf, described } from './description.ts'

describe.each(described)('$id', ({ operation, statuses }) => {
  const success = answerOf(operation, 200)

  test('shows the example of the reference first', () => {
    expect([...success.examples.keys()][0]).toBe('documented')
  })

  test('has a success that an empty object is not', () => {
    expect(success.schema.type).toBe('object')
    expect(success.schema.required ?? []).not.toHaveLength(0)
  })

  test('has an example of each error, in the one form that errors have', () => {
    for (const status of statuses.filter((code) => code >= 400)) {
      const { reference, examples } = answerOf(operation, status)
      expect(reference).toBe('#/components/schemas/ErrorResponse')
      expect(examples.size).toBeGreaterThan(0)
    }
  })
})

const lists = described.filter(({ operation }) => operation.summary.startsWith('List '))

test('seven operations list something', () => {
  expect(lists.map(({ id }) => id).sort()).toEqual([
    'getTriggerRuns',
    'getTriggers',
    'listBucketFiles',
    'listBuckets',
    'listChannelDatasources',
    'listChannelFiles',
    'listChannels',
  ])
})

describe.each(lists)('the list $id', ({ operation }) => {
  const { examples } = answerOf(operation, 200)

  test('ends with the example `last`', () => {
    expect(itemsOf(examples.get('last'))).not.toHaveLength(0)
    expect(cursorsOf(examples.get('last'))).toEqual([])
  })

  test('ends with the example `empty`', () => {
    expect(itemsOf(examples.get('empty'))).toHaveLength(0)
    expect(cursorsOf(examples.get('empty'))).toEqual([])
  })
})

function itemsOf(page: unknown): unknown {
  return Object.values(page ?? {}).find((value) => Array.isArray(value))
}

/** What on a page says that another follows, in any of the three schemes. */
function cursorsOf(page: unknown): unknown[] {
  const entries = Object.entries(page ?? {})
  return entries.filter(
    ([name, value]) => /^(has_next|next_page_token|last_file_id|next_start_after)$/.test(name) && value,
  )
}
