/**
 * What the page does in the browser: shows what the server rendered anew when something changed, and sends what is
 * clicked. It is a client of the API like any other. The text of this function is put into the page, so nothing from
 * outside of it can be used.
 */
export function browserScript(): void {
  interface UploadTarget {
    readonly drop: string | undefined
    readonly url: string | undefined
    readonly name: string | undefined
    readonly folder: string | undefined
  }
  interface PickedFile {
    readonly file: File
    readonly path: string
  }

  const { token = '', base = '' } = document.body.dataset
  const authorization = `Bearer ${token}`
  const status = byId('status')
  const shown = new Map<string, string>()
  let isRefreshing = false
  let isStale = false

  function byId(id: string): HTMLElement {
    const element = document.getElementById(id)
    if (element === null) throw new Error(`The page has no ${id}`)
    return element
  }

  function say(text: string): void {
    status.textContent = text
  }

  function elementOf(event: Event): Element | undefined {
    return event.target instanceof Element ? event.target : undefined
  }

  async function refresh(): Promise<void> {
    if (isRefreshing) {
      isStale = true
      return
    }
    isRefreshing = true
    try {
      const response = await fetch(`${base}/_mock/view${location.search}`)
      const views: Record<string, string> = await response.json()
      for (const [id, markup] of Object.entries(views)) if (shown.get(id) !== markup) replace(id, markup)
    } catch {
      say('The mock server does not respond.')
    }
    isRefreshing = false
    document.body.dataset.live = 'true'
    if (isStale) {
      isStale = false
      await refresh()
    }
  }

  /** Shows a section anew. What has the focus keeps it, and a search that is being typed its text. */
  function replace(id: string, markup: string): void {
    const section = byId(id)
    const focused = section.contains(document.activeElement) ? document.activeElement : null
    const typed = focused instanceof HTMLInputElement ? focused : null
    section.innerHTML = markup
    shown.set(id, markup)
    const next = focused?.id ? document.getElementById(focused.id) : null
    next?.focus({ preventScroll: true })
    if (typed && next instanceof HTMLInputElement) {
      next.value = typed.value
      next.setSelectionRange(typed.selectionStart, typed.selectionEnd)
    }
  }

  function navigate(href: string): void {
    history.pushState(null, '', href)
    refresh()
  }

  function encode(text: string): string {
    return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`)
  }

  async function upload(target: UploadTarget, files: readonly PickedFile[]): Promise<void> {
    let failed = 0
    for (const { file, path } of files) {
      const location = (target.folder ?? '') + path
      say(`Uploading ${path} …`)
      const headers = new Headers({ authorization, 'x-abeja-meta-filename': encode(location).replaceAll('%2F', '/') })
      let body: BodyInit = file
      if (target.drop === 'bucket') {
        const form = new FormData()
        form.append('file', file, location)
        form.append('parameters', new Blob(['{}'], { type: 'application/json' }), 'params.json')
        body = form
      } else headers.set('content-type', file.type || 'application/octet-stream')
      const response = await fetch(base + target.url, { method: 'POST', headers, body }).catch(() => undefined)
      if (response?.ok) continue
      failed += 1
      const reason = await response?.json().catch(() => undefined)
      say(`${path} was not uploaded: ${reason?.error_description ?? 'the server does not respond'}`)
    }
    const uploaded = files.length - failed
    if (failed === 0) say(`Uploaded ${uploaded} ${uploaded === 1 ? 'file' : 'files'} to ${target.name}.`)
  }

  /** The files that were dropped. A folder brings all that is in it. */
  async function filesOf(transfer: DataTransfer): Promise<PickedFile[]> {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => entry !== null)
    if (entries.length === 0) return [...transfer.files].map((file) => ({ file, path: file.name }))
    const found: PickedFile[] = []
    for (const entry of entries) if (entry) await walk(entry, entry.name, found)
    return found
  }

  async function walk(entry: FileSystemEntry, path: string, found: PickedFile[]): Promise<void> {
    if (entry instanceof FileSystemFileEntry) {
      found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path })
    } else if (entry instanceof FileSystemDirectoryEntry) {
      const reader = entry.createReader()
      for (;;) {
        const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
        if (batch.length === 0) return
        for (const child of batch) await walk(child, `${path}/${child.name}`, found)
      }
    }
  }

  function targetOf(element: HTMLElement): UploadTarget {
    const { drop, url, name, folder } = element.dataset
    return { drop, url, name, folder }
  }

  /** Shows a question, if there is one, and resolves with whether it was confirmed. */
  async function isMeant(question: string | undefined): Promise<boolean> {
    if (question === undefined) return true
    const dialog = byId('question')
    if (!(dialog instanceof HTMLDialogElement)) return false
    byId('question-text').textContent = question
    dialog.returnValue = 'no'
    dialog.showModal()
    await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }))
    return dialog.returnValue === 'yes'
  }

  async function control(method: string, path: string, body?: string): Promise<Response | undefined> {
    const init = { method, headers: { authorization }, ...(body !== undefined && { body }) }
    return fetch(`${base}/_mock${path}`, init).catch(() => undefined)
  }

  async function send(method: string, path: string, body: string | undefined, done: string): Promise<void> {
    const response = await control(method, path, body)
    const reason = response?.ok ? undefined : await response?.json().catch(() => undefined)
    say(response?.ok ? done : `That did not work: ${reason?.error ?? 'the server does not respond'}`)
    await refresh()
  }

  async function save(path: string, name: string): Promise<void> {
    const response = await control('GET', path)
    if (!response?.ok) return say('That did not work.')
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await response.blob())
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  }

  const picker = byId('picker')
  let picked: UploadTarget | undefined

  async function click(event: MouseEvent): Promise<void> {
    const element = elementOf(event)
    const link = element?.closest<HTMLAnchorElement>('a[data-nav]')
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault()
      return navigate(link.getAttribute('href') ?? '?')
    }
    const button = element?.closest('button')
    if (!button) return
    const { method, path, body, done = '', question, save: saved, file = 'file' } = button.dataset
    const target = button.closest<HTMLElement>('[data-drop]')
    if (button.dataset.pick !== undefined && target) {
      picked = targetOf(target)
      picker.click()
    } else if (saved !== undefined) await save(saved, file)
    else if (method !== undefined && path !== undefined && (await isMeant(question))) {
      await send(method, path, body, done)
    }
  }

  document.addEventListener('click', (event) => void click(event))
  addEventListener('popstate', () => void refresh())

  // The one file input stays while the sections are shown anew, also behind an open dialog.
  picker.addEventListener('change', () => {
    if (!(picker instanceof HTMLInputElement) || picked === undefined) return
    const files = [...(picker.files ?? [])].map((file) => ({ file, path: file.name }))
    picker.value = ''
    upload(picked, files)
  })

  let typing: ReturnType<typeof setTimeout> | undefined
  document.addEventListener('input', (event) => {
    const input = elementOf(event)
    if (!(input instanceof HTMLInputElement) || input.id !== 'search') return
    clearTimeout(typing)
    typing = setTimeout(() => {
      const query = new URLSearchParams(location.search)
      query.delete('page')
      if (input.value === '') query.delete('search')
      else query.set('search', input.value)
      history.replaceState(null, '', `?${query}`)
      refresh()
    }, 150)
  })

  byId(document.getElementById('fault-form') ? 'fault-form' : 'status').addEventListener('submit', (event) => {
    event.preventDefault()
    if (!(event.target instanceof HTMLFormElement)) return
    const form = new FormData(event.target)
    const operation = String(form.get('operation'))
    const effect: object = JSON.parse(String(form.get('effect')))
    const script = { ...effect, times: Number(form.get('times')), ...(operation !== '' && { operation }) }
    send('POST', '/faults', JSON.stringify(script), 'The fault is planned.')
  })

  function dragged(event: DragEvent): void {
    const target = elementOf(event)?.closest<HTMLElement>('[data-drop]')
    if (event.type !== 'dragleave') event.preventDefault()
    for (const other of document.querySelectorAll('.over')) other.classList.remove('over')
    if (target && event.type === 'dragover') target.classList.add('over')
    if (!target || event.type !== 'drop' || event.dataTransfer === null) return
    const place = targetOf(target)
    filesOf(event.dataTransfer).then((files) => upload(place, files))
  }
  for (const type of ['dragover', 'dragleave', 'drop'] as const) document.addEventListener(type, dragged)

  const events = new EventSource(`${base}/_mock/events`)
  events.onopen = () => void refresh()
  events.onmessage = () => void refresh()
  events.onerror = () => say('The mock server does not respond. This page goes on as soon as it does.')
}
