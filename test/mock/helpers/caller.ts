/** An answer with its body read. */
export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body, where it is a JSON object. */
  readonly json: Json
}

/** JSON that a test looks into. What is not there is `undefined`, and fails the test where it is compared. */
export interface Json {
  readonly [name: string]: JsonValue
}
export type JsonValue = string | number | boolean | null | undefined | Json | readonly JsonValue[]

/** Calls a server with plain `fetch`: no client of this package is between the test and the wire. */
export class Caller {
  readonly #url: string
  readonly #authorization: string | undefined

  constructor(url: string, authorization?: string) {
    this.#url = url
    this.#authorization = authorization
  }

  async call(method: string, path: string, init: Omit<RequestInit, 'method'> = {}): Promise<Answered> {
    const headers = new Headers(init.headers)
    if (this.#authorization !== undefined) headers.set('authorization', this.#authorization)
    const url = path.startsWith('http') ? path : this.#url + path
    const response = await fetch(url, { redirect: 'manual', ...init, method, headers })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: objectIn(text) }
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answered> {
    return this.call('GET', path, { headers })
  }

  post(path: string, json?: unknown): Promise<Answered> {
    return this.call('POST', path, bodyOf(json))
  }

  put(path: string, json?: unknown): Promise<Answered> {
    return this.call('PUT', path, bodyOf(json))
  }

  patch(path: string, json: unknown): Promise<Answered> {
    return this.call('PATCH', path, bodyOf(json))
  }

  delete(path: string): Promise<Answered> {
    return this.call('DELETE', path)
  }

  /** Uploads bytes to a channel. */
  upload(
    channel: string,
    body: BodyInit,
    { query = '', ...headers }: { query?: string; [header: string]: string } = {},
  ): Promise<Answered> {
    const type = { 'content-type': 'text/plain' }
    return this.call('POST', `/channels/${channel}/upload${query}`, { body, headers: { ...type, ...headers } })
  }

  /** Uploads bytes to a bucket, in the form that it takes. */
  uploadForm(
    path: string,
    location: string,
    content: BlobPart,
    { parameters = '{}', type = 'text/plain', headers = {} }: FormOptions = {},
  ): Promise<Answered> {
    const form = new FormData()
    form.append('file', new Blob([content], { type }), location)
    form.append('parameters', new Blob([parameters], { type: 'application/json' }), 'params.json')
    return this.call('POST', path, { body: form, headers })
  }
}

interface FormOptions {
  readonly parameters?: string
  readonly type?: string
  readonly headers?: Record<string, string>
}

/** The items of a list in an answer. */
export function list(value: JsonValue): Json[] {
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`)
  return value.filter((item) => isObject(item))
}

export function object(value: JsonValue): Json {
  if (!isObject(value)) throw new Error(`no object: ${JSON.stringify(value)}`)
  return value
}

export function text(value: JsonValue): string {
  if (typeof value !== 'string') throw new Error(`no text: ${JSON.stringify(value)}`)
  return value
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectIn(body: string): Json {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function bodyOf(json: unknown): RequestInit {
  if (json === undefined) return {}
  return { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } }
}
