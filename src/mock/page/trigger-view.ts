import { progressOf } from '../runs.ts'
import type { Run, Trigger } from '../store/rows.ts'
import { type Scene, timeOf } from './file-view.ts'
import { type Html, html } from './html.ts'

/** So many runs of a trigger are shown, the newest first. */
const runsShown = 20

export function triggersView(scene: Scene): Html {
  const triggers = scene.world.store.triggers.all()
  if (triggers.length === 0) return html`<p class="empty">No triggers yet.</p>`
  return html`${triggers.map((trigger) => triggerView(trigger, scene))}`
}

function triggerView(trigger: Trigger, scene: Scene): Html {
  const { store } = scene.world
  const { trigger_id, deployment_id, model_version_id, input_service_id } = trigger
  const channel = store.channels.get('', input_service_id)
  const runs = store.runs.group(trigger_id).sort((a, b) => b.sequence - a.sequence)
  return html`<article class="card">
    <h3>${trigger_id}</h3>
    <p class="facts">Deployment <code>${deployment_id}</code> runs <code>${model_version_id}</code> for each file in
      ${channel?.name ?? 'a channel that is gone'} <code>${input_service_id}</code></p>
    <p class="facts">${runs.length} ${runs.length === 1 ? 'run' : 'runs'}</p>
    <ul class="files">${runs.slice(0, runsShown).map((run) => runView(run, scene))}</ul>
  </article>`
}

function runView(run: Run, { world }: Scene): Html {
  const { status } = progressOf(run, world.clock(), world.runTimes)
  const file = world.store.channelFiles.get(run.channel_id, run.file_id)
  return html`<li class="run">
    <span class="badge ${status.toLowerCase()}">${status}</span>
    <span>${file?.metadata.filename ?? run.file_id}</span>
    <span class="facts">${run.run_id} · ${timeOf(run.created_at)}</span>
  </li>`
}
