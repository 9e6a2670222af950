import type { components } from '../../generated/schema.d.ts'
import { InvalidRequestError, TimeoutError } from '../errors/errors.ts'
import { delay } from '../http/abort.ts'
import type { RequestOptions } from '../http/call.ts'
import { type KeysOf, knownKeys } from '../validation/known-keys.ts'

export type TriggerRun = components['schemas']['TriggerRun']

/** Which runs to wait for, and how. With neither `run_ids` nor `file_ids`: the runs that have not ended at the start. */
export interface WaitForRunsParams {
  readonly run_ids?: readonly string[] | undefined
  /** The ids of files: waits until each has a run that has ended, also where the run does not exist yet. */
  readonly file_ids?: readonly string[] | undefined
  /**
   * Whether a run has ended. The reference names `SUCCEEDED` alone; an unknown status is waited for.
   * @default whether its status is one of SUCCEEDED, FAILED, ERROR, ABORTED, STOPPED, TIMEOUT, CANCELED and CANCELLED
   */
  readonly hasEnded?: ((run: TriggerRun) => boolean) | undefined
  /**
   * The time between two requests of the list, in milliseconds. It grows by half each time, to at most 30 seconds.
   * @default 1000
   */
  readonly pollInterval?: number | undefined
}

/** The runs that were waited for. */
export interface EndedRuns {
  readonly succeeded: readonly TriggerRun[]
  /** Those that ended with any other status. */
  readonly failed: readonly TriggerRun[]
}

const PARAMS: KeysOf<WaitForRunsParams> = { file_ids: true, hasEnded: true, pollInterval: true, run_ids: true }
const ENDED = ['SUCCEEDED', 'FAILED', 'ERROR', 'ABORTED', 'STOPPED', 'TIMEOUT', 'CANCELED', 'CANCELLED']
const LONGEST_INTERVAL = 30_000

/**
 * Polls the list of runs until those that are waited for have ended.
 * @param list the runs, newest first
 * @param remaining returns the options of a call with the time that is left
 */
export async function waitForRuns(
  list: (options: RequestOptions) => AsyncIterable<TriggerRun>,
  given: WaitForRunsParams | undefined,
  remaining: () => RequestOptions,
): Promise<EndedRuns> {
  const { file_ids, hasEnded = isEnded, pollInterval = 1000, run_ids } = checkedParams(given)
  const ids = run_ids ?? file_ids
  /** The last known status of each id whose run has not ended. */
  const pending = new Map(ids?.map((id) => [id, 'not found']))
  const ended = new Map<string, TriggerRun>()

  const collectRunning = async () => {
    for await (const run of list(remaining())) if (!hasEnded(run)) pending.set(run.run_id, run.status)
  }
  const findPending = async () => {
    const unseen = new Set(pending.keys())
    for await (const run of list(remaining())) {
      for (const id of file_ids ? inputFileIds(run) : [run.run_id]) {
        // A file can have several runs: the newest, which comes first, counts.
        if (!unseen.delete(id)) continue
        pending.set(id, run.status)
        if (!hasEnded(run)) continue
        pending.delete(id)
        ended.set(run.run_id, run)
      }
      if (unseen.size === 0) return
    }
  }

  try {
    if (!ids) await collectRunning()
    else if (ids.length > 0) await findPending()
    for (let interval = pollInterval; pending.size > 0; interval = Math.min(interval * 1.5, LONGEST_INTERVAL)) {
      const { signal, totalTimeout = LONGEST_INTERVAL } = remaining()
      await delay(Math.min(interval, totalTimeout), signal ?? undefined)
      await findPending()
    }
  } catch (error) {
    if (!(error instanceof TimeoutError && error.kind === 'totalTimeout')) throw error
    const shown = [...pending].slice(0, 10).map(([id, status]) => `${id} (${status})`)
    throw new TimeoutError(`${pending.size} runs have not ended within totalTimeout: ${shown}.`, 'totalTimeout')
  }
  const runs = [...ended.values()]
  return {
    succeeded: runs.filter(({ status }) => status === 'SUCCEEDED'),
    failed: runs.filter(({ status }) => status !== 'SUCCEEDED'),
  }
}

function isEnded({ status }: TriggerRun): boolean {
  return ENDED.includes(status)
}

/** The input of a run names files as `<channel id>/<file id>`. */
function inputFileIds({ input_data }: TriggerRun): string[] {
  return Object.values(input_data).map((path) => path.slice(path.lastIndexOf('/') + 1))
}

function checkedParams(given: WaitForRunsParams | undefined): WaitForRunsParams {
  const params = knownKeys(given, PARAMS, 'parameter', InvalidRequestError)
  const { file_ids, pollInterval = 1, run_ids } = params
  if (run_ids && file_ids) throw new InvalidRequestError('run_ids and file_ids exclude each other. Pass one of them.')
  for (const [name, ids] of Object.entries({ file_ids, run_ids })) {
    if (ids !== undefined && !Array.isArray(ids)) {
      throw new InvalidRequestError(`${name} must be an array of ids (received ${typeof ids}).`)
    }
  }
  if (!(pollInterval > 0)) {
    throw new InvalidRequestError(`pollInterval must be a positive number of milliseconds (received ${pollInterval}).`)
  }
  return params
}
