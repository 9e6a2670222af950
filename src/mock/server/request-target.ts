/** The path and query of a request, as they were sent: nothing is resolved, decoded or tidied up. */
export interface RequestTarget {
  readonly path: string
  readonly query: URLSearchParams
}

/** Reads the first line of a request. `new URL` would resolve `..`, and so lead to something else. */
export function requestTargetOf(url: string): RequestTarget {
  const local = url.replace(/^https?:\/\/[^/?]*/i, '')
  const mark = local.indexOf('?')
  const path = mark < 0 ? local : local.slice(0, mark)
  return { path: path === '' ? '/' : path, query: new URLSearchParams(mark < 0 ? '' : local.slice(mark + 1)) }
}
