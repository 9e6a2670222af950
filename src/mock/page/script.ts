/**
 * What the page does in the browser: shows what the server rendered anew when something changed, and uploads. It is a
 * client of the API like any other. Plain JavaScript, as nothing compiles it.
 */
export const script = `
const { token, base } = document.body.dataset
const authorization = 'Bearer ' + token
const status = document.getElementById('status')
const shown = {}
let refreshing = false, again = false

function say(text) { status.textContent = text }

async function refresh() {
  if (refreshing) { again = true; return }
  refreshing = true
  try {
    const answer = await fetch(base + '/_mock/view')
    for (const [id, markup] of Object.entries(await answer.json())) if (shown[id] !== markup) replace(id, markup)
  } catch { say('The mock server does not answer.') }
  refreshing = false
  document.body.dataset.live = 'true'
  if (again) { again = false; refresh() }
}

// What is in focus and which folders are closed outlive a refresh.
function replace(id, markup) {
  const section = document.getElementById(id)
  const focused = section.contains(document.activeElement) ? document.activeElement : null
  const key = focused && (focused.id || focused.closest('details')?.id)
  const closed = new Set([...section.querySelectorAll('details:not([open])')].map((details) => details.id))
  section.innerHTML = markup
  shown[id] = markup
  for (const details of section.querySelectorAll('details')) if (closed.has(details.id)) details.open = false
  const again = key && document.getElementById(key)
  if (again) (again.matches('details') ? again.querySelector('summary') : again).focus({ preventScroll: true })
}

function encode(text) { return encodeURIComponent(text).replace(/[!'()*]/g, (c) => '%' + c.charCodeAt(0).toString(16)) }

async function upload(target, files) {
  let failed = 0
  for (const { file, path } of files) {
    say('Uploading ' + path + ' …')
    const headers = { authorization, 'x-abeja-meta-filename': encode(path).replaceAll('%2F', '/') }
    let body = file
    if (target.drop === 'bucket') {
      body = new FormData()
      body.append('file', file, path)
      body.append('parameters', new Blob(['{}'], { type: 'application/json' }), 'params.json')
    } else headers['content-type'] = file.type || 'application/octet-stream'
    const answer = await fetch(base + target.url, { method: 'POST', headers, body }).catch(() => undefined)
    if (answer?.ok) continue
    failed += 1
    const reason = await answer?.json().catch(() => undefined)
    say(path + ' was not uploaded: ' + (reason?.error_description ?? 'the server does not answer'))
  }
  const uploaded = files.length - failed
  if (failed === 0) say('Uploaded ' + uploaded + (uploaded === 1 ? ' file' : ' files') + ' to ' + target.name + '.')
}

// A folder that is dropped brings all that is in it.
async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean)
  if (entries.length === 0) return [...transfer.files].map((file) => ({ file, path: file.name }))
  const found = []
  async function walk(entry, path) {
    if (entry.isFile) return found.push({ file: await new Promise((done, fail) => entry.file(done, fail)), path })
    const reader = entry.createReader()
    for (let batch; (batch = await new Promise((done, fail) => reader.readEntries(done, fail))).length > 0; )
      for (const child of batch) await walk(child, path + '/' + child.name)
  }
  for (const entry of entries) await walk(entry, entry.name)
  return found
}

// The one file input stays while the cards are shown anew, also behind an open dialog.
const picker = document.getElementById('picker')
let picked
document.addEventListener('click', (event) => {
  if (!event.target.closest('[data-pick]')) return
  picked = { ...event.target.closest('.card').dataset }
  picker.click()
})
picker.addEventListener('change', () => {
  const files = [...picker.files].map((file) => ({ file, path: file.name }))
  picker.value = ''
  upload(picked, files)
})
for (const type of ['dragover', 'dragleave', 'drop']) document.addEventListener(type, async (event) => {
  const card = event.target.closest?.('[data-drop]')
  if (type !== 'dragleave') event.preventDefault()
  for (const other of document.querySelectorAll('.over')) other.classList.toggle('over', other === card && type === 'dragover')
  if (card && type === 'dragover') card.classList.add('over')
  if (card && type === 'drop') upload({ ...card.dataset }, await filesOf(event.dataTransfer))
})
for (const button of document.querySelectorAll('button[data-action]')) button.addEventListener('click', async () => {
  const answer = await fetch(base + '/_mock/' + button.dataset.action, { method: 'POST', headers: { authorization } })
  say(answer.ok ? button.dataset.done : 'That did not work.')
})
const events = new EventSource(base + '/_mock/events')
events.onopen = refresh
events.onmessage = refresh
events.onerror = () => say('The mock server does not answer. This page goes on as soon as it does.')
`
