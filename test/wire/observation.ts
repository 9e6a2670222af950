import { createHash } from 'node:crypto'
import { isAbejaError } from '../../src/index.ts'
import { type Part, partsOf } from '../helpers/multipart.ts'
import { withPlainMetadata } from '../helpers/plain-metadata.ts'
import type { RecordedRequest } from '../helpers/recording-server.ts'
import type { WireBody, WireCase, WireRequest } from './cases.ts'

/** A request, normalized for comparison. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  /** Authorization, Content-Type and the metadata; names in lower case, in alphabetical order. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: unknown
}

/** The outcome of a call: its result, or its error as of `errorFields`. */
export type Outcome = { readonly returned: unknown } | { readonly threw: unknown }

export interface Observation {
  readonly sent: readonly Sent[]
  readonly outcome: Outcome
}

const NAMES: Readonly<Record<string, string>> = {
  BadRequest: 'BadRequestError',
  Unauthorized: 'UnauthorizedError',
  Forbidden: 'ForbiddenError',
  NotFound: 'NotFoundError',
  Conflict: 'ConflictError',
  HttpError: 'ApiError',
}

/** The property of the response that the client returns in place of the whole. */
const UNWRAPPED: readonly (readonly [RegExp, string])[] = [
  [/^list_channels$/, 'channels'],
  [/^list_buckets$/, 'buckets'],
  [/^list_channel_datasources$/, 'datasources'],
  [/_channel_datasource$/, 'datasource'],
  [/_channel$/, 'channel'],
  [/_bucket$/, 'bucket'],
  [/^list_\w+_files$/, 'files'],
  [/^get_trigger(s|_runs)$/, 'entries'],
]

/** Already decoded by the SDK. */
const asItIs = (text: string) => text

/** The outcome of the SDK, in the terms of the client. */
export function recordedObservation({ op, requests, outcome, responses }: WireCase, api: string): Observation {
  const sent = requests.map(recordedRequest)
  if (outcome.type === 'return') {
    const field = UNWRAPPED.find(([pattern]) => pattern.test(op))?.[1]
    return {
      sent,
      outcome: { returned: withPlainMetadata(field === undefined ? outcome.value : outcome.value[field], asItIs) },
    }
  }
  const { error, error_description, error_detail, status_code, url } = outcome.fields
  const told = typeof responses[0]?.json?.error === 'string'
  return {
    sent,
    outcome: {
      threw: {
        name: NAMES[outcome.class],
        status: status_code,
        url: url?.replace('{{api}}', api),
        // Without them in the response, the SDK invents some from the status line and the body.
        ...(told
          ? { error, error_description, error_detail: error_detail ?? undefined }
          : { error: undefined, error_description: undefined, error_detail: undefined }),
        body: responses[0]?.json ?? responses[0]?.body_text,
      },
    },
  }
}

/** The properties of a thrown error that both sides have. */
export function errorFields(error: unknown): unknown {
  if (!isAbejaError(error)) return error
  const { name, status, url, code, description, details, body } = error
  return { name, status, url, error: code, error_description: description, error_detail: details, body }
}

/** Normalizes a request of the client. */
export function sentRequest(request: RecordedRequest): Sent {
  const { method, path, query, headers } = request
  return { method, path, query: pairs(query), headers: compared(headers), body: sentBody(request) }
}

function recordedRequest({ method, path, query, headers, body }: WireRequest): Sent {
  return { method, path, query: pairs(query), headers: compared(headers), body: recordedBody(body) }
}

function sentBody(request: RecordedRequest): unknown {
  const type = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (request.body.byteLength === 0) return 'none'
  if (type === 'application/json') return { json: JSON.parse(request.body.toString()) }
  if (!type.startsWith('multipart/')) return { sha256: sha256(request.body) }
  return {
    parts: partsOf(request).map(({ headers, content }) =>
      isParameters(headers) ? { headers, json: JSON.parse(content.toString()) } : { headers, sha256: sha256(content) },
    ),
  }
}

function recordedBody({ kind, json, sha256: digest, parts = [] }: WireBody): unknown {
  if (kind === 'empty') return 'none'
  if (kind === 'json') return { json }
  if (kind === 'bytes') return { sha256: digest }
  return {
    parts: parts.map(({ headers, json: parsed, content_sha256 }) =>
      isParameters(headers) ? { headers, json: parsed } : { headers, sha256: content_sha256 },
    ),
  }
}

/** The part that the SDK writes as JSON with different white space. */
function isParameters([disposition]: Part['headers']): boolean {
  return disposition?.[1].includes('name="parameters"') ?? false
}

function compared(headers: readonly (readonly [string, string])[]): [string, string][] {
  return headers
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.replace(/boundary=\S+$/, 'boundary=BOUNDARY')])
    .filter(([name]) => /^(authorization|content-type|x-abeja-meta-.*)$/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

function pairs(query: string | null): [string, string][] {
  return [...new URLSearchParams(query ?? '')]
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
