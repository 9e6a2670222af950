import { expect, expectTypeOf, test } from 'vitest'
import type { AbejaError, components } from '../../src/index.ts'
import { type ApiError, isAbejaError, isApiError, NotFoundError, TimeoutError } from '../../src/index.ts'

type ErrorBody = components['schemas']['ErrorResponse']

const body = { error: 'not_found', error_description: 'channel not found' }
const notFound: unknown = new NotFoundError('gone', { operationId: 'getChannel', status: 404, body })

test('isApiError types the body of an operation and a status by the description', () => {
  if (!isApiError(notFound, 'getChannel', 404)) throw notFound
  expectTypeOf(notFound.body).toEqualTypeOf<ErrorBody | undefined>()
  expectTypeOf(notFound.status).toEqualTypeOf<404>()
  expectTypeOf(notFound.operationId).toEqualTypeOf<'getChannel'>()
  expect(notFound.body?.error_description).toBe('channel not found')
})

test('isApiError leaves the body untyped without a status', () => {
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

test('isApiError rejects another operation, another status and another error', () => {
  expect(isApiError(notFound, 'getBucket')).toBe(false)
  expect(isApiError(notFound, 'getChannel', 403)).toBe(false)
  expect(isApiError(new TimeoutError('late', 'timeout', { operationId: 'getChannel' }))).toBe(false)
  expect(isApiError(new Error('gone'), 'getChannel', 404)).toBe(false)
  expect(isApiError(undefined)).toBe(false)
})

test('the guards accept an error of another copy of the package, but not a similar object', () => {
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

test('isApiError does not compile with an undocumented status or operation', () => {
  // @ts-expect-error getChannel documents no 409
  expect(isApiError(notFound, 'getChannel', 409)).toBe(false)
  // @ts-expect-error not an operation
  expect(isApiError(notFound, 'getStream')).toBe(false)
  // @ts-expect-error 200 is not an error status
  expect(isApiError(notFound, 'getChannel', 200)).toBe(false)
})

test('TimeoutError types its kind', () => {
  expectTypeOf<TimeoutError['kind']>().toEqualTypeOf<'timeout' | 'idleTimeout' | 'totalTimeout'>()
  expectTypeOf<ApiError['attempts'][number]['status']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<InstanceType<typeof ApiError>['details']>().toBeUnknown()
})
