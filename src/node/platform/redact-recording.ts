import type { Exchange } from './recorder.ts'

/** An exchange without secrets, names and contents: what a report to the maintainers may contain. */
export type RecordedExchange = Omit<Exchange, 'differences'>

/** Members whose texts say nothing about whoever recorded them. Everything else that is a text is replaced. */
const PLAIN_MEMBERS = new Set([
  'content_type',
  'created_at',
  'error',
  'expires',
  'input_service_name',
  'last_modified',
  'lifetime',
  'modified_at',
  'output_service_name',
  'security_method',
  'status',
  'storage_type',
  'updated_at',
  'uploaded_at',
  'url_expires_on',
])

const PLAIN_PARAMETERS = new Set([
  'filter_archived',
  'items_per_page',
  'lifetime',
  'limit',
  'offset',
  'scan_forward',
  'sort',
])
const URL_MEMBER = /_ur[il]$/
const PLAIN_TEXT = /^[\w:.+/ -]{1,40}$/
const PREFIX = /^x-abeja-(?:sys-)?meta-/

/**
 * Replaces every text that could name somebody or open something: ids, names, metadata, cursors, URLs, secrets. The same text
 * becomes the same placeholder everywhere, in paths and queries too, so that the recording can be replayed.
 */
export function redactRecording(exchanges: readonly Exchange[]): RecordedExchange[] {
  const placeholders = new Placeholders()
  return exchanges.map(({ operationId, method, path, query, requestBody, status, contentType, responseBody }) => ({
    ...{ operationId, method, status, contentType },
    path: path
      .split('/')
      .map((segment, index) => (isFixed(segment, index) ? segment : placeholders.of(decoded(segment))))
      .join('/'),
    query: redactQuery(query, placeholders),
    requestBody: redactBody(requestBody, placeholders),
    responseBody: redactBody(responseBody, placeholders),
  }))
}

const FIXED = new Set(
  'archive,buckets,channels,datasources,deployments,files,lifetime,metadata,organizations,runs,triggers,unarchive,upload'.split(
    ',',
  ),
)

/** The names of collections alternate with ids. */
function isFixed(segment: string, index: number): boolean {
  return segment === '' || (FIXED.has(segment) && index % 2 === 1) || (index > 2 && FIXED.has(segment))
}

class Placeholders {
  readonly #known = new Map<string, string>()

  /** A path keeps its slashes: where they stand matters. */
  of(text: string): string {
    return text
      .split('/')
      .map((segment) => (segment === '' ? '' : this.#one(segment)))
      .join('/')
  }

  /** Returns the words of a message, without known values and without words that could be an id or a name. */
  inWords(text: string): string {
    return text.replaceAll(/\S+/g, (word) => {
      const known = this.#known.get(word)
      return known ?? (/^[a-z.,;:'()-]{1,24}$/i.test(word) ? word : 'REDACTED')
    })
  }

  /** Metadata are percent-encoded in one place and plain in another. */
  #one(segment: string): string {
    const key = decoded(segment)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const made = `redacted-${this.#known.size + 1}`
    this.#known.set(key, made)
    // A placeholder that is seen again is its own.
    this.#known.set(made, made)
    return made
  }
}

function redactQuery(query: string, placeholders: Placeholders): string {
  const pairs = [...new URLSearchParams(query)].map(([name, value]) => {
    return [name, PLAIN_PARAMETERS.has(name) ? value : placeholders.of(value)]
  })
  return new URLSearchParams(pairs).toString()
}

function redactBody(value: unknown, placeholders: Placeholders): unknown {
  if (typeof value === 'string') return value === '' ? '' : placeholders.of(value)
  if (Array.isArray(value)) return value.map((item) => redactBody(item, placeholders))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, member]) => [
    redactKey(key, placeholders),
    typeof member === 'string' ? redactMember(key, member, placeholders) : redactBody(member, placeholders),
  ])
  return Object.fromEntries(entries)
}

function redactMember(name: string, text: string, placeholders: Placeholders): string {
  if (PLAIN_MEMBERS.has(name) && PLAIN_TEXT.test(text)) return text
  if (name === 'error_description') return placeholders.inWords(text)
  if (URL_MEMBER.test(name)) return `https://storage.example/${placeholders.of(text.replaceAll('/', ' '))}`
  return text === '' ? '' : placeholders.of(text)
}

/** Keys of metadata are chosen by people, too. */
function redactKey(key: string, placeholders: Placeholders): string {
  const [prefix] = PREFIX.exec(key) ?? []
  if (prefix === undefined || key === 'x-abeja-meta-filename' || prefix.includes('sys')) return key
  return `${prefix}${placeholders.of(key.slice(prefix.length).replaceAll('/', ' '))}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
