import { randomUUID } from 'node:crypto'
import { InvalidRequestError } from '../../index.ts'
import type { PartFile, TransferPart } from './part.ts'

/** The options of every plan. */
export interface PlanOptions {
  /**
   * The most files of a part.
   * @default 1000
   */
  readonly partSize?: number | undefined
  /**
   * The id of the plan, a UUID. A plan that is made again with the same id and `partSize` has the same parts, as long as
   * its files are the same: files of a part that was run already are not transferred again.
   * @default a random one
   */
  readonly id?: string | undefined
  /**
   * The last part that an interrupted plan of the same transfer has made: the plan goes on after it. Files that have come
   * since are left to the next plan.
   */
  readonly after?: TransferPart | undefined
  /** Ends the plan: its iteration throws the reason. */
  readonly signal?: AbortSignal | undefined
}

export const PLAN_OPTIONS = { after: true, id: true, partSize: true, signal: true } as const

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** What all parts of a plan have in common. */
export type PartHead = Pick<TransferPart, 'address' | 'direction' | 'directory' | 'options'>

/** Divides files into parts. The last part, and only that one, may be empty. */
export async function* divide(
  files: AsyncIterable<PartFile>,
  head: PartHead,
  { partSize = 1000, id = randomUUID(), after, signal }: PlanOptions,
): AsyncGenerator<TransferPart, void, undefined> {
  if (!(Number.isInteger(partSize) && partSize >= 1)) {
    throw new InvalidRequestError(`partSize must be a positive integer (received ${String(partSize)}).`)
  }
  if (!UUID.test(id)) throw new InvalidRequestError(`id must be a UUID (received ${JSON.stringify(id)}).`)
  if (after) requireSamePlan(after, head)
  if (after?.last) return
  const [plan, plannedAt] = after ? [after.plan, after.plannedAt] : [id, new Date().toISOString()]
  const lastDone = after?.files.at(-1)
  let isPassed = lastDone === undefined
  let number = (after?.number ?? 0) + 1
  let waiting: PartFile[] = []
  const part = (last: boolean): TransferPart => ({
    ...{ version: 1, ...head, plan, number, plannedAt },
    ...(last && { last }),
    files: waiting,
  })
  for await (const file of files) {
    signal?.throwIfAborted()
    if (!isPassed) {
      isPassed = file.path === lastDone?.path && file.id === lastDone.id
      continue
    }
    if (waiting.length === partSize) {
      yield part(false)
      number += 1
      waiting = []
    }
    waiting.push(file)
  }
  signal?.throwIfAborted()
  if (!isPassed) {
    throw new InvalidRequestError(`after: its last file was not found again: ${lastDone?.path}. Make a new plan.`)
  }
  yield part(true)
}

function requireSamePlan(after: TransferPart, head: PartHead): void {
  const other = (['direction', 'address', 'directory'] as const).find((name) => after[name] !== head[name])
  if (other === undefined) return
  throw new InvalidRequestError(
    `after must be a part of the same transfer (its ${other} is ${after[other]}, not ${head[other]}).`,
  )
}
