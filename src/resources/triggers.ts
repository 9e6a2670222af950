import { createTrigger, deleteTrigger, getTrigger, getTriggers } from '../../generated/operations.ts'
import type { components } from '../../generated/schema.d.ts'
import type { AnswerOf, JsonBodyOf } from '../http/operation-types.ts'
import type { RequestOptions } from '../options.ts'
import { noCursor } from '../pagination/next-cursor.ts'
import { Paged } from '../pagination/paged.ts'
import { Resource } from './resource.ts'
import { isPage, isTrigger } from './response-checks.ts'
import { TriggerRuns } from './trigger-runs.ts'

export type Trigger = components['schemas']['Trigger']
export type DeletedTrigger = components['schemas']['DeletedTrigger']

export type CreateTriggerParams = JsonBodyOf<'createTrigger'>

const IS_PAGE = isPage('entries', isTrigger, noCursor)

/** Triggers: what runs a model's code for each file that arrives in a channel. */
export class Triggers extends Resource {
  readonly runs = new TriggerRuns(this.client())

  /**
   * Creates a trigger (`create_trigger`). Not made again when the server may have acted: it would make a second one.
   * @example
   * const trigger = await abeja.triggers.create('1111111111111', {
   *   version_id: 'ver-1111111111111111', input_service_name: 'datalake', input_service_id: channelId,
   * })
   */
  create(deploymentId: string, params: CreateTriggerParams, options?: RequestOptions): Promise<Trigger> {
    // As the Python client does: nobody has seen what the platform makes of a trigger without it.
    const json = { ...params, environment: params.environment ?? null }
    return this.client().send(createTrigger, { path: { deployment_id: deploymentId }, json }, options, isTrigger)
  }

  /**
   * Lists the triggers of a deployment (`get_triggers`): the API answers all of them at once.
   * @example
   * const triggers = await abeja.triggers.list('1111111111111').toArray()
   */
  list(deploymentId: string, options?: RequestOptions): Paged<Trigger, AnswerOf<'getTriggers'>> {
    const path = { deployment_id: deploymentId }
    return new Paged(
      this.client(),
      {
        fetch: (_, pageOptions) => this.client().send(getTriggers, { path }, pageOptions, IS_PAGE),
        items: ({ entries }) => entries,
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
  get(deploymentId: string, triggerId: string, options?: RequestOptions): Promise<Trigger> {
    return this.client().send(getTrigger, pathOf(deploymentId, triggerId), options, isTrigger)
  }

  /**
   * Deletes a trigger (`delete_trigger`).
   * @throws NotFoundError when there is no such trigger. When one of its `attempts` says `mayHaveBeenProcessed`, the answer to
   * that one was lost, and the trigger is gone
   * @example
   * await abeja.triggers.delete('1111111111111', 'tri-3333333333333333')
   */
  delete(deploymentId: string, triggerId: string, options?: RequestOptions): Promise<DeletedTrigger | undefined> {
    return this.client().sendAction(deleteTrigger, pathOf(deploymentId, triggerId), options)
  }
}

function pathOf(deploymentId: string, triggerId: string): { path: { deployment_id: string; trigger_id: string } } {
  return { path: { deployment_id: deploymentId, trigger_id: triggerId } }
}
