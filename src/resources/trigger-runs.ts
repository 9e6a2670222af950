import { getTriggerRuns } from '../../generated/operations.ts'
import { dataOf } from '../http/api-client.ts'
import { type RequestOptions, remainingTime } from '../http/call.ts'
import { nextToken } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import type { QueryOf, ResponseOf } from './operation-types.ts'
import { Resource } from './resource.ts'
import { isPage, isTriggerRun } from './response-checks.ts'
import { type EndedRuns, type TriggerRun, type WaitForRunsParams, waitForRuns } from './wait-for-runs.ts'

const AN_HOUR_MS = 3_600_000

export type ListTriggerRunsParams = QueryOf<'getTriggerRuns'>

const IS_PAGE = { check: isPage('entries', isTriggerRun, nextToken) }

/** The runs that a trigger started. */
export class TriggerRuns extends Resource {
  /**
   * Lists the runs of a trigger (`get_trigger_runs`), newest first unless `scan_forward` is true.
   * `scan_forward` is sent with every page, and may stand beside a `next_page_token`.
   * @example
   * for await (const run of abeja.triggers.runs.list(deploymentId, triggerId)) console.log(run.run_id, run.status)
   */
  list(
    deploymentId: string,
    triggerId: string,
    params: ListTriggerRunsParams = {},
    options?: RequestOptions,
  ): Paged<TriggerRun, ResponseOf<'getTriggerRuns'>> {
    const path = { deployment_id: deploymentId, trigger_id: triggerId }
    return new Paged(
      this.client(),
      {
        fetch: (cursor, pageOptions) => {
          // A token alone would read the next page in the default direction.
          const query = cursor === undefined ? params : { ...params, next_page_token: cursor }
          const init = this.client().init(getTriggerRuns, pageOptions, { path, query }, IS_PAGE)
          return dataOf(this.api().GET(getTriggerRuns.path, init))
        },
        items: ({ entries }) => entries,
        id: ({ run_id }) => run_id,
        next: nextToken,
      },
      options,
    )
  }

  /**
   * Waits until runs have ended: those of `run_ids`, those of the files in `file_ids`, or all that have not ended at the
   * start. Polls the list of runs (`get_trigger_runs`). A failed run is not an error: it is in `failed`.
   * @param options `totalTimeout` is the time of the whole wait, in milliseconds; by default an hour
   * @throws TimeoutError when they have not ended in time; the message names them with their status
   * @example
   * const { file_id } = await abeja.channels.files.upload(channelId, bytes, { content_type: 'image/jpeg' })
   * const { failed } = await abeja.triggers.runs.waitFor(deploymentId, triggerId, { file_ids: [file_id] })
   */
  async waitFor(
    deploymentId: string,
    triggerId: string,
    params?: WaitForRunsParams,
    options: RequestOptions = {},
  ): Promise<EndedRuns> {
    const { totalTimeout } = this.client().transport.settings
    const remaining = remainingTime(options, Math.min(totalTimeout, AN_HOUR_MS))
    return waitForRuns((listOptions) => this.list(deploymentId, triggerId, {}, listOptions), params, remaining)
  }
}
