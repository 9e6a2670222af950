import { badQuery } from '../api/http-error.ts'
import { triggerTime } from '../clock.ts'
import type { Schemas } from '../description.ts'
import { progressOf, type RunTimes } from '../runs.ts'
import type { Run } from '../store/rows.ts'
import type { Order } from '../store/sorted-rows.ts'
import type { Handler } from './call.ts'
import { decodeToken, encodeToken, takePage } from './page-token.ts'
import { ownTrigger } from './triggers.ts'

/** No parameter asks for the size of a page, and no size is documented. */
const runsPerPage = 50

const oldestFirst: Order<Run> = {
  id: 'oldest first',
  keyOf: ({ sequence }) => [sequence],
  compare: ([a], [b]) => Number(a) - Number(b),
}

const newestFirst: Order<Run> = { ...oldestFirst, id: 'newest first', compare: (a, b) => oldestFirst.compare(b, a) }

interface Position {
  readonly forward: boolean
  readonly after: number
}

/** Newest first, unless `scan_forward` says otherwise. */
export const getTriggerRuns: Handler<'getTriggerRuns'> = (call) => {
  const { store, query, now, state } = call
  const { trigger_id } = ownTrigger(call)
  const token = query.text('next_page_token')
  const position = token === undefined ? undefined : positionOf(token)
  const forward = query.flag('scan_forward') ?? position?.forward ?? false
  if (position && position.forward !== forward)
    throw badQuery('scan_forward', 'is not what the first page was asked for')
  const runs = store.runs.sorted(trigger_id, forward ? oldestFirst : newestFirst)
  const { items, last, hasMore } = takePage(runs.after(position ? [position.after] : null), runsPerPage)
  return {
    entries: items.map((run) => shown(run, now, state.runTimes)),
    next_page_token: last && hasMore ? encodeToken({ forward, after: last.sequence } satisfies Position) : null,
  }
}

function positionOf(token: string): Position {
  const { forward, after } = decodeToken(token) ?? {}
  if (typeof forward !== 'boolean' || typeof after !== 'number') throw badQuery('next_page_token', 'is not valid')
  return { forward, after }
}

function shown(run: Run, now: number, times: RunTimes): Schemas['TriggerRun'] {
  const { channel_id, file_id, created_at, sequence: _, ...rest } = run
  const { status, since } = progressOf(run, now, times)
  return {
    ...rest,
    status,
    input_data: { '$datalake:1': `${channel_id}/${file_id}` },
    output_template: null,
    created_at: triggerTime(created_at),
    modified_at: triggerTime(since),
  }
}
