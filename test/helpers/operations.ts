import { type OperationId, operations } from '../../generated/operations.ts'
import { answerOf, described } from '../spec/description.ts'
import { operationCalls } from './operation-calls.ts'

/** One operation: how it is called, what it answers, and whether it creates something. */
export interface Operation {
  readonly id: OperationId
  readonly call: (typeof operationCalls)[OperationId]
  readonly answer: unknown
  readonly creates: boolean
  readonly uploads: boolean
}

const UPLOADS: readonly OperationId[] = ['postChannelFileUpload', 'uploadBucketFile']

/** All operations of the description. */
export const allOperations: readonly Operation[] = idsOf(operations).map((id) => ({
  id,
  call: operationCalls[id],
  answer: exampleAnswer(id),
  creates: !operations[id].idempotent,
  uploads: UPLOADS.includes(id),
}))

/** Of one operation, what it answers in the description's first example. */
export function exampleAnswer(id: OperationId): unknown {
  const found = described.find((operation) => operation.id === id)
  if (!found) throw new Error(`${id} stands in no description`)
  return [...answerOf(found.operation, 200).examples.values()][0]
}

/** A file of a channel whose bytes are there for a long time. */
export function fileAt(download_uri: string): object {
  return { ...Object(exampleAnswer('getChannelFileDownload')), download_uri, url_expires_on: '2999-01-01T00:00:00Z' }
}

function idsOf<Id extends string>(table: Readonly<Record<Id, unknown>>): Id[] {
  const ids: Id[] = []
  for (const id in table) ids.push(id)
  return ids
}
