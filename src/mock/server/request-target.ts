/** The path and query of a request, as they were sent: nothing is resolved, decoded or normalized. */
export interface RequestTarget {
  readonly path: string
  readonly query: URLSearchParams
  /** Path and query as one. */
  readonly text: string
}

/** Reads the target of a request line. `new URL` would resolve `..`, and so lead to something else. */
export function requestTargetOf(url: string): RequestTarget {
  const local = url.replace(/^https?:\/\/[^/?]*/i, '')
  const mark = local.indexOf('?')
  const path = (mark < 0 ? local : local.slice(0, mark)) || '/'
  const search = mark < 0 ? '' : local.slice(mark)
  return { path, query: new URLSearchParams(search), text: path + search }
}
