import { fieldOf, reasonOf } from '../api/violation.ts'
import type { LoggedRequest } from '../server/request-log.ts'
import { type Html, html } from './html.ts'

export function requestsView(requests: readonly LoggedRequest[]): Html {
  if (requests.length === 0) return html`<p class="empty">No requests yet.</p>`
  return html`<ol class="requests">${requests.toReversed().map(requestView)}</ol>`
}

function requestView({ time, method, target, status, durationMs, operationId, violations }: LoggedRequest): Html {
  const kind = status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'fine'
  return html`<li>
    <span class="facts">${new Date(time).toISOString().slice(11, 19)}</span>
    <span class="badge ${kind}">${status}</span>
    <code>${method} ${readable(target)}</code>
    <span class="facts">${operationId ?? ''} ${durationMs} ms</span>
    ${violations.length > 0 && html`<ul class="faults">${violations.map((fault) => html`<li>${fieldOf(fault)}: ${reasonOf(fault)}</li>`)}</ul>`}
  </li>`
}

function readable(target: string): string {
  try {
    return decodeURI(target)
  } catch {
    return target
  }
}
