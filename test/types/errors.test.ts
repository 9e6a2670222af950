import { expect, expectTypeOf, test } from 'vitest'
import type { AbejaError, components } from '../../src/index.ts'
import { type ApiError, isAbejaError, isApiError, NotFoundError, TimeoutError } from '../../src/index.ts'

type ErrorBody = components['schemas']['ErrorResponse']

const body = { error: 'not_found', error_description: 'channel not found' }
const notFound: unknown = new NotFoundError('gone', { operationId: 'getChannel', status: 404, body })

test('an error of an operation and a status has the body that the description gives it', () => {
  if (!isApiError(notFound, 'getChannel', 404)) throw notFound
  expectTypeOf(notFound.body).toEqualTypeOf<ErrorBody | undefined>()
  expectTypeOf(notFound.status).toEqualTypeOf<404>()
  expectTypeOf(notFound.operationId).toEqualTypeOf<'getChannel'>()
  expect(notFound.body?.error_description).toBe('channel not found')
})

test('an error of an operation has the body of no status yet', () => {
  if (!isApiError(notFound, 'getChannel')) throw notFound
  expectTypeOf(notFound.body).toBeUnknown()
  expectTypeOf(notFound.operationId).toEqualTypeOf<'getChannel'>()
})

test('the guards narrow to the classes', () => {
  expectTypeOf<ApiError['status']>().toBeNumber()
  if (isApiError(notFound)) expectTypeOf(notFound).toEqualTypeOf<ApiError>()
  if (isAbejaError(notFound)) expectTypeOf(notFound).toEqualTypeOf<AbejaError>()
  expect(isApiError(notFound) && isAbejaError(notFound)).toBe(true)
})

test('another operation, another status and another error are told apart', () => {
  expect(isApiError(notFound, 'getBucket')).toBe(false)
  expect(isApiError(notFound, 'getChannel', 403)).toBe(false)
  expect(isApiError(new TimeoutError('late', 'timeout', { operationId: 'getChannel' }))).toBe(false)
  expect(isApiError(new Error('gone'), 'getChannel', 404)).toBe(false)
  expect(isApiError(undefined)).toBe(false)
})

test('an error of another copy of the package counts, and a look-alike does not', () => {
  const foreign = {
    ...body,
    name: 'NotFoundError',
    status: 404,
    operationId: 'getChannel',
    [Symbol.for('abeja-platform-client.error')]: true,
  }
  expect(isApiError(foreign, 'getChannel', 404)).toBe(true)
  expect(isApiError({ name: 'NotFoundError', status: 404 }, 'getChannel', 404)).toBe(false)
})

test('a status or an operation that the description does not have does not compile', () => {
  // @ts-expect-error getChannel documents no 409
  expect(isApiError(notFound, 'getChannel', 409)).toBe(false)
  // @ts-expect-error there is no such operation
  expect(isApiError(notFound, 'getStream')).toBe(false)
  // @ts-expect-error 200 is no error
  expect(isApiError(notFound, 'getChannel', 200)).toBe(false)
})

test('the clock that ran out is named', () => {
  expectTypeOf<TimeoutError['kind']>().toEqualTypeOf<'timeout' | 'idleTimeout' | 'totalTimeout'>()
  expectTypeOf<ApiError['attempts'][number]['status']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<InstanceType<typeof ApiError>['details']>().toBeUnknown()
})
