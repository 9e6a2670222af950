import { describe, expect, test } from 'vitest'
import { AbejaError, ApiError, InternalServerError, isAbejaError, isApiError, RateLimitError } from '../../src/index.ts'
import { abejaAt, errorOf } from '../helpers/abeja.ts'
import { type Answer, recordingServer } from '../helpers/recording-server.ts'

/** The error of one call that is answered so. */
async function failed(answer: Answer): Promise<AbejaError> {
  const server = await recordingServer([answer])
  const error = await errorOf(abejaAt(server.url).channels.get('1'))
  if (!isAbejaError(error)) throw error
  return error
}

const html = { 'content-type': 'text/html' }

describe('the class of an error tells the status', () => {
  test.each([
    [400, 'BadRequestError'],
    [401, 'UnauthorizedError'],
    [403, 'ForbiddenError'],
    [404, 'NotFoundError'],
    [405, 'ApiError'],
    [409, 'ConflictError'],
    [418, 'ApiError'],
    [429, 'RateLimitError'],
    [500, 'InternalServerError'],
    [502, 'InternalServerError'],
    [599, 'InternalServerError'],
  ])('%i is a %s', async (status, name) => {
    const error = await failed({ status })
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toBeInstanceOf(AbejaError)
    expect(error).toMatchObject({ name, status, operationId: 'getChannel', method: 'GET' })
    expect(isApiError(error)).toBe(true)
  })

  test('and of a success that is none too', async () => {
    const error = await failed({ status: 204 })
    expect(error).toMatchObject({ name: 'InvalidResponseError', status: 204 })
    expect(isApiError(error)).toBe(false)
  })
})

describe('an error tells what the answer told', () => {
  test('in the fields of the platform', async () => {
    const json = { error: 'invalid', error_description: 'no name', error_detail: { name: ['missing'] } }
    expect(await failed({ status: 400, json })).toMatchObject({
      code: json.error,
      description: json.error_description,
      details: json.error_detail,
      body: json,
    })
  })

  test.each([
    ['text', { body: 'nope' }, 'nope'],
    ['HTML', { body: '<h1>Bad gateway</h1>', headers: html }, '<h1>Bad gateway</h1>'],
    ['a JSON array', { json: ['nope'] }, ['nope']],
    ['JSON with other types', { json: { error: 4, error_description: null } }, { error: 4, error_description: null }],
    ['nothing', {}, undefined],
  ])('when the body is %s', async (_, answer, body) => {
    const error = await failed({ status: 400, ...answer })
    expect(error.body).toEqual(body)
    expect([error.code, error.description]).toEqual([undefined, undefined])
  })

  test('with the headers that are safe to show, and the id for the support', async () => {
    const headers = { 'x-request-id': 'req-1', 'set-cookie': 'session=secret', 'retry-after': '7' }
    const error = await failed({ status: 429, headers })
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ requestId: 'req-1', retryAfterMs: 7000, headers: { 'retry-after': '7' } })
    expect(JSON.stringify([error.headers, error])).not.toContain('secret')
  })

  test('with a body of 64 KiB at most', async () => {
    const error = await failed({ status: 500, body: 'x'.repeat(1_000_000) })
    expect(error).toBeInstanceOf(InternalServerError)
    // Its very end is left out: it could be the first half of a secret.
    expect(`${error.body}`.length).toBeGreaterThan(32 * 1024)
    expect(`${error.body}`.length).toBeLessThanOrEqual(64 * 1024)
  })
})

test('an error as JSON is plain and holds no cause', async () => {
  const error = await failed({ status: 404, json: { error: 'not_found', error_description: 'channel not found' } })
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    name: 'NotFoundError',
    operationId: 'getChannel',
    method: 'GET',
    url: expect.stringMatching(/\/organizations\/1234567890123\/channels\/1$/),
    status: 404,
    code: 'not_found',
    description: 'channel not found',
    retryable: false,
    attempts: [{ status: 404, delayMs: 0, mayHaveBeenProcessed: false }],
  })
})

describe('a success that is not what the description promises is an error', () => {
  test.each<[string, Answer, RegExp]>([
    ['an empty body', {}, /Status 200 without a body, but JSON is expected; the request may have been processed/],
    ['HTML', { body: '<html>', headers: html }, /Expected JSON, but the response is text\/html\. Check baseUrl/],
    [
      'JSON that is cut off',
      { body: '{"channel": {', headers: { 'content-type': 'application/json' } },
      /not complete JSON/,
    ],
    ['an array', { json: [] }, /Unexpected response: the response must be an object \(received an array\)/],
    [
      'null',
      { body: 'null', headers: { 'content-type': 'application/json' } },
      /the response must be an object \(received null\)/,
    ],
    ['an object without the channel', { json: {} }, /channel must be an object \(received nothing\)/],
  ])('%s', async (_, answer, message) => {
    const error = await failed(answer)
    expect(error).toMatchObject({ name: 'InvalidResponseError', status: 200, operationId: 'getChannel' })
    expect(error.message).toMatch(message)
  })
})
