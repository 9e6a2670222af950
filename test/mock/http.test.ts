import { describe, expect, test } from 'vitest'
import { useMock } from './helpers/use-mock.ts'

const fixture = useMock()

describe('HEAD', () => {
  test('of the stream of events ends', async () => {
    const { status, headers } = await fixture.nobody.call('HEAD', '/_mock/events')
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  })
})
