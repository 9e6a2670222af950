import { badBody, notFound } from '../api/http-error.ts'
import { triggerTime } from '../clock.ts'
import type { Schemas } from '../description.ts'
import { triggerId } from '../ids.ts'
import type { Trigger } from '../store/rows.ts'
import { deploymentKey } from '../store/store.ts'
import { type Call, type Handler, pathParameter } from './call.ts'

/** Nothing in this API creates a deployment, so every deployment exists. */
export const getTriggers: Handler<'getTriggers'> = ({ store, path }) => {
  return { entries: store.triggers.group(deploymentKey(ownDeployment(path))).map(shown) }
}

export const createTrigger: Handler<'createTrigger'> = ({ store, path, json, now }) => {
  const { output_service_name = null, output_service_id = null } = json
  if (output_service_name !== null && output_service_id === null) {
    throw badBody('output_service_id', 'is required beside output_service_name')
  }
  // A trigger on a channel that does not exist would never run, and nobody would know why.
  const services = [
    { name: json.input_service_name, id: json.input_service_id },
    { name: output_service_name, id: output_service_id },
  ]
  for (const { name, id } of services) {
    if (name === 'datalake' && !store.channels.get('', id ?? '')) throw notFound(`channel ${id}`)
  }
  const trigger = store.triggers.put({
    ...ownDeployment(path),
    trigger_id: triggerId(),
    model_version: '0.0.1',
    model_version_id: json.version_id,
    models: { ...json.models },
    input_service_name: json.input_service_name,
    input_service_id: json.input_service_id,
    output_service_name,
    output_service_id,
    retry_count: json.retry_count ?? 5,
    user_env_vars: { ...json.environment },
    created_at: now,
  })
  const { created_at: _, modified_at: __, ...created } = shown(trigger)
  const { distribution } = json
  return { ...created, ...(distribution !== undefined && { distribution }) }
}

export const getTrigger: Handler<'getTrigger'> = (call) => shown(ownTrigger(call))

export const deleteTrigger: Handler<'deleteTrigger'> = (call) => {
  const trigger = ownTrigger(call)
  for (const run of call.store.runs.group(trigger.trigger_id)) call.store.runs.remove(run)
  call.store.triggers.remove(trigger)
  return { message: `${trigger.trigger_id} deleted` }
}

/** The trigger that a path names, within the deployment that it names. */
export function ownTrigger({ store, path }: Pick<Call<'getTrigger'>, 'store' | 'path'>): Trigger {
  const trigger = store.triggers.get(deploymentKey(ownDeployment(path)), pathParameter(path, 'trigger_id'))
  if (trigger === undefined) throw notFound('trigger')
  return trigger
}

function ownDeployment(path: Readonly<Record<string, string>>): { organization_id: string; deployment_id: string } {
  return {
    organization_id: pathParameter(path, 'organization_id'),
    deployment_id: pathParameter(path, 'deployment_id'),
  }
}

function shown({ created_at, ...trigger }: Trigger): Schemas['Trigger'] {
  return {
    ...trigger,
    created_at: triggerTime(created_at),
    modified_at: triggerTime(created_at),
  }
}
