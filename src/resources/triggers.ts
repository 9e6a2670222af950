import { createTrigger, deleteTrigger, getTrigger, getTriggers } from '../../generated/operations.ts'
import type { components } from '../../generated/schema.d.ts'
import { dataOf } from '../http/api-client.ts'
import { ApiPromise } from '../http/api-promise.ts'
import type { RequestOptions } from '../http/call.ts'
import { noCursor } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import type { JsonBodyOf, ResponseOf } from './operation-types.ts'
import { Resource } from './resource.ts'
import { isPage, isTrigger } from './response-checks.ts'
import { TriggerRuns } from './trigger-runs.ts'

export type Trigger = components['schemas']['Trigger']
export type DeletedTrigger = components['schemas']['DeletedTrigger']

export type CreateTriggerParams = JsonBodyOf<'createTrigger'>

const IS_TRIGGER = { check: isTrigger }
const IS_PAGE = { check: isPage('entries', isTrigger, noCursor) }

/** Triggers, which run the code of a model for each file that is uploaded into a channel. */
export class Triggers extends Resource {
  readonly runs: TriggerRuns = new TriggerRuns(this.client())

  /**
   * Creates a trigger (`create_trigger`). Not retried when the request may have been processed.
   * @example
   * const trigger = await abeja.triggers.create('1111111111111', {
   *   version_id: 'ver-1111111111111111', input_service_name: 'datalake', input_service_id: channelId,
   * })
   */
  create(deploymentId: string, params: CreateTriggerParams, options?: RequestOptions): ApiPromise<Trigger> {
    return ApiPromise.of(options, async (options) => {
      // As the Python client does: the default of the platform is not documented.
      const body = { ...params, environment: params?.environment ?? null }
      const path = { deployment_id: deploymentId }
      const init = this.client().init(createTrigger, options, { path }, IS_TRIGGER)
      return dataOf(this.api().POST(createTrigger.path, { ...init, body }))
    })
  }

  /**
   * Lists the triggers of a deployment (`get_triggers`). The API returns all of them at once.
   * @example
   * const triggers = await abeja.triggers.list('1111111111111').toArray()
   */
  list(deploymentId: string, options?: RequestOptions): Paged<Trigger, ResponseOf<'getTriggers'>> {
    const path = { deployment_id: deploymentId }
    return new Paged(
      this.client(),
      {
        fetch: (_, pageOptions) => {
          const init = this.client().init(getTriggers, pageOptions, { path }, IS_PAGE)
          return dataOf(this.api().GET(getTriggers.path, init))
        },
        items: ({ entries }) => entries,
        id: ({ trigger_id }) => trigger_id,
        next: noCursor,
      },
      options,
    )
  }

  /**
   * Gets a trigger (`get_trigger`).
   * @example
   * const { retry_count } = await abeja.triggers.get('1111111111111', 'tri-3333333333333333')
   */
  get(deploymentId: string, triggerId: string, options?: RequestOptions): ApiPromise<Trigger> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(getTrigger, options, pathOf(deploymentId, triggerId), IS_TRIGGER)
      return dataOf(this.api().GET(getTrigger.path, init))
    })
  }

  /**
   * Deletes a trigger (`delete_trigger`).
   * @throws NotFoundError when the trigger does not exist. When one of its `attempts` has `mayHaveBeenProcessed`, that attempt
   * deleted the trigger and its response was lost
   * @example
   * await abeja.triggers.delete('1111111111111', 'tri-3333333333333333')
   */
  delete(deploymentId: string, triggerId: string, options?: RequestOptions): ApiPromise<DeletedTrigger | undefined> {
    return ApiPromise.of(options, async (options) => {
      const init = this.client().init(deleteTrigger, options, pathOf(deploymentId, triggerId), { mayBeEmpty: true })
      return (await this.api().DELETE(deleteTrigger.path, init)).data
    })
  }
}

function pathOf(deploymentId: string, triggerId: string) {
  return { path: { deployment_id: deploymentId, trigger_id: triggerId } }
}
