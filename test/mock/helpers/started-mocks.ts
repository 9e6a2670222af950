import { afterEach } from 'vitest'
import { type Mock, type MockOptions, startMock } from '../../../src/mock.ts'
import { Caller } from './caller.ts'

const started: Mock[] = []

/** Lets the tests of a file start mock servers of their own: strict ones, that stop with the test. */
export function startedMocks() {
  afterEach(async () => {
    for (const mock of started.splice(0)) await mock.stop()
  })
  return async (options: MockOptions = {}): Promise<{ mock: Mock; user: Caller }> => {
    const mock = await startMock({ strict: true, ...options })
    started.push(mock)
    return { mock, user: new Caller(mock.url, 'Bearer x') }
  }
}
