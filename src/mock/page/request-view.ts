import { fieldOf, reasonOf } from '../api/violation.ts'
import type { LoggedRequest } from '../server/request-log.ts'
import { type Html, html } from './html.ts'

/** So many requests are shown, the newest first. */
const requestsShown = 50
/** So many violations of one request are shown. */
const violationsShown = 10

export function requestsView(requests: readonly LoggedRequest[]): Html {
  if (requests.length === 0) return html`<p class="empty">No requests yet.</p>`
  const shown = requests.slice(-requestsShown).toReversed()
  return html`<ol class="requests">${shown.map(requestView)}</ol>
    ${requests.length > shown.length && html`<p class="facts">${requests.length - shown.length} older ones are in the HAR file.</p>`}`
}

function requestView({ time, method, target, status, durationMs, operationId, violations }: LoggedRequest): Html {
  const kind = status >= 500 ? 'failed' : status >= 400 ? 'rejected' : 'fine'
  const listed = violations.slice(0, violationsShown)
  return html`<li>
    <span class="facts">${new Date(time).toISOString().slice(11, 19)}</span>
    <span class="badge ${kind}">${status}</span>
    <code><bdi>${method} ${readable(target)}</bdi></code>
    <span class="facts">${operationId ?? ''} ${durationMs} ms</span>
    ${
      violations.length > 0 &&
      html`<ul class="faults">${listed.map((each) => html`<li><bdi>${fieldOf(each)}: ${reasonOf(each)}</bdi></li>`)}
      ${violations.length > listed.length && html`<li>and ${violations.length - listed.length} more</li>`}</ul>`
    }
  </li>`
}

function readable(target: string): string {
  try {
    return decodeURI(target)
  } catch {
    return target
  }
}
