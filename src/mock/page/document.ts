import type { Workspace } from '../workspace/workspace.ts'
import { browserScript } from './browser-script.ts'
import { type Html, html, Html as Raw } from './html.ts'
import { style } from './style.ts'
import { faultForm } from './tools-view.ts'

/** The page as a whole, with its sections as they are now. */
export function documentOf(
  views: Readonly<Record<string, string>>,
  token: string,
  { state, prefix, name }: Pick<Workspace, 'state' | 'prefix' | 'name'>,
): string {
  const isStatic = state === undefined
  const mode = isStatic
    ? 'Nothing is stored here: requests get an example, or go to the server behind the proxy.'
    : `${prefix === '' ? '' : `Workspace ${name}. `}What is stored now, as it changes. Times are UTC.`
  const section = (id: string) => html`<div id="${id}">${new Raw(views[id] ?? '')}</div>`
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mock server · ABEJA Platform</title>
<link rel="icon" href="data:,">
<style>${new Raw(style)}</style>
</head>
<body data-token="${token}" data-base="${prefix}">
<header>
<h1>Mock server</h1>
<p>${mode}</p>
<nav><a href="/_docs">API reference</a></nav>
${!isStatic && stateButtons}
</header>
<main>
${!isStatic && section('content')}
${!isStatic && tools(section)}
<section aria-labelledby="title-requests">
<h2 id="title-requests">Requests</h2>
<p class="buttons"><button data-save="/requests.har" data-file="mock-requests.har">Save as HAR</button></p>
${section('requests')}
</section>
</main>
<input type="file" id="picker" multiple hidden>
<dialog id="question" aria-labelledby="question-text"><form method="dialog">
<p id="question-text"></p>
<p class="buttons"><button value="no" autofocus>Cancel</button> <button value="yes" class="primary">Yes</button></p>
</form></dialog>
<p id="status" role="status" aria-live="polite"></p>
<script type="module">(${new Raw(browserScript.toString())})()</script>
</body>
</html>
`
  return page.text
}

const stateButtons = html`<button data-method="POST" data-path="/reset" data-done="Everything is as it was at the start."
  data-question="Discard everything that was stored since the start, the requests, the faults and the time?">Reset</button>
<button data-method="POST" data-path="/seed" data-done="The examples of the documents are here.">Seed with examples</button>
<button data-save="/seed" data-file="mock-seed.json">Save as seed</button>`

function tools(section: (id: string) => Html): Html {
  return html`<div class="columns">
<section class="card" aria-labelledby="title-clock"><h2 id="title-clock">Time</h2>${section('clock')}</section>
<section class="card" aria-labelledby="title-faults"><h2 id="title-faults">Faults</h2>${section('faults')}${faultForm}</section>
</div>`
}
