import { type Html, html } from './html.ts'

/** A place to drop files, and a button for those who do not drag. */
export function uploadControl(id: string, where: string): Html {
  return html`<p class="drop">
    <input type="file" multiple id="upload-${id}" class="upload">
    <label for="upload-${id}">Upload<span class="hidden"> to ${where}</span></label>
    <span class="facts">or drop files here</span>
  </p>`
}
