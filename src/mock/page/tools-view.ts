import { operations } from '../../../generated/operations.ts'
import type { PlannedFault } from '../workspace/fault-scripts.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { timeOf } from './file-view.ts'
import { type Html, html } from './html.ts'

/** The time of the workspace, and how to move it. */
export function clockView({ clock }: Workspace): Html {
  const move = (text: string, milliseconds: number) =>
    html`<button id="advance-${milliseconds}" data-method="PUT" data-path="/clock" data-body='{"advance":${milliseconds}}'
      data-done="The time has been moved.">${text}</button>`
  return html`<p>It is <strong>${timeOf(clock.now())}</strong>${clock.frozen && ', and the time is frozen'}.</p>
    <p class="buttons">${move('+ 1 minute', 60_000)} ${move('+ 1 hour', 3_600_000)} ${move('+ 1 day', 86_400_000)}
    <button id="freeze" data-method="PUT" data-path="/clock" data-body='{"freeze":${String(!clock.frozen)}}'
      data-done="${clock.frozen ? 'The time runs.' : 'The time is frozen.'}">${clock.frozen ? 'Resume' : 'Freeze'}</button>
    <button id="now" data-method="PUT" data-path="/clock" data-body='{"reset":true}'
      data-done="It is the time of the server again.">Now</button></p>`
}

/** The faults that wait for requests, each of which can be removed. */
export function faultsView({ faults }: Workspace): Html {
  if (faults.planned.length === 0) return html`<p class="empty">No faults are planned.</p>`
  return html`<ul>${faults.planned.map(faultView)}</ul>`
}

function faultView({ id, remaining, times: _, operation, match, ...effects }: PlannedFault): Html {
  const what = Object.entries(effects).map(([name, value]) => (value === true ? name : `${name} ${value}`))
  const where = [operation ?? 'any operation', ...(match ? [JSON.stringify(match)] : [])]
  return html`<li><bdi>${what.join(', ')}</bdi> <span class="facts"><bdi>${where.join(' ')}</bdi>, ${remaining} left</span>
    <button id="fault-${id}" data-method="DELETE" data-path="/faults/${id}" data-done="The fault is removed.">Remove</button></li>`
}

/** The form that plans a fault. It stays while the rest of the page is shown anew. */
export const faultForm: Html = html`<form id="fault-form">
  <label>Operation <select name="operation">
    <option value="">any</option><option>download</option><option>upload</option>
    ${Object.keys(operations).map((id) => html`<option>${id}</option>`)}
  </select></label>
  <label for="fault-effect">Fault</label><select id="fault-effect" name="effect">
    <option value='{"status":500}'>500 Internal Server Error</option>
    <option value='{"status":503,"retryAfter":1}'>503 with Retry-After</option>
    <option value='{"retryAfter":5}'>429 rate limit</option>
    <option value='{"delay":5000}'>5 seconds of delay</option>
    <option value='{"hang":true}'>no response</option>
    <option value='{"reset":"before-body"}'>reset before it is carried out</option>
    <option value='{"reset":"after-body"}'>reset after it is carried out</option>
    <option value='{"truncate":true}'>response cut in half</option>
  </select>
  <label>Times <input name="times" type="number" min="1" max="1000000" value="1"></label>
  <button>Plan fault</button>
</form>`
