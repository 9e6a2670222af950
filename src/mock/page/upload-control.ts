import { type Html, html } from './html.ts'

/** A place to drop files, and a button for those who do not drag. */
export function uploadControl(id: string, where: string): Html {
  return html`<p class="drop">
    <button id="upload-${id}" data-pick>Upload<span class="hidden"> to ${where}</span></button>
    <span class="facts">or drop files here</span>
  </p>`
}
