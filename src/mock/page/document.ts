import type { Workspace } from '../workspace/workspace.ts'
import { type Html, html, Html as Raw } from './html.ts'
import { script } from './script.ts'
import { style } from './style.ts'

const sections = [
  ['channels', 'Channels'],
  ['buckets', 'Buckets'],
  ['triggers', 'Triggers and their runs'],
  ['requests', 'Requests'],
] as const

/** The page as a whole, with the sections as they are now. */
export function documentOf(
  views: Readonly<Record<string, string>>,
  token: string,
  { world, prefix }: Pick<Workspace, 'world' | 'prefix'>,
): string {
  const isStatic = world === undefined
  const mode = isStatic
    ? 'Every request is answered with an example. Nothing is stored.'
    : 'What is stored now, as it changes. Times are UTC.'
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
${!isStatic && buttons}
</header>
<main>
${sections.filter(([id]) => id in views).map(([id, title]) => sectionOf(id, title, views[id] ?? ''))}
</main>
<input type="file" id="picker" multiple hidden>
<p id="status" role="status" aria-live="polite"></p>
<script type="module">${new Raw(script)}</script>
</body>
</html>
`
  return page.text
}

const buttons = html`<button data-action="reset" data-done="Everything is as it was at the start.">Reset</button>
<button data-action="seed" data-done="The examples of the documents are here.">Seed with examples</button>`

function sectionOf(id: string, title: string, view: string): Html {
  const isList = id === 'requests'
  return html`<section aria-labelledby="title-${id}">
<h2 id="title-${id}">${title}</h2>
<div id="${id}" class="${isList ? 'list' : 'cards'}">${new Raw(view)}</div>
</section>
`
}
