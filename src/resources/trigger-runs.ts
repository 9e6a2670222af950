import { getTriggerRuns } from '../../generated/operations.ts'
import type { components } from '../../generated/schema.d.ts'
import type { AnswerOf, QueryOf } from '../http/operation-types.ts'
import type { RequestOptions } from '../options.ts'
import { nextToken, tokenQuery } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import { Resource } from './resource.ts'

export type TriggerRun = components['schemas']['TriggerRun']
export type ListTriggerRunsParams = QueryOf<'getTriggerRuns'>

/** The runs that a trigger started. */
export class TriggerRuns extends Resource {
  /**
   * Lists the runs of a trigger (`get_trigger_runs`), newest first unless `scan_forward` is true.
   * @throws InvalidRequestError when `next_page_token` is given together with another parameter
   * @example
   * for await (const run of abeja.triggers.runs.list(deploymentId, triggerId)) console.log(run.run_id, run.status)
   */
  list(
    deploymentId: string,
    triggerId: string,
    params: ListTriggerRunsParams = {},
    options?: RequestOptions,
  ): Paged<TriggerRun, AnswerOf<'getTriggerRuns'>> {
    const path = { deployment_id: deploymentId, trigger_id: triggerId }
    return new Paged(
      this.client(),
      {
        fetch: (cursor, pageOptions) =>
          this.client().sendList(getTriggerRuns, { path, query: tokenQuery(params, cursor) }, pageOptions, 'entries'),
        items: ({ entries }) => entries,
        next: (envelope) => nextToken(envelope),
      },
      options,
    )
  }
}
