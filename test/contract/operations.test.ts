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
import { callOf, observedClient } from './observed-client.ts'

const ERRORS: Readonly<Record<number, typeof ApiError>> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  500: InternalServerError,
}

describe.each(described)('$id', ({ id, operation, method, statuses }) => {
  const call = callOf(id)

  test.each([...answerOf(operation, 200).examples])('answers what the example `%s` shows', async (name, example) => {
    const { abeja, exchanges } = observedClient([`code=200, example=${name}`])
    expect(await call(abeja)).toEqual(handedOut(example))
    expect(exchanges).toMatchObject([{ operationId: id, method, status: 200, violations: null }])
  })

  test.each(statuses.filter((status) => status >= 400))(
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
        url: exchanges[0]?.url,
        status,
        code: example.error,
        description: example.error_description,
        details: example.error_detail,
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
  const { abeja } = observedClient(['example=documented'])
  expect(await abeja.channels.files.updateMetadata('1', '2', {})).toMatchObject({
    metadata: { filename: 'test.csv' },
    system_metadata: { organizationid: '1200123565071' },
  })
})

/** The fields that a method hands out in the place of the envelope around them. */
const UNWRAPPED = ['channel', 'bucket', 'datasource']
const LISTED = ['channels', 'buckets', 'datasources', 'files', 'entries']

/** What a method makes of an answer: of a list a page, else the one thing that the envelope holds, or the whole. */
function handedOut(answer: unknown): unknown {
  if (!isJson(answer)) throw new Error('an example is an object')
  const decoded = (value: unknown) => withPlainMetadata(value, decodeURIComponent)
  const list = LISTED.find((name) => name in answer)
  if (list !== undefined) return { items: decoded(answer[list]), envelope: answer, cursor: cursorOf(answer) }
  const field = UNWRAPPED.find((name) => name in answer)
  return decoded(field === undefined ? answer : answer[field])
}

function cursorOf({
  has_next,
  offset,
  limit,
  next_page_token,
  last_file_id,
}: Readonly<Record<string, unknown>>): unknown {
  return has_next === true ? `${Number(offset) + Number(limit)}` : (next_page_token ?? last_file_id ?? undefined)
}
