import type { MockState } from '../mock-state.ts'
import { progressOf } from '../runs.ts'
import type { Run, Trigger } from '../store/rows.ts'
import type { Order } from '../store/sorted-rows.ts'
import { timeOf } from './file-view.ts'
import { type Html, html } from './html.ts'
import { type Column, filtered, pageOf, tableView } from './table-view.ts'
import type { ViewQuery } from './view-query.ts'

const newestFirst: Order<Run> = {
  id: 'page newest first',
  keyOf: ({ sequence }) => [sequence],
  compare: ([a], [b]) => Number(b) - Number(a),
}

/** A trigger that is open: a table of its runs, each of which can be failed. */
export function triggerView(trigger: Trigger, view: ViewQuery, state: MockState): Html {
  const { store } = state
  const { trigger_id, deployment_id, model_version_id, input_service_id } = trigger
  const channel = store.channels.get('', input_service_id)
  const runs = store.runs.sorted(trigger_id, newestFirst).after(null)
  const nameOf = (run: Run) => store.channelFiles.get(run.channel_id, run.file_id)?.metadata.filename ?? run.file_id
  const word = view.search.toLowerCase()
  const isFound = (run: Run) => `${run.run_id} ${nameOf(run)} ${statusOf(run, state)}`.toLowerCase().includes(word)
  const page =
    word === '' ? pageOf(runs, view.page, store.runs.count(trigger_id)) : pageOf(filtered(runs, isFound), view.page)
  const columns: Column<Run>[] = [
    {
      title: 'Status',
      cell: (run) => html`<span class="badge ${statusOf(run, state).toLowerCase()}">${statusOf(run, state)}</span>`,
    },
    { title: 'File', cell: (run) => html`<bdi>${nameOf(run)}</bdi>` },
    { title: 'Run', isWide: true, cell: ({ run_id }) => html`<code>${run_id}</code>` },
    { title: 'Started', isWide: true, cell: ({ created_at }) => timeOf(created_at) },
    { title: 'Action', cell: (run) => statusOf(run, state) !== 'FAILED' && failButton(run) },
  ]
  return html`<p class="facts">Deployment <code>${deployment_id}</code> runs <code>${model_version_id}</code> for each
    file in <bdi>${channel?.name ?? 'a channel that no longer exists'}</bdi> <code>${input_service_id}</code></p>
    ${tableView('Runs', columns, page, view)}`
}

function statusOf(run: Run, { clock, runTimes }: MockState): string {
  return progressOf(run, clock(), runTimes).status
}

function failButton({ run_id }: Run): Html {
  return html`<button id="fail-${run_id}" data-method="PUT" data-path="/runs/${encodeURIComponent(run_id)}"
    data-body='{"status":"FAILED"}' data-done="The run has failed.">Fail<span class="hidden"> ${run_id}</span></button>`
}
