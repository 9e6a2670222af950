import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type Mock, type MockOptions, startMock } from '../../../src/mock.ts'
import { Caller } from './caller.ts'

/** A mock server for the tests of a file, its callers, and a clock to set. */
export interface MockFixture {
  readonly mock: Mock
  /** A user with a good credential. */
  readonly user: Caller
  /** Sends no credential. */
  readonly nobody: Caller
  /** Lets time pass. */
  passes(milliseconds: number): void
  as(authorization: string): Caller
}

/** When every test begins. */
export const beginning = Date.parse('2024-02-01T00:00:00Z')

/**
 * Starts one server for the file, and takes it back to the seed before each test. An answer that is not what the
 * description says is answered with 500, and fails the test besides.
 */
export function useMock(options: MockOptions = {}): MockFixture {
  let mock: Mock | undefined
  let now = beginning
  const violations: unknown[] = []
  const running = () => {
    if (!mock) throw new Error('the mock server runs during tests only')
    return mock
  }
  beforeAll(async () => {
    const onViolation = (violation: unknown) => void violations.push(violation)
    mock = await startMock({ strict: true, onViolation, clock: () => now, ...options })
  })
  beforeEach(() => {
    now = beginning
    violations.length = 0
    running().reset()
  })
  afterEach(() => expect(violations).toEqual([]))
  afterAll(() => running().stop())
  return {
    get mock() {
      return running()
    },
    get user() {
      return new Caller(running().url, basic('user-1111111111111', 'a-token'))
    },
    get nobody() {
      return new Caller(running().url)
    },
    passes: (milliseconds) => {
      now += milliseconds
    },
    as: (authorization) => new Caller(running().url, authorization),
  }
}

export function basic(name: string, secret: string): string {
  return `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`
}

/** The ids of the documents. */
export const ids = {
  organization: '1234567890123',
  channel: '1230000000000',
  file: '20180510T110208-193d0d17-f0b1-4549-96df-651c02ccb8c9',
  datasource: '1442132811920',
  bucket: '1230000000000',
  deployment: '1111111111111',
  trigger: 'tri-3333333333333333',
  inputChannel: '2222222222222',
} as const

export const organization = `/organizations/${ids.organization}`
export const day = 24 * 60 * 60 * 1000
