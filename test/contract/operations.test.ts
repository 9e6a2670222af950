import { describe, expect, test } from 'vitest'
import {
  ApiError,
  BadRequestError,
  ConflictError,
  ForbiddenError,
  InternalServerError,
  isAbejaError,
  NotFoundError,
  UnauthorizedError,
} from '../../src/index.ts'
import { errorOf } from '../helpers/abeja.ts'
import { isJson, withPlainMetadata } from '../helpers/plain-metadata.ts'
import { answerOf, described } from '../spec/description.ts'
import { contractOf } from './contracts.ts'
import { observedClient } from './observed-client.ts'

const ERRORS: Readonly<Record<number, typeof ApiError>> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  500: InternalServerError,
}

describe.each(described)('$id', ({ id, operation, method, statuses }) => {
  const { call, unwraps } = contractOf(id)
  const { examples } = answerOf(operation, 200)
  // A list that begins with another example has no end.
  const usable = [...examples].filter(
    ([name]) => !operation.summary.startsWith('List ') || /^(last|empty|folder)$/.test(name),
  )

  test.each(usable)('answers what the example `%s` shows, unwrapped and decoded', async (name, example) => {
    const { abeja, exchanges } = observedClient([`code=200, example=${name}`])
    const result = await call(abeja, {})
    expect(result).toEqual(withPlainMetadata(field(example, unwraps), decodeURIComponent))
    expect(exchanges).toMatchObject([{ operationId: id, method, status: 200, violations: null }])
  })

  test.each(statuses.filter((status) => status !== 200))(
    'answers %i with an error that tells all of it',
    async (status) => {
      const { abeja, exchanges } = observedClient()
      const error = await errorOf(call(abeja, { headers: { prefer: `code=${status}` } }))
      const [example] = answerOf(operation, status).examples.values()
      if (!isAbejaError(error) || !isJson(example)) throw error

      expect(error).toBeInstanceOf(ERRORS[status] ?? ApiError)
      expect(error).toBeInstanceOf(ApiError)
      expect(exchanges).toMatchObject([{ operationId: id, method, status, violations: null }])
      expect(error).toMatchObject({
        name: ERRORS[status]?.name,
        operationId: id,
        method,
        url: exchanges[0]?.url.replace(/\bq=[^&]*/, 'q=REDACTED'),
        status,
        error: example.error,
        error_description: example.error_description,
        error_detail: example.error_detail,
        body: example,
        headers: { 'content-type': expect.stringContaining('application/json') },
        attempts: [
          { status, delayMs: 0, durationMs: expect.any(Number), reason: expect.stringContaining(`${status}`) },
        ],
      })
      expect(error.message).toContain(id)
      expect(error.message).toContain(`${example.error_description}`)
    },
  )
})

test('keys of the platform stand apart from those of the user', async () => {
  const { abeja } = observedClient()
  const { metadata, system_metadata } = await abeja.channels.files.updateMetadata('1', '2', {})
  expect({ metadata, system_metadata }).toEqual({
    metadata: { filename: 'test.csv' },
    system_metadata: { organizationid: '1200123565071' },
  })
})

function field(answer: unknown, name: string | undefined): unknown {
  return name === undefined ? answer : isJson(answer) ? answer[name] : undefined
}
