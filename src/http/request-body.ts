import type { HeaderRecord } from './headers.ts'

/** What is told about a body on its way. */
export interface BodyWatcher {
  /** So many bytes more went out. */
  readonly onBytes: (count: number) => void
  /** The body itself failed while it was read. */
  readonly onFault: (fault: unknown) => void
  /** Aborted when nobody waits for the body any more. */
  readonly signal: AbortSignal
}

/** A body on its way out. */
export interface OpenBody {
  /** The part of a `fetch` init that sends it. */
  readonly init: RequestInit & { duplex?: 'half' }
  /** Headers that come with the body, such as its content type. */
  readonly headers: HeaderRecord
  /** Lets go of what was not read, such as an open file: a request that fails early leaves it standing. */
  readonly release: () => void
}

/** A body that each attempt opens anew. */
export interface RequestBody {
  /** What the body is, when it can be opened only once: then the call is tried once. */
  readonly once: string | undefined
  /**
   * `error` is what a file must use: with any other mode fetch keeps a copy of the whole body in memory. `manual` lets
   * the client say where it was sent.
   */
  readonly redirect: 'error' | 'manual'
  open(watcher: BodyWatcher): OpenBody | Promise<OpenBody>
}

/** A text that goes out in one piece. */
export function textBody(text: string, headers: HeaderRecord): RequestBody {
  return {
    once: undefined,
    redirect: 'manual',
    open: ({ onBytes }) => {
      onBytes(new TextEncoder().encode(text).byteLength)
      return { init: { body: text }, headers, release: () => {} }
    },
  }
}

/** A JSON body. */
export function jsonBody(value: unknown): RequestBody {
  return textBody(JSON.stringify(value), { 'content-type': 'application/json' })
}
