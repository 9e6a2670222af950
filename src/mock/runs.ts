import { runId } from './ids.ts'
import type { ChannelFile, Run, Trigger } from './store/rows.ts'
import type { Store } from './store/store.ts'

/** How long a run waits and then works, in milliseconds. */
export interface RunTimes {
  readonly queued: number
  readonly running: number
}

/** The status of a run at a time. It follows from the clock, unless it was set. */
export function progressOf(run: Run, now: number, { queued, running }: RunTimes): { status: string; since: number } {
  if (run.status !== undefined) return { status: run.status, since: run.created_at }
  const started = run.created_at + queued
  const finished = started + running
  if (now >= finished) return { status: 'SUCCEEDED', since: finished }
  if (now >= started) return { status: 'RUNNING', since: started }
  return { status: 'QUEUED', since: run.created_at }
}

/** A file has arrived in a channel: every trigger on the channel starts a run. */
export function startRuns(store: Store, file: ChannelFile, now: number): void {
  const triggers = store.triggers
    .all()
    .filter(
      ({ input_service_name, input_service_id }) =>
        input_service_name === 'datalake' && input_service_id === file.channel_id,
    )
  for (const trigger of triggers) store.runs.put(runOf(trigger, file, now, store.runs.count(trigger.trigger_id)))
}

function runOf(trigger: Trigger, file: ChannelFile, now: number, sequence: number): Run {
  return {
    run_id: runId(),
    trigger_id: trigger.trigger_id,
    deployment_id: trigger.deployment_id,
    channel_id: file.channel_id,
    file_id: file.file_id,
    models: trigger.models,
    model_version_id: trigger.model_version_id,
    retry_count: trigger.retry_count,
    user_env_vars: trigger.user_env_vars,
    created_at: now,
    sequence,
  }
}
